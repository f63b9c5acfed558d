"""From an hour of the day to the calls that began in it. Pure."""

from wallboard.metrics.spans import spans
from wallboard.questions.call_filter import CallFilter
from wallboard.reporting_time import Calendar, Period


def times_of_hour(label: str, calendar: Calendar, period: Period) -> tuple[tuple[int, int], ...]:
    """When it was that hour of the clock (`14`), each day of the period: from, up to (UTC ms)."""
    return tuple(
        (span.start, span.until)
        for span in spans(calendar, period, "hour")
        if span.key == label and span.until > span.start
    )


def calls_of_hour(label: str, calendar: Calendar, period: Period) -> CallFilter:
    """The calls of that hour over the period."""
    times = times_of_hour(label, calendar, period)
    return CallFilter(times=times, start=period.start_ms, end=period.end_ms)


def hour_words(filtered: CallFilter, calendar: Calendar) -> list[str]:
    """What a list of such calls says that it is limited to; nothing for other lists."""
    if not filtered.times or filtered.part is not None:
        return []
    hour = f"{calendar.local(filtered.times[0][0]):%H}"
    return [f"{hour}:00 to {hour}:59"]
