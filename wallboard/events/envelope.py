"""The CloudEvents envelope, and the event that the rest of the program works with."""

from collections.abc import Mapping
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any, Literal

import msgspec
from msgspec import Struct, defstruct

from wallboard.events.kinds import Data, Identifier, Moment, SequenceText

EARLIEST = 946_684_800_000
"""The start of the year 2000 in UTC milliseconds: anything before is impossible (readings 1)."""

LATEST = 4_133_980_800_000
"""The start of the year 2101 in UTC milliseconds: anything from then on is impossible."""


class Envelope(Struct, kw_only=True, gc=False, tag_field="type"):
    """The attributes of a CloudEvent as events.md uses them; others are tolerated."""

    specversion: Literal["1.0"]
    id: Identifier
    source: Identifier
    time: Moment
    sequence: SequenceText | None = None
    subject: str | None = None


Stamp = tuple[int, int, str]
"""What orders events: time (UTC ms), then sequence (-1 without), then id (readings 4)."""


class Event(Struct, frozen=True, gc=False):
    """One event of the feed, decoded and valid.

    `time` is UTC milliseconds (when the thing happened); `sequence` is None for feeds without.
    `position` is the event's place, from 0, in the message of number `message` that brought it:
    where its raw text is kept.
    """

    source: str
    id: str
    time: int
    sequence: int | None
    data: Data
    position: int
    message: int = 0

    @property
    def stamp(self) -> Stamp:
        """What orders this event among others."""
        return (self.time, -1 if self.sequence is None else self.sequence, self.id)


def milliseconds(moment: datetime) -> int:
    """The UTC milliseconds of an aware datetime, rounded."""
    return round(moment.timestamp() * 1_000)


def envelope_types(types: Mapping[str, type[Data]]) -> dict[str, type[Struct]]:
    """One envelope struct per event type, tagged with its name, its `data` typed."""
    return {
        name: defstruct(
            name.title().replace(".", "") + "Event",
            [("data", data)],
            bases=(Envelope,),
            kw_only=True,
            gc=False,
            tag=name,
        )
        for name, data in types.items()
    }


def union_of(types: Mapping[str, type[Data]]) -> Any:  # noqa: ANN401 - a union made at run time
    """The tagged union of the envelopes of these types, for a msgspec decoder."""
    return reduce(or_, envelope_types(types).values())


def batch_decoder(types: Mapping[str, type[Data]]) -> msgspec.json.Decoder[Any]:
    """A decoder of a JSON array of events of these types."""
    array: Any = list
    return msgspec.json.Decoder(array[union_of(types)])
