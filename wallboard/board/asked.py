"""From what a page is asked with to what the catalogue of metrics is asked."""

from datetime import date, datetime, timedelta

from msgspec.structs import replace

from wallboard.board.pages import Question
from wallboard.metrics.asked import Asked
from wallboard.reporting_time import Calendar, Period


def asked_of(question: Question, *, by: str | None = None, period: Period | None = None) -> Asked:
    """What `wallboard metrics` is asked for the same period and filters."""
    return Asked(
        period or question.period,
        question.calendar,
        question.configuration.metrics,
        question.now,
        question.scope.filters,
        by,
    )


def time_dimension(period: Period) -> str:
    """What a figure of the period is shown by in time: hours of one day, else days."""
    return "hour" if len(period.days) <= 1 else "day"


def period_before(asked: Asked) -> Period | None:
    """The equally long range just before, cut off where the period has come to.

    A day that has come to 14:05 is compared with the day before up to 14:05; longer periods up to
    the hour, which the rollups hold. None before there is anything to compare with.
    """
    calendar, period = asked.calendar, asked.period
    if period.days and period.end_ms == asked.now + 1:
        # In the past it ends with the instant, and is compared as it was when that was now.
        end = calendar.day_bounds(period.days[-1])[1]
        period = Period(period.start_ms, max(end, period.end_ms), period.days)
        asked = replace(asked, period=period)
    whole = asked.before()
    if asked.now >= period.end_ms:
        return whole
    now = calendar.local(asked.now).replace(tzinfo=None)
    cut = calendar.instant(_earlier(now, len(whole.days)))
    if len(whole.days) > 1:
        cut = calendar.hour_start(cut)
    cut = min(cut, whole.end_ms)
    if cut <= whole.start_ms:
        return None
    return Period(whole.start_ms, cut, _days_up_to(calendar, whole, cut))


def _earlier(moment: datetime, days: int) -> datetime:
    return moment - timedelta(days=days)


def _days_up_to(calendar: Calendar, period: Period, cut: int) -> tuple[date, ...]:
    return tuple(day for day in period.days if calendar.day_bounds(day)[0] < cut)
