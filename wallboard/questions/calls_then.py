"""The calls at an instant in the past, to be asked the same as those of now.

Those that may have been known otherwise are derived as they were known (wallboard.questions
.past_calls) and put in tables of their own, in memory, where the same conditions are asked of them.
All others are asked of the cache, where their rows tell the same as then.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, Final, NamedTuple

from wallboard.config import Metrics
from wallboard.facts.call import Call
from wallboard.facts.entry import pack
from wallboard.facts.judgement import judge
from wallboard.facts.said import given, number_given
from wallboard.questions.call_columns import (
    BY_NOW,
    CALLED_BACK,
    JUDGED_THEN,
    THEN,
    Columns,
    let_columns_be_asked,
)
from wallboard.questions.call_filter import CallFilter
from wallboard.questions.conditions import Conditions, conditions_of
from wallboard.questions.lookup import Place, looked_up
from wallboard.questions.part_conditions import let_trunk_be_asked
from wallboard.questions.past_calls import KnownCall, entries_of_all, past_calls
from wallboard.questions.past_terms import definitions_then, first_defined_later, terms_of
from wallboard.questions.shown_numbers import let_shown_digits_be_asked

BUT: Final = " AND calls.call NOT IN (SELECT value FROM json_each(:differing))"
"""The calls of the cache without those that are in memory."""

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
_CALLED_BACK_THEN: Final = (
    f"({CALLED_BACK.format(' AND back.call NOT IN (SELECT value FROM json_each(:differing))')}"
    " OR (from_number IN (SELECT value ->> 0 FROM json_each(:backs))"
    " AND EXISTS (SELECT 1 FROM json_each(:backs) AS known"
    " WHERE known.value ->> 0 = calls.from_number AND known.value ->> 1 >= calls.ended)))"
)
_CALLED_BACK_IN_MEMORY: Final = (
    f"({CALLED_BACK.format('')} OR EXISTS (SELECT 1 FROM backs"
    " WHERE backs.number = calls.from_number AND backs.started >= calls.ended))"
)
_BACKS: Final = """
SELECT to_number, started FROM calls WHERE direction = 'outbound' AND to_number IS NOT NULL
    AND started <= :now
"""
_BACKS_TO: Final = f"""
{_BACKS} AND to_number IN (SELECT value FROM json_each(:numbers))
    AND call NOT IN (SELECT value FROM json_each(:differing))
"""
_STARTS: Final = "SELECT call, started FROM calls WHERE call IN (SELECT value FROM json_each(?))"


class CallsThen(NamedTuple):
    """What to ask of an instant: `memory` has the calls that may have been known otherwise.

    `conditions` are of the calls in memory. Of the cache `asked` are asked, of `columns`, which
    leave those out. `named`: the calls that the filter can be reduced to, None where it cannot.
    `is_in_place`: whether the same calls had begun, at the same times, by what is known now.
    """

    memory: sqlite3.Connection
    conditions: Conditions
    asked: Conditions
    columns: Columns
    named: list[int] | None
    is_in_place: bool


@contextmanager
def calls_then(
    connection: sqlite3.Connection,
    filter: CallFilter,
    now: int,
    metrics: Metrics,
) -> Iterator[CallsThen | None]:
    """The calls of a filter at `now` (UTC ms); None where it is live: the cache then tells all.

    `metrics` are the settings that calls are judged by. Raises sqlite3.Error.
    """
    past = past_calls(connection, now)
    if past is None:
        yield None
        return
    # Of what was over, and of which nothing was told since, the cache tells the same.
    past = tuple(k for k in past if not k.is_same or k.facts is None or k.facts.ended is None)
    memory = sqlite3.connect(":memory:", isolation_level=None)
    try:
        memory.executescript(_TABLES)
        _fill(memory, connection, past, metrics, now)
        if filter.part is not None:
            _fill_events(memory, connection, past, now)
        yield _asked(memory, connection, past, filter, metrics, now)
    finally:
        memory.close()


def _asked(
    memory: sqlite3.Connection,
    connection: sqlite3.Connection,
    past: tuple[KnownCall, ...],
    filter: CallFilter,
    metrics: Metrics,
    now: int,
) -> CallsThen:
    differing = json.dumps([known.call for known in past])
    in_memory, columns = BY_NOW, THEN
    values: dict[str, Any] = {"differing": differing, "then": now}
    queues, campaigns = first_defined_later(connection, now)
    if queues or campaigns:
        columns = JUDGED_THEN
        values |= {
            "later_queues": json.dumps(queues),
            "later_campaigns": json.dumps(campaigns),
            "short_ms": round(metrics.short_abandon_seconds * 1_000),
            "drop_ms": round(metrics.drop_seconds * 1_000),
        }
    let_columns_be_asked(connection)
    if filter.state == "not_called_back":
        columns = columns._replace(called_back=_CALLED_BACK_THEN)
        in_memory = in_memory._replace(called_back=_CALLED_BACK_IN_MEMORY)
        values["backs"] = json.dumps(memory.execute(_BACKS, {"now": now}).fetchall())
        _fill_backs(memory, connection, differing, now)
    let_shown_digits_be_asked(memory)
    let_trunk_be_asked(memory)
    said, of_filter = conditions_of(connection, filter, columns, now)
    in_memory_said, in_memory_values = conditions_of(connection, filter, in_memory, now)
    # The numbers of calls are the cache's in both.
    without = Place(
        connection,
        " AND first_event <= ? AND call NOT IN (SELECT value FROM json_each(?))",
        (now, differing),
    )
    return CallsThen(
        memory,
        (in_memory_said, in_memory_values | {"now": now}),
        (said + BUT, of_filter | values),
        columns,
        looked_up((without, Place(memory)), filter),
        _is_in_place(memory, connection, differing, now),
    )


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


def _fill_events(
    memory: sqlite3.Connection, connection: sqlite3.Connection, past: Iterable[KnownCall], now: int
) -> None:
    events = entries_of_all(connection, [known.call for known in past])
    memory.executemany(
        "INSERT INTO call_events VALUES (?, ?)",
        [(call, pack(e for e in entries if e.time <= now)) for call, entries in events.items()],
    )


def _fill_backs(
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


def _is_in_place(
    memory: sqlite3.Connection, connection: sqlite3.Connection, differing: str, now: int
) -> bool:
    """Whether an offset in the list of all calls means the same as by the rows of the cache."""

    def begun(found: sqlite3.Connection) -> set[tuple[int, int]]:
        rows = found.execute(_STARTS, (differing,))
        return {(call, at) for call, at in rows if at is not None and at <= now}

    return begun(memory) == begun(connection)
