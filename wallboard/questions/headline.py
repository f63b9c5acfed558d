"""The headline rates: today so far, and the same weekday last week up to the same time of day."""

import sqlite3
from datetime import timedelta
from typing import Final

from wallboard.config import Metrics
from wallboard.questions import rates
from wallboard.questions.floor_answers import Headline
from wallboard.questions.gaps import is_being_filled
from wallboard.questions.hindsight import Corrections, corrected, hindsight
from wallboard.questions.scope import Scope
from wallboard.questions.sums import Sums, sums_of
from wallboard.questions.targets import drop_limit_of, target_of
from wallboard.questions.told import told
from wallboard.questions.view import one_view
from wallboard.reporting_time import Calendar

WEEK: Final = timedelta(days=7)


def headline(
    connection: sqlite3.Connection,
    calendar: Calendar,
    metrics: Metrics,
    scope: Scope,
    now: int,
    corrections: Corrections | None = None,
) -> Headline:
    """The rates of the day up to `now` (UTC ms), as far as was known of its calls by then.

    `corrections` are those of `hindsight`, where the caller has them already.
    """
    start, _ = calendar.day_bounds(calendar.day_of(now))
    with one_view(connection):
        if corrections is None:
            corrections = hindsight(connection, metrics, now)
        sums = sums_of(connection, calendar, scope, start, now)
        sums = corrected(sums, corrections, scope, start, now)
        return _rates(connection, metrics, scope, sums, now)


def headline_before(
    connection: sqlite3.Connection,
    calendar: Calendar,
    metrics: Metrics,
    scope: Scope,
    now: int,
    corrections: Corrections | None = None,
) -> Headline | None:
    """The same a week earlier, up to the same minute of the clock; None where it had no calls.

    None too while its calls are still being fetched: today is compared with all of them.

    Of those calls all counts that is known at `now`.
    """
    start, end = calendar.day_bounds(calendar.day_of(now) - WEEK)
    shown = calendar.local(now).replace(tzinfo=None)
    until = min(max(start, calendar.instant(shown - WEEK)), end - 1)
    with one_view(connection):
        if is_being_filled(connection, start):
            return None
        if corrections is None:
            corrections = hindsight(connection, metrics, now)
        sums = sums_of(connection, calendar, scope, start, until)
        sums = corrected(sums, corrections, scope, start, until)
        return _rates(connection, metrics, scope, sums, now) if sums.calls else None


def _rates(
    connection: sqlite3.Connection, metrics: Metrics, scope: Scope, sums: Sums, now: int
) -> Headline:
    target = target_of(connection, metrics, scope, now)
    known = told(connection, now)
    return Headline(
        answer_rate=known.of_answers(rates.answer_rate(sums)),
        service_level=known.of_answers(rates.service_level(sums, metrics)),
        abandonment=known.of_ends(rates.abandonment_rate(sums)),
        drop_rate=rates.drop_rate(sums, metrics),
        drops_allowed=rates.drops_allowed(sums),
        drops_left=rates.drops_left(sums),
        handle_seconds=rates.handle_seconds(sums),
        talk_seconds=rates.average_seconds(sums.talk_ms, sums.connected),
        wrap_seconds=rates.average_seconds(sums.wrap_ms, sums.connected),
        handled=sums.connected,
        service_level_seconds=target.seconds,
        service_level_target=target.share,
        drop_limit=drop_limit_of(connection, metrics, scope, now),
    )
