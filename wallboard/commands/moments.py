"""Moments as commands read and write them."""

from datetime import datetime

from wallboard.reporting_time import Calendar
from wallboard.reporting_time.periods import parse_moment
from wallboard.reporting_time.typed import TypedMoment, is_clock_time, typed_moment


def _moment_of(calendar: Calendar, option: str, text: str) -> int:
    """The instant (UTC ms) that an option names; a day is its beginning.

    Raises PeriodError, whose text is a sentence, when it names none.
    """
    moment = parse_moment(option, text)
    if isinstance(moment, datetime):
        return calendar.instant(moment)
    return calendar.day_bounds(moment)[0]


def past_moment_of(calendar: Calendar, option: str, text: str, now: int) -> TypedMoment:
    """The same, or a time of the clock such as `14:05` or `yesterday 14:05`, as the board takes it.

    It says which moment is taken where the clock showed a time twice or never.
    """
    if is_clock_time(text):
        return typed_moment(calendar, text, now)
    at = _moment_of(calendar, option, text)
    return TypedMoment(at, typed_moment(calendar, text, at).said)


def written(calendar: Calendar, ms: int | None) -> str | None:
    """An instant in RFC 3339 with milliseconds and the local offset, None for none."""
    return None if ms is None else calendar.local(ms).isoformat(timespec="milliseconds")
