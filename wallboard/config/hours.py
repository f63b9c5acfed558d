"""Business hours: for each weekday the ranges of local clock time that are open."""

import re
from itertools import pairwise
from typing import Annotated, TypeAlias

import msgspec
from msgspec import Struct

from wallboard.config.kinds import REFUSED
from wallboard.config.place import Place
from wallboard.config.section import Section

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
RANGE = re.compile(
    r"([01]\d|2[0-3]):([0-5]\d)\s*[-–]\s*(?:([01]\d|2[0-3]):([0-5]\d)|24:00)", re.ASCII
)
DAY_END = 24 * 60


class OpenHours(msgspec.Struct, frozen=True):
    """A range of local clock time in minutes after midnight; the end is not in it."""

    start: int
    end: int


class DayHours(Struct, frozen=True):
    """The ranges of one day, in order and apart from each other; an empty list is a closed day."""

    def read(self, value: object, place: Place) -> object:
        """Return a tuple of OpenHours."""
        if not isinstance(value, list):
            place.expected(value, 'a list of ranges such as ["09:00-12:30", "13:00-18:00"]')
            return REFUSED
        ranges = [_read_range(item, place.item(n)) for n, item in enumerate(value, 1)]
        hours = tuple(item for item in ranges if item is not None)
        if len(hours) < len(ranges):
            return REFUSED
        for n, (one, next_one) in enumerate(pairwise(hours), 2):
            if next_one.start < one.end:
                place.item(n).report(
                    f'is "{value[n - 1]}" where a range that starts at or after the end of '
                    f'"{value[n - 2]}" is expected'
                )
                return REFUSED
        return hours


def _read_range(value: object, place: Place) -> OpenHours | None:
    found = RANGE.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        place.expected(value, 'a range such as "09:00-17:30"')
        return None
    hour, minute, end_hour, end_minute = found.groups()
    start = int(hour) * 60 + int(minute)
    end = DAY_END if end_hour is None else int(end_hour) * 60 + int(end_minute)
    if end <= start:
        place.expected(
            value, "a range that ends after it starts (hours past midnight belong to the next day)"
        )
        return None
    return OpenHours(start, end)


OpenDay: TypeAlias = Annotated[tuple[OpenHours, ...] | None, DayHours()]


class BusinessHours(Section, frozen=True, kw_only=True):
    """Open hours by weekday; a day not named is closed, but with none named it is always open."""

    monday: OpenDay = None
    tuesday: OpenDay = None
    wednesday: OpenDay = None
    thursday: OpenDay = None
    friday: OpenDay = None
    saturday: OpenDay = None
    sunday: OpenDay = None

    def by_weekday(self) -> tuple[tuple[OpenHours, ...], ...] | None:
        """Return the ranges of each day, Monday first, or None when always open."""
        days = (
            self.monday,
            self.tuesday,
            self.wednesday,
            self.thursday,
            self.friday,
            self.saturday,
            self.sunday,
        )
        return None if all(day is None for day in days) else tuple(day or () for day in days)
