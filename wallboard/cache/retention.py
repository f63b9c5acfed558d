"""How long things are kept: facts for `keep_days`, the text of events for `keep_event_days`.

Deleted in small transactions, so that a busy feed hardly notices; what goes by its own time is
swept apart (sweeping.py). The minute rollups serve the
last weeks only: older periods are asked of the hours.
"""

import sqlite3
from typing import Final

from wallboard.cache.callers import remember_callers
from wallboard.cache.transaction import transaction

DAY_MS: Final = 86_400_000
HOUR_MS: Final = 3_600_000
MINUTES_KEPT_DAYS: Final = 35
"""Four weeks back for the typical day, and some days to spare."""

CHUNK: Final = 20_000
"""Rows deleted in one transaction at most."""


def forget_old(
    connection: sqlite3.Connection,
    now: int,
    keep_days: int,
    keep_event_days: int,
    rows: int = CHUNK,
) -> bool:
    """Delete about so many rows of what is over its time; tell whether there may be more.

    `now` is UTC milliseconds. The cut lies on a whole UTC day, or where a local hour begins before
    and ends after that, at its start, so that facts and rollups go together. The last state of each
    agent before the cut is kept: it still holds after it.
    """
    facts = cut_of(connection, now, keep_days)
    texts = now - keep_event_days * DAY_MS
    minutes = max(facts, (now // DAY_MS - MINUTES_KEPT_DAYS) * DAY_MS)
    left = rows
    with transaction(connection):
        for sql, before, weight in (
            (_MESSAGES, texts, 20),
            (_QUARANTINE, texts, 1),
            (_CONTRADICTIONS, texts, 1),
            (_UNKNOWN, facts, 1),
            (_ROLLUP.format("minute_rollup"), minutes, 1),
            (_ROLLUP.format("hour_rollup"), facts, 1),
        ):
            if left > 0:
                values = {"before": before, "limit": -(-left // weight)}
                left -= connection.execute(sql, values).rowcount * weight
        if left > 0:
            left -= _forget_calls(connection, facts, -(-left // _CALL)) * _CALL
    return left <= 0


def _forget_calls(connection: sqlite3.Connection, before: int, limit: int) -> int:
    """Delete so many calls with all that is theirs; returns how many there were."""
    calls = [
        row[0]
        for row in connection.execute(
            "SELECT call FROM calls WHERE started < ?1 UNION ALL "
            "SELECT call FROM calls WHERE started IS NULL AND first_event < ?1 LIMIT ?2",
            (before, limit),
        )
    ]
    remember_callers(connection, calls)
    for table in _OF_CALLS:
        connection.executemany(f"DELETE FROM {table} WHERE call = ?", [(call,) for call in calls])
    return len(calls)


def cut_of(connection: sqlite3.Connection, now: int, keep_days: int) -> int:
    """The instant (UTC ms) before which calls are over their time."""
    day = (now // DAY_MS - keep_days) * DAY_MS
    (hour,) = connection.execute(
        "SELECT max(bucket) FROM hour_rollup WHERE bucket > ? AND bucket <= ?",
        (day - HOUR_MS, day),
    ).fetchone()
    return day if hour is None else int(hour)


def truncate_log(connection: sqlite3.Connection) -> bool:
    """Move the log into the file and empty it; False when a reader needs it still.

    What was deleted would else live on in the log, which is written over from its beginning but
    never shortened by itself.
    """
    (patience,) = connection.execute("PRAGMA busy_timeout").fetchone()
    connection.execute("PRAGMA busy_timeout = 0")
    try:
        busy, _, _ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    except sqlite3.OperationalError:
        return False
    finally:
        connection.execute(f"PRAGMA busy_timeout = {patience}")
    return not busy


_OF_CALLS: Final = (
    *(
        "call_events",
        "legs",
        "stays",
        "wrap_ups",
        "lasting_calls",
        "late_outcomes",
        "call_outcomes",
        "call_quality",
        "quarantine",
    ),
    "calls",
)
_CALL: Final = 10
"""As many rows a call counts for: so many there are of it, of all tables."""

_MESSAGES: Final = """
DELETE FROM messages WHERE message IN
    (SELECT message FROM messages WHERE newest < :before LIMIT :limit)
"""
_QUARANTINE: Final = """
DELETE FROM quarantine WHERE number IN
    (SELECT number FROM quarantine WHERE call IS NULL AND received < :before LIMIT :limit)
"""
_CONTRADICTIONS: Final = """
UPDATE quarantine SET text = NULL WHERE number IN
    (SELECT number FROM quarantine WHERE call IS NOT NULL AND text IS NOT NULL
        AND received < :before LIMIT :limit)
"""
_UNKNOWN: Final = """
DELETE FROM unknown_types WHERE type IN
    (SELECT type FROM unknown_types WHERE last < :before LIMIT :limit)
"""
# Whole buckets, up to the one with the last row of as many.
_ROLLUP: Final = """
DELETE FROM {0} WHERE bucket < :before AND bucket <= coalesce((SELECT bucket FROM {0}
    WHERE bucket < :before ORDER BY bucket LIMIT 1 OFFSET :limit - 1), :before)
"""
