"""One call in the collector's memory: its events, and what of its facts the cache holds."""

from typing import Any

from msgspec import Struct

from wallboard.events.calls import CallOutcome, CallStarted
from wallboard.facts.call import Leg, Stay, WrapUp
from wallboard.facts.entry import Entry
from wallboard.facts.measures import Bucket, Vector
from wallboard.facts.quality import Quality

Row = tuple[Any, ...]
CallKey = tuple[int, str]
Measured = tuple[Bucket, Vector]
Span = tuple[int, int]
UNKNOWN: Span = (-1, -1)
"""Of `lasts`: the cache may say something of the call."""


class CallLog(Struct, gc=False):
    """A call with its entries, sorted by stamp; `fresh` are those that the cache does not hold.

    `ids` are those of its entries: an event of a call is known again by them alone.

    What was written last is remembered where it is known, so that only changes are written:
    `start` is the part of its row that its call.started says, `course` the rest. `is_whole`: the
    cache holds no row of it but those written since it is in memory. `dirty`: its facts
    are to be derived anew; `grown`: it has events that change none; `beside`: they tell of its
    quality; `lasts`: what wallboard.facts.lasting says of it.
    """

    number: int
    source: int
    id: str
    entries: list[Entry]
    ids: set[str]
    parts: int
    fresh: list[Entry]
    measured: Measured | None
    legs: dict[str, Leg]
    stays: list[Stay]
    wrap_ups: list[WrapUp]
    is_stored: bool = False
    is_whole: bool = True
    said: CallStarted | None = None
    start: Row = ()
    course: Row = ()
    outcome: CallOutcome | None = None
    quality: Quality | None = None
    rejected: int = 0
    ended: bool = False
    dirty: bool = False
    grown: bool = False
    beside: bool = False
    lasts: Span | None = None
