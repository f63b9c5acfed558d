"""The periods that screens look at, by the words that name them."""

from datetime import date, timedelta
from typing import Final

from wallboard.reporting_time import Calendar, Period, PeriodError

TODAY: Final = "today"
NOW: Final = "now"
"""Of what is live: nothing but the state of this moment and of the day so far."""
PERIODS: Final = (TODAY, "yesterday", "7 days", "30 days", "this month", "last month")
"""The periods to choose from; any other is written as `2026-11-01 to 2026-11-07`."""

DAY: Final = timedelta(days=1)


def cut(period: Period, now: int) -> Period:
    """The period as far as it had come at an instant in the past (UTC ms), itself included."""
    end = min(period.end_ms, max(now, period.start_ms) + 1)
    return Period(period.start_ms, end, period.days)


def period_named(calendar: Calendar, name: str, now: int) -> Period:
    """The period that a name stands for at an instant (UTC ms).

    Raises PeriodError, whose text is a sentence, when it names none.
    """
    today = calendar.day_of(now)
    first = today.replace(day=1)
    spans: dict[str, tuple[date, date]] = {
        TODAY: (today, today),
        NOW: (today, today),
        "yesterday": (today - DAY, today - DAY),
        "7 days": (today - 6 * DAY, today),
        "30 days": (today - 29 * DAY, today),
        "this month": (first, today),
        "last month": ((first - DAY).replace(day=1), first - DAY),
    }
    if name in spans:
        since, until = (day.isoformat() for day in spans[name])
    else:
        since, _, until = (part.strip() for part in name.partition(" to "))
    return calendar.period(since, until or since, now)


def period_shown(calendar: Calendar, name: str, now: int, past: int | None) -> Period:
    """The period of a name as a screen shows it at an instant (UTC ms).

    `past` is set where that is an instant that somebody went back to. What was chosen then and is
    no period any more, such as one that began tomorrow, gives today.
    """
    try:
        period = period_named(calendar, name, now)
    except PeriodError:
        period = period_named(calendar, TODAY, now)
    return period if past is None else cut(period, now)
