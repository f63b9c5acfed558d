"""Whether calls come after hours: exact to the minute, and quick, for calls come close together."""

from collections.abc import Callable
from typing import Final

from wallboard.facts.judgement import always_open
from wallboard.reporting_time import Calendar

MINUTE_MS: Final = 60_000
REMEMBERED: Final = 100_000
"""Minutes remembered, more than two months, before they are asked of the calendar again."""


def after_hours_of(calendar: Calendar) -> Callable[[int], bool]:
    """Tells whether an instant (UTC ms) lies outside the business hours or on a holiday."""
    if calendar.business_hours.by_weekday() is None and not calendar.holidays:
        return always_open
    minutes: dict[int, bool] = {}

    def after_hours(ms: int) -> bool:
        minute = ms // MINUTE_MS
        known = minutes.get(minute)
        if known is None:
            if len(minutes) >= REMEMBERED:
                minutes.clear()
            known = minutes[minute] = not calendar.in_business_hours(minute * MINUTE_MS)
        return known

    return after_hours
