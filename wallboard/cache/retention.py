"""How long things are kept: facts for `keep_days`, the text of events for `keep_event_days`.

Deleted in small transactions, so that a busy feed hardly notices. The minute rollups serve the
last weeks only: older periods are asked of the hours.
"""

import sqlite3
from datetime import date, timedelta
from typing import Final

from wallboard.cache.callers import remember_callers, remember_customers

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


def forget_identities(connection: sqlite3.Connection, now: int, keep_days: int) -> None:
    """Delete what must be looked for through a whole table; once a day is often enough.

    Identities live a day longer than the rest: some events of a call lie before its start.
    """
    day = now // DAY_MS - keep_days
    connection.execute("BEGIN IMMEDIATE")
    try:
        connection.execute("DELETE FROM seen WHERE day < ?", (day - 1,))
        remember_customers(connection, day * DAY_MS)
        for sql in _OTHERS:
            connection.execute(sql, {"time": day * DAY_MS, "day": day, "date": _date(day)})
        connection.execute(_AGENTS, (day * DAY_MS, day * DAY_MS))
        connection.execute("DELETE FROM gaps WHERE ended < ?", (day * DAY_MS,))
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _date(day: int) -> str:
    """The UTC date of a day counted from 1970, as spends have it."""
    return (date(1970, 1, 1) + timedelta(days=day)).isoformat()


_OF_CALLS: Final = (
    *(
        "call_events",
        "legs",
        "stays",
        "wrap_ups",
        "lasting_calls",
        "call_outcomes",
        "call_quality",
        "quarantine",
    ),
    "calls",
)
_ARMS: Final = """
DELETE FROM visit_campaigns WHERE NOT EXISTS (SELECT 1 FROM visits
    WHERE visits.source = visit_campaigns.source AND visits.visit = visit_campaigns.visit)
"""
_STAGES: Final = """
DELETE FROM opportunity_stages WHERE (source, opportunity) IN (
    SELECT source, opportunity FROM opportunity_stages
    GROUP BY source, opportunity HAVING max(time) < :time)
"""
_OPPORTUNITIES: Final = """
DELETE FROM opportunities WHERE NOT EXISTS (SELECT 1 FROM opportunity_stages AS stage
    WHERE stage.source = opportunities.source AND stage.opportunity = opportunities.opportunity)
"""
_CONTACTS: Final = """
DELETE FROM contacts WHERE at < :time AND NOT EXISTS (SELECT 1 FROM calls
    WHERE calls.contact = contacts.contact AND calls.source = contacts.source)
"""
_OTHERS: Final = (
    *(
        f"DELETE FROM {table} WHERE at < :time"
        for table in (
            *("filtered_contacts", "visits", "touches", "sales", "number_displays"),
            *("service_uses", "report_audits", "dashboard_views", "pool_samples"),
            *("exposures", "engagements", "goals"),
        )
    ),
    _ARMS,
    "DELETE FROM outbound_messages WHERE coalesce(at, delivered_at, failed_at) < :time",
    "DELETE FROM lists WHERE started < :time",
    "DELETE FROM direct_connects WHERE started < :time",
    "DELETE FROM report_deliveries WHERE due < :time",
    "DELETE FROM spends WHERE day < :date",
    _STAGES,
    _OPPORTUNITIES,
    _CONTACTS,
    "DELETE FROM attributions WHERE used < :day",
    "DELETE FROM locations WHERE used < :day",
)
"""What goes by its own time; an opportunity by its last change, a contact not before its calls."""
_MESSAGES: Final = """
DELETE FROM messages WHERE message IN (SELECT message FROM messages WHERE newest < ? LIMIT ?)
"""
_CONTRADICTIONS: Final = """
UPDATE quarantine SET text = NULL WHERE call IS NOT NULL AND received < ? AND text IS NOT NULL
"""
_ROLLUP: Final = "DELETE FROM {} WHERE bucket < ?"
_AGENTS: Final = """
DELETE FROM agent_changes WHERE time < ? AND EXISTS (
    SELECT 1 FROM agent_changes AS later WHERE later.source = agent_changes.source
    AND later.agent = agent_changes.agent AND later.time > agent_changes.time
    AND later.time < ?
)
"""
