"""Calls as they were known at an instant, put in tables like those of the cache, in memory."""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Final

from wallboard.config import Metrics
from wallboard.facts.call import Call
from wallboard.facts.entry import pack
from wallboard.facts.judgement import judge
from wallboard.facts.said import given, number_given
from wallboard.questions.past_calls import KnownCall, entries_of_all
from wallboard.questions.past_terms import definitions_then, terms_of

_TABLES: Final = """
CREATE TABLE calls (
    call INTEGER PRIMARY KEY, source INTEGER, id TEXT, started INTEGER, first_event INTEGER,
    direction TEXT, campaign TEXT, sub_campaign TEXT, first_queue TEXT, agent TEXT,
    from_number TEXT, to_number TEXT, contact TEXT, answered INTEGER, ended INTEGER,
    end_reason TEXT, result TEXT, wait_ms INTEGER, talk_ms INTEGER, disposition TEXT, legs INTEGER,
    live INTEGER
);
CREATE TABLE legs (
    call INTEGER, kind TEXT, agent TEXT, started INTEGER, answered INTEGER, ended INTEGER,
    hold_ms INTEGER
);
CREATE TABLE stays (call INTEGER, queue TEXT, entered INTEGER, left INTEGER);
CREATE TABLE call_events (call INTEGER, entries BLOB);
CREATE TABLE backs (number TEXT, started INTEGER);
CREATE INDEX legs_call ON legs (call);
CREATE INDEX stays_call ON stays (call);
CREATE INDEX backs_number ON backs (number, started);
"""
BACKS: Final = """
SELECT to_number, started FROM calls WHERE direction = 'outbound' AND to_number IS NOT NULL
    AND started <= :now
"""
"""The calls to somebody, among which are those back to a caller."""
_BACKS_TO: Final = f"""
{BACKS} AND to_number IN (SELECT value FROM json_each(:numbers))
    AND call NOT IN (SELECT value FROM json_each(:differing))
"""


@contextmanager
def calls_in_memory(
    connection: sqlite3.Connection, past: Iterable[KnownCall], metrics: Metrics, now: int
) -> Iterator[sqlite3.Connection]:
    """A connection to the calls as they were known at `now` (UTC ms), judged by `metrics`.

    Raises sqlite3.Error.
    """
    memory = sqlite3.connect(":memory:", isolation_level=None)
    try:
        memory.executescript(_TABLES)
        _fill(memory, connection, past, metrics, now)
        yield memory
    finally:
        memory.close()


def _fill(
    memory: sqlite3.Connection,
    connection: sqlite3.Connection,
    past: Iterable[KnownCall],
    metrics: Metrics,
    now: int,
) -> None:
    """Put in the calls as they were known, as a collector has them."""
    definitions = definitions_then(connection, metrics, now)
    calls, legs, stays = [], [], []
    for known in past:
        facts = known.facts
        if facts is None:
            continue
        verdict = judge(facts, terms_of(definitions, known.source, facts))
        calls.append(
            (
                *(known.call, known.source, facts.call, facts.started, facts.first_event),
                *_said(facts),
                *(verdict.first_queue, verdict.agent, *_numbers(facts)),
                *(verdict.answered_at, facts.ended, facts.end_reason, verdict.result),
                *(verdict.wait_ms, verdict.talk_ms),
                given(facts.outcome.disposition) if facts.outcome is not None else None,
                *(len(facts.legs), verdict.live),
            )
        )
        legs += [
            (known.call, leg.kind, leg.agent, leg.started, leg.answered, leg.ended, leg.hold_ms)
            for leg in facts.legs
        ]
        stays += [(known.call, stay.queue, stay.entered, stay.left) for stay in facts.stays]
    for table, rows in (("calls", calls), ("legs", legs), ("stays", stays)):
        if rows:
            places = ", ".join("?" for _ in rows[0])
            memory.executemany(f"INSERT INTO {table} VALUES ({places})", rows)


def _said(facts: Call) -> tuple[str | None, ...]:
    """The direction, the campaign and the sub-campaign."""
    said = facts.said
    if said is None or facts.started is None:
        return None, None, None
    return said.direction, given(said.campaign), given(said.sub_campaign)


def _numbers(facts: Call) -> tuple[str | None, ...]:
    """The numbers of both parties, and the contact."""
    said = facts.said
    if said is None or facts.started is None:
        return None, None, None
    return number_given(said.from_number), number_given(said.to_number), given(said.contact)


def add_events(
    memory: sqlite3.Connection, connection: sqlite3.Connection, past: Iterable[KnownCall], now: int
) -> None:
    """Put in what was told of these calls up to `now`."""
    events = entries_of_all(connection, [known.call for known in past])
    memory.executemany(
        "INSERT INTO call_events VALUES (?, ?)",
        [(call, pack(e for e in entries if e.time <= now)) for call, entries in events.items()],
    )


def add_calls_back(
    memory: sqlite3.Connection, connection: sqlite3.Connection, differing: str, now: int
) -> None:
    """Put in the other calls back to the callers of these calls."""
    numbers = memory.execute(
        "SELECT DISTINCT from_number FROM calls"
        " WHERE direction = 'inbound' AND ended IS NOT NULL AND from_number IS NOT NULL"
    )
    values = {
        "numbers": json.dumps([number for (number,) in numbers]),
        "differing": differing,
        "now": now,
    }
    memory.executemany("INSERT INTO backs VALUES (?, ?)", connection.execute(_BACKS_TO, values))
