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


def decode_message(text: bytes | str) -> Decoded:
    """Decode one message of the feed: a JSON array of events, or a single event."""
    raw = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
    start = raw.lstrip()[:1]
    return decode_batch(raw if start == b"[" else b"[" + raw + b"]")


def decode_batch(text: bytes) -> Decoded:
    """Decode a JSON array of events; positions count its items from 0."""
    decoded = Decoded([], [], [], [])
    try:
        envelopes = _BATCH.decode(text)
    except FAILURES:
        _decode_apart(items_of(text), decoded)
    else:
        for position, envelope in enumerate(envelopes):
            _sort_in(envelope, position, decoded, None)
    return decoded


def decode_lines(lines: Sequence[bytes], first: int = 0) -> Decoded:
    """Decode JSON Lines, one event each; positions count the lines given from `first`."""
    decoded = Decoded([], [], [], [])
    try:
        envelopes = _BATCH.decode(b"[" + b",".join(lines) + b"]")
    except FAILURES:
        envelopes = []
    if len(envelopes) != len(lines):
        _decode_apart(lines, decoded, first)
        return decoded
    for position, (envelope, line) in enumerate(zip(envelopes, lines, strict=True), first):
        _sort_in(envelope, position, decoded, line)
    return decoded


def _decode_apart(items: Iterable[bytes], decoded: Decoded, first: int = 0) -> None:
    for position, item in enumerate(items, first):
        try:
            envelope = _ONE.decode(item)
        except FAILURES as failure:
            _explain(item, position, failure, decoded)
        else:
            _sort_in(envelope, position, decoded, item)


def _sort_in(envelope: _Typed, position: int, decoded: Decoded, text: bytes | None) -> None:
    """Put a decoded envelope where it belongs, checking what types alone cannot say."""
    data = envelope.data
    kind = type(data)
    time = milliseconds(envelope.time)
    if kind in _CONTROL:
        decoded.control.append(Control(data, time))
        return
    sequence = envelope.sequence
    number = None if sequence is None else int(sequence)
    if not EARLIEST <= time < LATEST:
        impossible = f"time {envelope.time.isoformat()} is impossible"
    elif kind in _MOMENTS:
        impossible = _impossible_moment(data, _MOMENTS[kind])
    else:
        impossible = ""
    if impossible:
        reason = f"The {impossible}: expected a time from the year 2000 to 2100."
        raw = text if text is not None else msgspec.json.encode(envelope)
        decoded.invalid.append(Invalid(reason, raw, number, position))
        return
    decoded.events.append(Event(envelope.source, envelope.id, time, number, data, position))


def _impossible_moment(data: Data, names: tuple[str, ...]) -> str:
    for name in names:
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
