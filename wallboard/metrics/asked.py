"""What is asked of the catalogue: a period, filters, a dimension, by which settings."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Final

import msgspec
from msgspec import Struct, field

from wallboard.config import Metrics
from wallboard.reporting_time import Calendar, Period

NONE: Final = "(none)"
"""The key of what has no value of a dimension."""

HOUR_MS: Final = 3_600_000
DAY: Final = timedelta(days=1)


class Asked(Struct, frozen=True):
    """A question to the catalogue.

    `filters` are values by dimension (see relations.py), all of which must hold. `by` is the
    dimension to split by, None for none. `now` (UTC ms) is when it is asked.
    """

    period: Period
    calendar: Calendar
    settings: Metrics
    now: int
    filters: Mapping[str, str] = field(default_factory=dict)
    by: str | None = None
    is_long: bool = False
    """Whether the period is much of the time of the cache: it decides how it is read, no more."""
    is_split_alone: bool = False
    """Whether nothing is wanted but the figures by `by`: what they come to together is not read."""

    def before(self) -> Period:
        """The equally long range just before: as many local days, or as long a time."""
        days, start = self.period.days, self.period.start_ms
        whole = days and (start, self.period.end_ms) == (
            self.calendar.day_bounds(days[0])[0],
            self.calendar.day_bounds(days[-1])[1],
        )
        if not whole:
            return Period(start - (self.period.end_ms - start), start, ())
        earlier = tuple(days[0] - DAY * n for n in range(len(days), 0, -1))
        return Period(self.calendar.day_bounds(earlier[0])[0], start, earlier)

    def values(self) -> dict[str, int | float | str]:
        """The parameters that SQL of the catalogue may name."""
        period, before, settings = self.period, self.before(), self.settings
        wholes = [day for day in period.days if self.calendar.day_bounds(day)[0] >= period.start_ms]
        return {
            "from": period.start_ms,
            "until": period.end_ms,
            "first_day": wholes[0].isoformat() if wholes else "9999",
            "last_day": wholes[-1].isoformat() if wholes else "0000",
            "before_from": before.start_ms,
            "before_until": before.end_ms,
            "now": self.now,
            "callback_ms": round(settings.callback_hours * HOUR_MS),
            "customer_years": settings.customer_years,
            "margin": settings.margin,
            "target_phrases": msgspec.json.encode(settings.target_phrases).decode(),
            "required_attribution": msgspec.json.encode(settings.required_attribution).decode(),
            **{f"filter_{n}": value for n, value in enumerate(self.filters.values())},
        }
