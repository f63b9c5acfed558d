"""Why text is no event of ours: an unknown type is counted, anything else is kept with a reason."""

from typing import Annotated, Final, Literal

import msgspec
from msgspec import Meta, Struct

from wallboard.events.decoded import Invalid, Unknown
from wallboard.events.kinds import Identifier, SequenceText
from wallboard.events.reasons import reason_of
from wallboard.events.split import BYTE_ORDER_MARK
from wallboard.events.vocabulary import CONTROL_TYPES, TYPES

FAILURES: Final = (msgspec.MsgspecError, UnicodeDecodeError, RecursionError)
"""All that decoding hostile text can raise."""


class _AnyEvent(Struct):
    """What is needed to tell an unknown type from an invalid event; its data may be anything."""

    type: Identifier
    id: Identifier
    source: Identifier
    specversion: Literal["1.0"]


class _Numbered(Struct):
    """The sequence of an event that is otherwise wrong; as a number it can be read as well."""

    sequence: SequenceText | Annotated[int, Meta(ge=0, lt=10**18)] | None = None


_ANY: Final = msgspec.json.Decoder(_AnyEvent)
_NUMBERED: Final = msgspec.json.Decoder(_Numbered)
_KNOWN: Final = frozenset(TYPES | CONTROL_TYPES)


def fault(text: bytes, position: int, failure: BaseException) -> Unknown | Invalid:
    """What the text is, which could not be decoded because of `failure`."""
    bare = text.removeprefix(BYTE_ORDER_MARK)
    try:
        event = _ANY.decode(bare)
    except FAILURES as nameless:
        # Of a type that is not known only this is wrong with it.
        event, failure = None, (nameless if "`$.type`" in str(failure) else failure)
    if event is None or event.type in _KNOWN:
        return Invalid(reason_of(bare, failure), text, _sequence_in(bare), position)
    return Unknown(event.source, event.id, event.type, _sequence_in(bare), position)


def _sequence_in(text: bytes) -> int | None:
    """The sequence of an event that is not applied: it is used up all the same (readings 3)."""
    try:
        found = _NUMBERED.decode(text).sequence
    except FAILURES:
        return None
    return None if found is None else int(found)
