"""From text to events: typed and checked, or kept apart with the reason.

The common case, a batch in which everything is valid, is one call of a compiled decoder. Only when
that fails is the batch taken apart, and then one bad event costs only itself.
"""

from collections.abc import Iterable, Sequence
from typing import Final

import msgspec

from wallboard.events.decoded import Control, Decoded, Invalid, Unknown
from wallboard.events.envelope import (
    EARLIEST,
    LATEST,
    Envelope,
    Event,
    batch_decoder,
    milliseconds,
    union_of,
)
from wallboard.events.faults import FAILURES, fault
from wallboard.events.kinds import Data
from wallboard.events.possible import TIMES, impossible_time
from wallboard.events.reasons import subject_of
from wallboard.events.split import BYTE_ORDER_MARK, items_of
from wallboard.events.vocabulary import CONTROL_TYPES, NAMES, TYPES


class _Typed(Envelope):
    """What the generated envelopes have in common, for the type checker."""

    data: Data


_BATCH: Final = batch_decoder(TYPES | CONTROL_TYPES)
_ONE: Final = msgspec.json.Decoder(union_of(TYPES | CONTROL_TYPES))
_CONTROL: Final = frozenset(CONTROL_TYPES.values())
_LOOKED_AT: Final = _CONTROL | TIMES.keys()
"""Types of which more must be checked than that their fields have the right types."""


def decode_message(text: bytes | str, message: int = 0) -> Decoded:
    """Decode one message of the feed: a JSON array of events, or a single event."""
    raw = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
    if raw.removeprefix(BYTE_ORDER_MARK).lstrip()[:1] == b"[":
        return decode_batch(raw, message)
    return decode_lines([raw], message=message)


def decode_batch(text: bytes, message: int = 0) -> Decoded:
    """Decode a JSON array of events; positions count its items from 0."""
    try:
        decoded = _decode_whole(_BATCH.decode(text), message, 0)
    except FAILURES:
        decoded = None
    return decoded if decoded is not None else _decode_apart(items_of(text), message, 0)


def decode_lines(lines: Sequence[bytes], first: int = 0, message: int = 0) -> Decoded:
    """Decode JSON Lines, one event each; positions count the lines given from `first`.

    Each line stands for itself: joined, two broken ones could make an event that nobody sent.
    """
    one = _ONE.decode
    try:
        decoded = _decode_whole([one(line) for line in lines], message, first)
    except FAILURES:
        decoded = None
    return decoded if decoded is not None else _decode_apart(lines, message, first)


def _decode_whole(envelopes: list[_Typed], message: int, first: int) -> Decoded | None:
    """The events of a batch in which all is valid; None when anything needs a closer look."""
    events: list[Event] = []
    add = events.append
    for position, envelope in enumerate(envelopes, first):
        data = envelope.data
        kind = type(data)
        if kind in _LOOKED_AT and (kind in _CONTROL or impossible_time(data)):
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
            envelope = _ONE.decode(item.removeprefix(BYTE_ORDER_MARK))
        except FAILURES as failure:
            found = fault(item, position, failure)
            if isinstance(found, Unknown):
                decoded.unknown.append(found)
            else:
                decoded.invalid.append(found)
        else:
            _sort_in(envelope, item, position, message, decoded)
    return decoded


def _sort_in(envelope: _Typed, item: bytes, position: int, message: int, decoded: Decoded) -> None:
    """Put a decoded envelope where it belongs, checking what types alone cannot say."""
    data = envelope.data
    time = milliseconds(envelope.time)
    sequence = None if envelope.sequence is None else int(envelope.sequence)
    if EARLIEST <= time < LATEST:
        impossible = impossible_time(data)
    else:
        impossible = f"time, {envelope.time.isoformat()}, that is impossible"
    if impossible:
        subject = subject_of(NAMES.get(type(data)), envelope.id)
        reason = f"{subject} has a {impossible}: one from the year 2000 to 2100 is expected."
        decoded.invalid.append(Invalid(reason, item, sequence, position))
    elif type(data) in _CONTROL:
        decoded.control.append(Control(data, time))
    else:
        decoded.events.append(
            Event(envelope.source, envelope.id, time, sequence, data, position, message)
        )
