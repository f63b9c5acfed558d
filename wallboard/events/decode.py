"""From text to events: typed and checked, or kept apart with the reason.

The common case, a batch in which everything is valid, is one call of a compiled decoder. Only when
that fails is the batch taken apart, and then one bad event costs only itself.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple

import msgspec

from wallboard.events.envelope import (
    EARLIEST,
    LATEST,
    Envelope,
    Event,
    batch_decoder,
    milliseconds,
    union_of,
)
from wallboard.events.kinds import Data
from wallboard.events.split import items_of
from wallboard.events.vocabulary import CONTROL_TYPES, TYPES

FAILURES: Final = (msgspec.MsgspecError, UnicodeDecodeError, RecursionError)
"""All that decoding hostile text can raise."""


class Unknown(NamedTuple):
    """An event of a type that this program does not know: counted, never an error."""

    source: str
    id: str
    type: str
    sequence: int | None
    position: int


class Invalid(NamedTuple):
    """Text that is no valid event, with the reason in words; `sequence` where it could be read."""

    reason: str
    text: bytes
    sequence: int | None
    position: int


class Control(NamedTuple):
    """A message of the feed about itself: a FeedHello or a FeedHeartbeat; `time` in UTC ms."""

    data: Data
    time: int


class Decoded(NamedTuple):
    """A message from the feed, decoded: every item of it is in exactly one of these."""

    events: list[Event]
    unknown: list[Unknown]
    invalid: list[Invalid]
    control: list[Control]

    @property
    def sequences(self) -> list[int]:
        """The sequence numbers that the message used up, in the order of the message's kinds."""
        return [
            item.sequence
            for group in (self.events, self.unknown, self.invalid)
            for item in group
            if item.sequence is not None
        ]


class _AnyEnvelope(msgspec.Struct):
    """What is needed to tell an unknown type from an invalid event."""

    type: str
    id: str
    source: str
    specversion: str
    sequence: str | int | None = None
    time: Any = None
    data: Any = None


class _Typed(Envelope):
    """What the generated envelopes have in common, for the type checker."""

    data: Data


_BATCH: Final = batch_decoder(TYPES | CONTROL_TYPES)
_ONE: Final = msgspec.json.Decoder(union_of(TYPES | CONTROL_TYPES))
_ANY: Final = msgspec.json.Decoder(_AnyEnvelope)
_SEQUENCE: Final = msgspec.json.Decoder(dict[str, Any])
_KNOWN: Final = frozenset(TYPES | CONTROL_TYPES)
_CONTROL: Final = frozenset(CONTROL_TYPES.values())


def _fields_with_moments() -> dict[type[Data], tuple[str, ...]]:
    """The fields of each type that hold a time, which must be a possible one as well."""
    return {
        data: names
        for data in TYPES.values()
        if (
            names := tuple(
                field.name
                for field in msgspec.structs.fields(data)
                if "datetime" in repr(field.type)
            )
        )
    }


_MOMENTS: Final = _fields_with_moments()
_LOOKED_AT: Final = _CONTROL | _MOMENTS.keys()
"""Types of which more must be checked than that their fields have the right types."""


def decode_message(text: bytes | str, message: int = 0) -> Decoded:
    """Decode one message of the feed: a JSON array of events, or a single event."""
    raw = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
    start = raw.lstrip()[:1]
    return decode_batch(raw if start == b"[" else b"[" + raw + b"]", message)


def decode_batch(text: bytes, message: int = 0) -> Decoded:
    """Decode a JSON array of events; positions count its items from 0."""
    try:
        decoded = _decode_whole(_BATCH.decode(text), message, 0)
    except FAILURES:
        decoded = None
    return decoded if decoded is not None else _decode_apart(items_of(text), message, 0)


def decode_lines(lines: Sequence[bytes], first: int = 0, message: int = 0) -> Decoded:
    """Decode JSON Lines, one event each; positions count the lines given from `first`."""
    try:
        envelopes = _BATCH.decode(b"[" + b",".join(lines) + b"]")
    except FAILURES:
        envelopes = []
    decoded = _decode_whole(envelopes, message, first) if len(envelopes) == len(lines) else None
    return decoded if decoded is not None else _decode_apart(lines, message, first)


