"""How long things are kept: facts for `keep_days`, the text of events for `keep_event_days`.

Deleted in small transactions, so that a busy feed hardly notices; what goes by its own time is
swept apart (sweeping.py). The minute rollups serve the
last weeks only: older periods are asked of the hours.
"""

import sqlite3
from typing import Final

from wallboard.cache.callers import remember_callers

DAY_MS: Final = 86_400_000
HOUR_MS: Final = 3_600_000
MINUTES_KEPT_DAYS: Final = 35
"""Four weeks back for the typical day, and some days to spare."""

CHUNK: Final = 2_000
"""Rows deleted in one transaction."""


def forget_old(
    connection: sqlite3.Connection, now: int, keep_days: int, keep_event_days: int
) -> bool:
    """Delete one chunk of what is over its time; tell whether there may be more.

    `now` is UTC milliseconds. The cut lies on a whole UTC day, or where a local hour begins before
    and ends after that, at its start, so that facts and rollups go together. The last state of each
    agent before the cut is kept: it still holds after it.
    """
    facts = cut_of(connection, now, keep_days)
    texts = now - keep_event_days * DAY_MS
    minutes = max(facts, (now // DAY_MS - MINUTES_KEPT_DAYS) * DAY_MS)
    connection.execute("BEGIN IMMEDIATE")
    try:
        deleted = sum(
            connection.execute(sql, values).rowcount
            for sql, values in (
                (_MESSAGES, (texts, CHUNK // 20)),
                ("DELETE FROM quarantine WHERE call IS NULL AND received < ?", (texts,)),
                (_CONTRADICTIONS, (texts,)),
                ("DELETE FROM unknown_types WHERE last < ?", (facts,)),
                (_ROLLUP.format("minute_rollup"), (minutes,)),
                (_ROLLUP.format("hour_rollup"), (facts,)),
            )
        )
        calls = [
            row[0]
            for row in connection.execute(
                "SELECT call FROM calls WHERE started < ?1 UNION ALL "
                "SELECT call FROM calls WHERE started IS NULL AND first_event < ?1 LIMIT ?2",
                (facts, CHUNK),
            )
        ]
        remember_callers(connection, calls)
        for table in _OF_CALLS:
            connection.executemany(
                f"DELETE FROM {table} WHERE call = ?", [(call,) for call in calls]
            )
        deleted += len(calls)
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    return deleted >= CHUNK // 20


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
_MESSAGES: Final = """
DELETE FROM messages WHERE message IN (SELECT message FROM messages WHERE newest < ? LIMIT ?)
"""
_CONTRADICTIONS: Final = """
UPDATE quarantine SET text = NULL WHERE call IS NOT NULL AND received < ? AND text IS NOT NULL
"""
_ROLLUP: Final = "DELETE FROM {} WHERE bucket < ?"
