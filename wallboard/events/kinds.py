"""The building blocks that event data is made of: constrained strings, numbers and open optionals.

Absent and null differ in the feed: an absent optional field says nothing, null clears what was
known. So every optional field is `Optional[T]`: the value, None (cleared) or UNSET (not said).
The descriptions go into the published document of the feed.
"""

from datetime import date, datetime
from typing import Annotated, TypeAlias, TypeVar

from msgspec import UNSET, Meta, Struct, UnsetType

T = TypeVar("T")

Identifier = Annotated[str, Meta(min_length=1, description="An id, unique per source.")]
"""The id of an entity: any text but the empty one, unique per source."""

# Python's `$` would let a line feed through, and its int() refuses thousands of digits.
SequenceText = Annotated[str, Meta(pattern=r"^0*[0-9]{1,18}$(?!\n)", max_length=64)]
"""A sequence as events carry it: decimal, below 10^18, optionally zero-padded."""

Moment = Annotated[
    datetime, Meta(tz=True, description="RFC 3339 with an offset, in the years 2000 to 2100.")
]
"""RFC 3339 with an offset; a time without one is invalid (readings 1)."""

Day = Annotated[date, Meta(description="A local date, in the years 2000 to 2100.")]
"""A date of the account's own calendar, without a time."""

Seconds = Annotated[float, Meta(ge=0, le=1e9, description="Seconds.")]
"""A duration; never negative, and below 32 years so that sums stay exact."""

Count = Annotated[int, Meta(ge=0, le=2**53)]
"""A whole number of things."""

Ordinal = Annotated[int, Meta(ge=1, le=2**53, description="Counted from 1.")]
"""Which one it is of several: 1 for the first."""

Share = Annotated[float, Meta(ge=0, le=1, description="A part of a whole, 0 to 1.")]
"""A part of a whole, 0 to 1."""

Balance = Annotated[float, Meta(ge=-1, le=1, description="From -1, bad, to 1, good.")]
"""How good something is, -1 to 1."""

Money = Annotated[
    float, Meta(ge=-1e15, le=1e15, description="An amount in the account's currency.")
]
"""An amount in the account's currency; negative for a credit."""

Number = Annotated[float, Meta(ge=-1e15, le=1e15)]
"""Any other figure, bounded so that a sum of millions cannot overflow."""

Optional: TypeAlias = T | UnsetType | None


class Data(Struct, frozen=True, gc=False):
    """What an event says; the base of every type of the vocabulary.

    Without garbage collection: these hold no cycles, and a busy feed makes millions of them.
    """


__all__ = [
    "UNSET",
    "Balance",
    "Count",
    "Data",
    "Day",
    "Identifier",
    "Moment",
    "Money",
    "Number",
    "Optional",
    "Ordinal",
    "Seconds",
    "SequenceText",
    "Share",
    "UnsetType",
]
