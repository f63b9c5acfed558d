"""The stretches of local time that a period consists of, each with the key it is counted under."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final, NamedTuple

from wallboard.reporting_time import Calendar, Period

DATED_HOUR: Final = "dated_hour"
"""Clock hours of a date, `2026-11-22T14:00`; the two of a clock set back are one."""

TIMES: Final = ("hour", "day", "week", "weekday", DATED_HOUR)
"""The dimensions of local time; keys are `07`, `2026-11-22`, `2026-W47`, `Monday`."""

DAYS: Final = ("day", "week", "weekday")
"""Those of them that consist of whole days."""

WEEKDAYS: Final = (
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
)


class Span(NamedTuple):
    """From `start` up to `until` (UTC ms), counted under `key`."""

    start: int
    until: int
    key: str


def spans(calendar: Calendar, period: Period, dimension: str) -> list[Span]:
    """The spans of a period by a dimension of TIMES, cut to the period, in order of time."""
    return [
        Span(max(span.start, period.start_ms), min(span.until, period.end_ms), span.key)
        for span in _all(calendar, period, dimension)
        if span.start < period.end_ms and span.until > period.start_ms
    ]


def in_order(dimension: str, key: str) -> tuple[int, str]:
    """What keys of a dimension of TIMES are sorted by: Monday first, else as text."""
    return (WEEKDAYS.index(key) if dimension == "weekday" and key in WEEKDAYS else 0, key)


def _all(calendar: Calendar, period: Period, dimension: str) -> Iterator[Span]:
    for day in period.days:
        if dimension in {"hour", DATED_HOUR}:
            for hour in calendar.hours_of(day):
                # Where days do not start at midnight, the date of an hour is the clock's own.
                dated = f"{calendar.local(hour.start_ms):%Y-%m-%d}T{hour.label}:00"
                yield Span(hour.start_ms, hour.end_ms, dated if dimension != "hour" else hour.label)
            continue
        start, until = calendar.day_bounds(day)
        match dimension:
            case "day":
                yield Span(start, until, day.isoformat())
            case "week":
                # The year of an ISO week is that of its Thursday.
                thursday = day + timedelta(days=3 - day.weekday())
                yield Span(start, until, f"{thursday.year:04}-W{day.isocalendar().week:02}")
            case _:
                yield Span(start, until, WEEKDAYS[day.weekday()])
