"""Calls by hour: today's hours, and the typical day of the same weekday."""

import sqlite3
from collections.abc import Mapping
from datetime import date, timedelta
from statistics import median
from typing import Final

from wallboard.config import Metrics
from wallboard.questions.floor_answers import HourOfDay
from wallboard.questions.gaps import gaps, is_being_filled
from wallboard.questions.hindsight import Corrections, hindsight, is_within
from wallboard.questions.open_calls import InProgress, in_progress
from wallboard.questions.past_calls import past_calls
from wallboard.questions.scope import Scope
from wallboard.questions.sums import end_of_minute, hours_and_minutes, narrowed
from wallboard.questions.view import one_view
from wallboard.reporting_time import Calendar, Hour

TypicalDay = Mapping[str, float]
"""The usual number of inbound calls by the hour of the clock, `00` to `23`."""

DAYS_COMPARED: Final = 4
WEEKS_BACK: Final = 26
"""How far back days to compare with are looked for."""


def hours(
    connection: sqlite3.Connection,
    calendar: Calendar,
    metrics: Metrics,
    scope: Scope,
    now: int,
    typical: TypicalDay,
) -> tuple[HourOfDay, ...]:
    """The hours of the day of `now` (UTC ms): inbound calls that started in them, as known then.

    `typical` is the answer of `typical_day`, which stays the same all day.
    """
    with one_view(connection):
        past = past_calls(connection, now)
        calls = in_progress(connection, scope, now, past)
        corrections = hindsight(connection, metrics, now, past)
        return hour_rows(connection, calendar, scope, now, typical, calls, corrections)


def hour_rows(
    connection: sqlite3.Connection,
    calendar: Calendar,
    scope: Scope,
    now: int,
    typical: TypicalDay,
    calls: list[InProgress],
    corrections: Corrections,
) -> tuple[HourOfDay, ...]:
    """The same from open calls and corrections that were read already."""
    day = calendar.hours_of(calendar.day_of(now))
    answered, missed = _ended(connection, calendar, scope, now, day)
    open_in: dict[int, int] = {}
    for call in calls:
        if call.direction == "inbound" and not call.is_answered:
            hour = calendar.hour_start(call.started)
            open_in[hour] = open_in.get(hour, 0) + call.calls
    for bucket, more in corrections:
        if bucket.direction == "inbound" and is_within(bucket, scope):
            hour = calendar.hour_start(bucket.started)
            answered[hour] = answered.get(hour, 0) + more.answered
            missed[hour] = missed.get(hour, 0) + more.missed
    lost = gaps(connection, day[0].start_ms, min(now + 1, day[-1].end_ms))
    return tuple(
        HourOfDay(
            hour.start_ms,
            hour.end_ms,
            hour.label,
            answered.get(hour.start_ms, 0),
            missed.get(hour.start_ms, 0),
            open_in.get(hour.start_ms, 0),
            typical.get(hour.label),
            hour.end_ms <= now,
            any(gap.started < hour.end_ms and gap.ended >= hour.start_ms for gap in lost),
        )
        for hour in day
    )


def _ended(
    connection: sqlite3.Connection, calendar: Calendar, scope: Scope, now: int, day: list[Hour]
) -> tuple[dict[int, int], dict[int, int]]:
    """The answered and the missed calls by hour; the current hour up to the minute of `now`."""
    rows, values = hours_and_minutes(scope)
    turn = calendar.hour_start(now)
    values |= {"start": day[0].start_ms, "turn": turn, "end": end_of_minute(now)}
    found = connection.execute(
        f"SELECT min(bucket, :turn), sum(answered), sum(missed) FROM {rows}"
        " WHERE direction = 'inbound' GROUP BY 1",
        values,
    ).fetchall()
    return {hour: n for hour, n, _ in found}, {hour: n for hour, _, n in found}


def typical_day(
    connection: sqlite3.Connection,
    calendar: Calendar,
    scope: Scope,
    day: date,
    corrections: Corrections = (),
) -> TypicalDay:
    """The median of the last four same weekdays without a holiday or a gap (readings 75).

    A day that is still being fetched would look calmer than it was, and so is left out.

    Of fewer where fewer are known, empty where there is none. Live the same for all of a day; of an
    instant in the past the calls are counted as known then, by the answer of `hindsight`.
    """
    compared: list[dict[str, int]] = []
    with one_view(connection):
        (oldest,) = connection.execute("SELECT min(bucket) FROM hour_rollup").fetchone()
        for weeks in range(1, WEEKS_BACK + 1):
            earlier = day - timedelta(weeks=weeks)
            start, end = calendar.day_bounds(earlier)
            if oldest is None or end <= oldest or len(compared) == DAYS_COMPARED:
                break
            if earlier in calendar.holidays or gaps(connection, start, end):
                continue
            if is_being_filled(connection, start):
                break
            calls = _calls_by_hour(connection, calendar, scope, (start, end), corrections)
            if calls or _any_call(connection, start, end, corrections):
                compared.append(_by_label(calendar, earlier, calls))
    labels = {label for known in compared for label in known}
    return {
        label: float(median(known[label] for known in compared if label in known))
        for label in sorted(labels)
    }


def _any_call(
    connection: sqlite3.Connection, start: int, end: int, corrections: Corrections
) -> bool:
    row = connection.execute(
        "SELECT 1 FROM hour_rollup WHERE bucket >= ? AND bucket < ? LIMIT 1", (start, end)
    ).fetchone()
    of_day = [more.calls for bucket, more in corrections if start <= bucket.started < end]
    if row is None or not of_day:
        return row is not None or any(calls > 0 for calls in of_day)
    (calls,) = connection.execute(
        "SELECT sum(calls) FROM hour_rollup WHERE bucket >= ? AND bucket < ?", (start, end)
    ).fetchone()
    return bool(calls + sum(of_day) > 0)


def _calls_by_hour(
    connection: sqlite3.Connection,
    calendar: Calendar,
    scope: Scope,
    span: tuple[int, int],
    corrections: Corrections,
) -> dict[int, int]:
    start, end = span
    conditions, values = narrowed(scope)
    calls: dict[int, int] = dict(
        connection.execute(
            "SELECT bucket, sum(calls) FROM hour_rollup WHERE bucket >= :start AND bucket < :end"
            f" AND direction = 'inbound'{conditions} GROUP BY bucket",
            values | {"start": start, "end": end},
        )
    )
    for bucket, more in corrections:
        is_counted = start <= bucket.started < end and bucket.direction == "inbound"
        if is_counted and is_within(bucket, scope):
            hour = calendar.hour_start(bucket.started)
            calls[hour] = calls.get(hour, 0) + more.calls
    return {hour: known for hour, known in calls.items() if known}


def _by_label(calendar: Calendar, day: date, calls: dict[int, int]) -> dict[str, int]:
    """The calls of a day by the hour of the clock; of a repeated hour the first counts."""
    labelled: dict[str, int] = {}
    for hour in calendar.hours_of(day):
        labelled.setdefault(hour.label, calls.get(hour.start_ms, 0))
    return labelled