def _decode_whole(envelopes: list[_Typed], message: int, first: int) -> Decoded | None:
    """The events of a batch in which all is valid; None when anything needs a closer look."""
    events: list[Event] = []
    add = events.append
    for position, envelope in enumerate(envelopes, first):
        data = envelope.data
        kind = type(data)
        if kind in _LOOKED_AT and (kind in _CONTROL or _impossible_moment(data)):
            return None
        time = round(envelope.time.timestamp() * 1_000)
        if not EARLIEST <= time < LATEST:
            return None
        sequence = envelope.sequence
        number = None if sequence is None else int(sequence)
        add(Event(envelope.source, envelope.id, time, number, data, position, message))
    return Decoded(events, [], [], [])


def _decode_apart(items: Iterable[bytes], message: int, first: int) -> Decoded:
    """Decode item by item, so that one bad event costs only itself."""
    decoded = Decoded([], [], [], [])
    for position, item in enumerate(items, first):
        try:
            envelope = _ONE.decode(item)
        except FAILURES as failure:
            _explain(item, position, failure, decoded)
        else:
            _sort_in(envelope, item, position, message, decoded)
    return decoded


def _sort_in(envelope: _Typed, item: bytes, position: int, message: int, decoded: Decoded) -> None:
    """Put a decoded envelope where it belongs, checking what types alone cannot say."""
    data = envelope.data
    time = milliseconds(envelope.time)
    if type(data) in _CONTROL:
        decoded.control.append(Control(data, time))
        return
    sequence = None if envelope.sequence is None else int(envelope.sequence)
    if EARLIEST <= time < LATEST:
        impossible = _impossible_moment(data)
    else:
        impossible = f"time {envelope.time.isoformat()} is impossible"
    if impossible:
        reason = f"The {impossible}: expected a time from the year 2000 to 2100."
        decoded.invalid.append(Invalid(reason, item, sequence, position))
    else:
        decoded.events.append(
            Event(envelope.source, envelope.id, time, sequence, data, position, message)
        )


def _impossible_moment(data: Data) -> str:
    for name in _MOMENTS.get(type(data), ()):
        moment = getattr(data, name)
        if isinstance(moment, datetime) and not EARLIEST <= milliseconds(moment) < LATEST:
            return f"data.{name} {moment.isoformat()} is impossible"
    return ""


def _explain(item: bytes, position: int, failure: BaseException, decoded: Decoded) -> None:
    """Count an item of unknown type, or keep an invalid one with the reason in words."""
    try:
        envelope = _ANY.decode(item)
    except FAILURES:
        envelope = None
    if envelope is not None and envelope.type not in _KNOWN and envelope.specversion == "1.0":
        sequence = _sequence_in(item)
        decoded.unknown.append(
            Unknown(envelope.source, envelope.id, envelope.type, sequence, position)
        )
        return
    decoded.invalid.append(Invalid(_in_words(failure), item, _sequence_in(item), position))


def _sequence_in(item: bytes) -> int | None:
    """The sequence of an event that is otherwise wrong: it is used up all the same (readings 3)."""
    try:
        found = _SEQUENCE.decode(item).get("sequence")
    except FAILURES:
        return None
    if isinstance(found, str) and found.isascii() and found.isdigit() and len(found) <= 18:
        return int(found)
    return None


def _in_words(failure: BaseException) -> str:
    if isinstance(failure, RecursionError):
        return "The JSON is nested too deeply to be read."
    if isinstance(failure, UnicodeDecodeError):
        return "The text is not valid UTF-8."
    text = str(failure)
    return (text[:1].upper() + text[1:]).rstrip(".") + "."


__all__ = [
    "Control",
    "Decoded",
    "Envelope",
    "Invalid",
    "Unknown",
    "decode_batch",
    "decode_lines",
    "decode_message",
]
