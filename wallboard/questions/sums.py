"""Sums over the rollups: what any rate of a period is made of, at a cost that does not grow.

Whole clock hours are read from the hours, what remains from the minutes.
"""

import sqlite3
from collections.abc import Iterable
from operator import add
from typing import Any, Final, NamedTuple

from wallboard.questions.scope import Scope
from wallboard.reporting_time import Calendar

MINUTE_MS: Final = 60_000


class Sums(NamedTuple):
    """Measures added up over calls; named as in wallboard.facts.measures, durations in ms."""

    calls: int = 0
    answered: int = 0
    missed: int = 0
    connected: int = 0
    abandoned: int = 0
    short_abandoned: int = 0
    answer_ms: int = 0
    within_target: int = 0
    abandoned_within_target: int = 0
    talk_ms: int = 0
    hold_ms: int = 0
    wrap_ms: int = 0
    decided: int = 0
    dial_answered: int = 0
    live_answers: int = 0
    dropped: int = 0
    live_with_agent: int = 0
    machine_with_agent: int = 0
    drop_allowance_millionths: int = 0


NOTHING: Final = Sums()
SUMMED: Final = ", ".join(f"sum({name})" for name in Sums._fields)
_COLUMNS: Final = ", ".join(("bucket", "source", "direction", "queue", *Sums._fields))


def added(parts: Iterable[Sums]) -> Sums:
    """All parts as one."""
    total = NOTHING
    for part in parts:
        total = Sums(*map(add, total, part))
    return total


def narrowed(scope: Scope, queue: str = "queue") -> tuple[str, dict[str, Any]]:
    """The scope as conditions on `campaign` and on the column `queue`, with their values.

    Calls are of no team, so a team narrows nothing here.
    """
    conditions, values = "", {}
    if scope.campaign is not None:
        conditions += " AND campaign = :campaign"
        values["campaign"] = scope.campaign
    if scope.queue is not None:
        conditions += f" AND {queue} = :queue"
        values["queue"] = scope.queue
    return conditions, values


def end_of_minute(now: int) -> int:
    """The end of the minute that an instant belongs to: how far a period that lasts is read."""
    return now - now % MINUTE_MS + MINUTE_MS


def hours_and_minutes(scope: Scope) -> tuple[str, dict[str, Any]]:
    """Rows of the rollups from :start to :turn by hours, and from :turn to :end by minutes."""
    conditions, values = narrowed(scope)
    rows = (
        f"(SELECT {_COLUMNS} FROM hour_rollup WHERE bucket >= :start AND bucket < :turn{conditions}"
        f" UNION ALL SELECT {_COLUMNS} FROM minute_rollup"
        f" WHERE bucket >= :turn AND bucket < :end{conditions})"
    )
    return rows, values


def sums_of(
    connection: sqlite3.Connection, calendar: Calendar, scope: Scope, start: int, until: int
) -> Sums:
    """The sums of the calls from `start`, a clock hour's, up to the minute of `until`."""
    rows, values = hours_and_minutes(scope)
    values |= {
        "start": start,
        "turn": max(start, calendar.hour_start(until)),
        "end": end_of_minute(until),
    }
    (row,) = connection.execute(f"SELECT {SUMMED} FROM {rows}", values)
    return Sums(*row) if row[0] is not None else NOTHING


def sums_by_queue(
    connection: sqlite3.Connection,
    calendar: Calendar,
    scope: Scope,
    start: int,
    until: int,
    most: int,
) -> dict[tuple[int, str], Sums]:
    """The same by source and first queue, of up to `most` with most calls, these first.

    Calls that entered none are left out.
    """
    rows, values = hours_and_minutes(scope)
    values |= {
        "start": start,
        "turn": max(start, calendar.hour_start(until)),
        "end": end_of_minute(until),
        "most": most,
    }
    found = connection.execute(
        f"SELECT source, queue, {SUMMED} FROM {rows} WHERE queue != '' GROUP BY source, queue"
        " ORDER BY sum(calls) DESC LIMIT :most",
        values,
    )
    return {(source, queue): Sums(*row) for source, queue, *row in found}


def recent_by_queue(
    connection: sqlite3.Connection,
    scope: Scope,
    now: int,
    window_ms: int,
    direction: str,
    most: int,
) -> dict[tuple[int, str], Sums]:
    """The sums of the last minutes by source and first queue, empty text for no queue.

    Of up to `most` with most calls.
    """
    conditions, values = narrowed(scope)
    begins = now - now % MINUTE_MS - window_ms
    found = connection.execute(
        f"SELECT source, queue, {SUMMED} FROM minute_rollup WHERE bucket >= :begins"
        f" AND bucket <= :now AND direction = :direction{conditions} GROUP BY source, queue"
        " ORDER BY sum(calls) DESC LIMIT :most",
        values | {"begins": begins, "now": now, "direction": direction, "most": most},
    )
    return {(source, queue): Sums(*row) for source, queue, *row in found}


def recent_in_all(
    connection: sqlite3.Connection, scope: Scope, now: int, window_ms: int, direction: str
) -> Sums:
    """The sums of the last minutes, of all queues and of none."""
    conditions, values = narrowed(scope)
    begins = now - now % MINUTE_MS - window_ms
    (row,) = connection.execute(
        f"SELECT {SUMMED} FROM minute_rollup WHERE bucket >= :begins"
        f" AND bucket <= :now AND direction = :direction{conditions}",
        values | {"begins": begins, "now": now, "direction": direction},
    )
    return Sums(*row) if row[0] is not None else NOTHING
