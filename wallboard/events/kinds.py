"""The building blocks that event data is made of: constrained strings, numbers and open optionals.

Absent and null differ in the feed: an absent optional field says nothing, null clears what was
known. So every optional field is `Optional[T]`: the value, None (cleared) or UNSET (not said).
"""

from datetime import datetime
from typing import Annotated, TypeAlias, TypeVar

from msgspec import UNSET, Meta, Struct, UnsetType

T = TypeVar("T")

Identifier = Annotated[str, Meta(min_length=1)]
"""The id of an entity: any text but the empty one, unique per source."""

Moment = Annotated[datetime, Meta(tz=True)]
"""RFC 3339 with an offset; a time without one is invalid (readings 1)."""

Seconds = Annotated[float, Meta(ge=0, le=1e9)]
"""A duration; never negative, and below 32 years so that sums stay exact."""

Count = Annotated[int, Meta(ge=0, le=2**53)]
"""A whole number of things."""

Share = Annotated[float, Meta(ge=0, le=1)]
"""A part of a whole, 0 to 1."""

Money = Annotated[float, Meta(ge=-1e15, le=1e15)]
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
    "Count",
    "Data",
    "Identifier",
    "Moment",
    "Money",
    "Number",
    "Optional",
    "Seconds",
    "Share",
    "UnsetType",
]
