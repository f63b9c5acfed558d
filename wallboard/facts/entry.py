"""One event of a call as the cache keeps it: what happened, when, and which event said so."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

import msgspec
from msgspec import UNSET

from wallboard.events.envelope import Event
from wallboard.events.kinds import Data, Identifier
from wallboard.events.vocabulary import CALL_TYPES

Entry = Event
"""An event of a call: what happened, when, and where its raw text is kept."""


class ConnectionLost(Data, frozen=True):
    """A snapshot no longer knew the call: it ended unseen, at the latest when that was taken.

    Not an event of the feed but an observation of ours; any call.ended of the feed overrules it,
    and so does what shows that the call went on later.
    """

    call: Identifier


class ConnectionSeen(Data, frozen=True):
    """A snapshot names a call as open that an earlier one did not know: it was not over."""

    call: Identifier


Observed = ConnectionLost | ConnectionSeen
"""What no event of the feed said, but a snapshot showed."""

_CODES: Final[dict[type[Data], int]] = {
    **{data: code for code, data in enumerate(CALL_TYPES.values(), start=1)},
    ConnectionLost: 0,
    ConnectionSeen: -1,
}
_DECODERS: Final[dict[int, msgspec.msgpack.Decoder[Any]]] = {
    code: msgspec.msgpack.Decoder(data) for data, code in _CODES.items()
}
_Stored = tuple[int, int | None, str, int, int, int, msgspec.Raw]
_STORED: Final = msgspec.msgpack.Decoder(list[_Stored])
_ENCODER: Final = msgspec.msgpack.Encoder()


def pack(entries: Iterable[Entry]) -> bytes:
    """The entries as the cache stores them. The codes of the types are part of the format."""
    return _ENCODER.encode(
        [
            (e.time, e.sequence, e.id, e.message, e.position, _CODES[type(e.data)], e.data)
            for e in entries
        ]
    )


def unpack(stored: bytes) -> list[Entry]:
    """The entries of a stored call as they were packed, without their source: it is the call's."""
    return [
        Event("", identity, time, sequence, _DECODERS[code].decode(data), position, message)
        for time, sequence, identity, message, position, code, data in _STORED.decode(stored)
    ]


def merged(said: Sequence[Data]) -> Data:
    """Field by field the last that was said, for the same type in order (readings 5).

    Absent fields say nothing; null clears; nested objects merge likewise; lists are replaced whole.
    """
    first = said[0]
    if len(said) == 1:
        return first
    values: dict[str, Any] = {}
    for data in said:
        for name in data.__struct_fields__:
            value = getattr(data, name)
            if value is UNSET:
                continue
            known = values.get(name)
            if isinstance(value, Data) and isinstance(known, Data):
                value = merged((known, value))
            values[name] = value
    return type(first)(**values)
