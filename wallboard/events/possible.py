"""Which times are possible: the years 2000 to 2100 (readings 1)."""

from datetime import date, datetime
from typing import Final

from msgspec.structs import fields

from wallboard.events.envelope import EARLIEST, LATEST, milliseconds
from wallboard.events.kinds import Data
from wallboard.events.vocabulary import CONTROL_TYPES, TYPES

FIRST_YEAR: Final = 2000
LAST_YEAR: Final = 2100


def _times_of(data: type[Data]) -> tuple[str, ...]:
    return tuple(field.name for field in fields(data) if "datetime" in repr(field.type))


TIMES: Final[dict[type[Data], tuple[str, ...]]] = {
    data: names for data in (TYPES | CONTROL_TYPES).values() if (names := _times_of(data))
}
"""The types whose data hold times or days, with the names of those fields."""


def impossible_time(data: Data) -> str:
    """The first time in the data that is impossible, in words, or "" when there is none."""
    for name in TIMES.get(type(data), ()):
        moment = getattr(data, name)
        if isinstance(moment, datetime):
            possible = EARLIEST <= milliseconds(moment) < LATEST
        elif isinstance(moment, date):
            possible = FIRST_YEAR <= moment.year <= LAST_YEAR
        else:
            continue
        if not possible:
            return f"data.{name}, {moment.isoformat()}, that is impossible"
    return ""
