"""`[reporting]`: what a day is, which hours are open, and the currency."""

import difflib
import re
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Annotated
from zoneinfo import ZoneInfo, available_timezones

from msgspec import Struct

from wallboard.config.hours import BusinessHours
from wallboard.config.kinds import REFUSED, ListOf, Text
from wallboard.config.place import Place, shown
from wallboard.config.section import Section, Table

CLOCK = re.compile(r"([01]\d|2[0-3]):([0-5]\d)", re.ASCII)
DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


class TimeZoneName(Struct, frozen=True):
    """A name of the IANA time zone database, or empty for the machine's zone."""

    def read(self, value: object, place: Place) -> object:
        """Return the name."""
        if value == "":
            return value
        if isinstance(value, str) and is_time_zone(value):
            return value
        near = difflib.get_close_matches(str(value), available_timezones(), n=1, cutoff=0.5)
        hint = near[0] if near else "Europe/Berlin"
        place.report(
            f"is {shown(value)} where an IANA time zone name is expected"
            f" ({'did you mean' if near else 'such as'} {hint}{'?' if near else ''})"
        )
        return REFUSED


def is_time_zone(name: str) -> bool:
    """Return whether the name is in the time zone database."""
    try:
        ZoneInfo(name)
    except (ValueError, LookupError, OSError):
        return False
    return True


class ClockTime(Struct, frozen=True):
    """A time of day to the minute, as text "06:00" or as TOML's own 06:00:00."""

    def read(self, value: object, place: Place) -> object:
        """Return the time."""
        if isinstance(value, time) and value == value.replace(second=0, microsecond=0):
            return value
        if isinstance(value, str) and (found := CLOCK.fullmatch(value)):
            return time(int(found[1]), int(found[2]))
        place.expected(value, 'a time of day such as "06:00"')
        return REFUSED


class Day(Struct, frozen=True):
    """A date, as text "2026-12-25" or as TOML's own 2026-12-25."""

    def read(self, value: object, place: Place) -> object:
        """Return the date."""
        if isinstance(value, date) and not isinstance(value, datetime):
            return value
        if isinstance(value, str) and DAY.fullmatch(value):
            try:
                return date.fromisoformat(value)
            except ValueError:
                place.report(f"is {shown(value)}, a day that no calendar has")
                return REFUSED
        place.expected(value, 'a date such as "2026-12-25"')
        return REFUSED


class Reporting(Section, frozen=True, kw_only=True):
    """Settings of reporting time and money."""

    time_zone: Annotated[str, TimeZoneName()] = ""
    """An IANA name; empty: the machine's zone."""
    day_starts: Annotated[time, ClockTime()] = time(0)
    """Local time at which a reporting day begins."""
    currency: Annotated[
        str,
        Text(
            'a currency of three capital letters such as "USD"',
            lambda code: re.fullmatch("[A-Z]{3}", code),
        ),
    ] = "USD"
    holidays: Annotated[tuple[date, ...], ListOf(Day())] = ()
    """Local dates that are closed all day."""
    business_hours: Annotated[BusinessHours, Table(BusinessHours)] = BusinessHours()

    def conflicts(self) -> Iterator[tuple[str, str]]:
        """A holiday named twice is most likely a slip for another one."""
        for n, day in enumerate(self.holidays):
            if day in self.holidays[:n]:
                yield "holidays", f"names {day} twice where each day is expected once"
