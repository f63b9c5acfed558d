"""agent-performance: what each agent did, ranked."""

import sqlite3
from collections import Counter
from typing import Final

from wallboard.reports.agent_time import AgentKey, Spent, spent_time
from wallboard.reports.conditions import OF_CALLS, values_of, within
from wallboard.reports.heard import ever_sent
from wallboard.reports.report import Asked, Column, Generated, More, Report, Row
from wallboard.reports.writing.sorting import ranked

_OF_AGENTS: Final = frozenset({"agent", "team"})
_BY_CALL: Final = {name: sql for name, sql in OF_CALLS.items() if name not in _OF_AGENTS}
"""Who the agent is is asked of the rows: the last agent of a call is not the only one of it."""

_HANDLED: Final = "c.connected AND (c.direction = 'inbound' OR c.live)"
_TIED: Final = "EXISTS (SELECT 1 FROM sales AS s WHERE s.source = c.source AND s.call = c.id)"

_LEGS: Final = f"""
SELECT l.source, l.agent, sum(l.handled), sum(l.talk), sum(l.hold) FROM (
    SELECT c.source AS source, l.agent AS agent, max({_HANDLED}) AS handled,
        sum(CASE WHEN {_HANDLED} AND c.ended IS NOT NULL THEN l.talk_ms ELSE 0 END) AS talk,
        sum(CASE WHEN {_HANDLED} AND c.ended IS NOT NULL THEN l.hold_ms ELSE 0 END) AS hold
    FROM calls AS c CROSS JOIN legs AS l ON l.call = c.call AND l.kind = 'A'
        AND l.answered IS NOT NULL AND l.agent IS NOT NULL
    WHERE {{within}} GROUP BY c.call, l.agent) AS l
GROUP BY l.source, l.agent
"""
_WRAPS: Final = f"""
SELECT c.source, w.agent, sum(w.length_ms) FROM calls AS c
CROSS JOIN wrap_ups AS w ON w.call = c.call WHERE {{within}} AND {_HANDLED} GROUP BY 1, 2
"""
_SALES: Final = """
SELECT c.source, coalesce(s.agent, c.agent), count(*) FROM calls AS c
CROSS JOIN sales AS s ON s.source = c.source AND s.call = c.id WHERE {within} GROUP BY 1, 2
"""
_SALES_WITHOUT_CALL: Final = """
SELECT s.source, s.agent, count(*) FROM sales AS s
WHERE s.at >= :from AND s.at < :until AND s.call IS NULL GROUP BY 1, 2
"""
_CONVERSIONS: Final = f"""
SELECT c.source, coalesce(o.agent, c.agent), count(*) FROM calls AS c
LEFT JOIN call_outcomes AS o ON o.call = c.call
WHERE {{within}} AND (o.lead OR o.appointment OR o.quote OR o.converted OR {_TIED}) GROUP BY 1, 2
"""


def _of_calls_only(asked: Asked) -> bool:
    """Whether something is asked that no one's time is known by."""
    return any(dimension in _BY_CALL for dimension in asked.filters)


def _times(connection: sqlite3.Connection, asked: Asked) -> dict[AgentKey, Spent]:
    if _of_calls_only(asked):
        return {}
    chosen = _agents(connection, asked)
    start, until = asked.period.start_ms, min(asked.period.end_ms, asked.now)
    found = spent_time(connection, start, max(start, until))
    return {key: spent for key, spent in found.items() if key in chosen}


def _agents(
    connection: sqlite3.Connection, asked: Asked
) -> dict[AgentKey, tuple[str | None, str | None]]:
    """The agents who pass the filters, with their names and teams."""
    return {
        (source, agent): (name, team)
        for source, agent, name, team in connection.execute(
            "SELECT source, agent, name, team FROM agents"
        )
        if asked.filters.get("agent", agent) == agent and asked.filters.get("team", team) == team
    }


def _reasons(connection: sqlite3.Connection, asked: Asked) -> tuple[str, ...]:
    times = _times(connection, asked)
    return tuple(sorted({reason for spent in times.values() for reason in spent.reasons}))


def _column(reason: str) -> Column:
    return Column(f"pause_seconds: {reason}", "seconds", "of it, for this reason", totalled=True)


def _counts(connection: sqlite3.Connection, sql: str, asked: Asked) -> Counter[AgentKey]:
    found: Counter[AgentKey] = Counter()
    for source, agent, count in connection.execute(
        sql.format(within=within("c.started", asked, _BY_CALL)), values_of(asked)
    ):
        found[source, agent] += count
    return found


def _rows(connection: sqlite3.Connection, asked: Asked) -> Generated:
    times = _times(connection, asked)
    agents = _agents(connection, asked)
    handled = {
        (source, agent): figures
        for source, agent, *figures in connection.execute(
            _LEGS.format(within=within("c.started", asked, _BY_CALL)), values_of(asked)
        )
    }
    wraps = _counts(connection, _WRAPS, asked)
    sales, conversions = (
        _counts(connection, _SALES, asked),
        _counts(connection, _CONVERSIONS, asked),
    )
    if not _of_calls_only(asked):
        sales += _counts(connection, _SALES_WITHOUT_CALL, asked)
    known = (
        ever_sent(connection, "sale.recorded"),
        ever_sent(connection, "call.outcome", "sale.recorded"),
    )
    found: list[Row] = []
    for key, (name, team) in agents.items():
        spent = times.get(key)
        if key not in handled and not (spent is not None and spent.signed_in_ms):
            continue
        calls, talk, hold = handled.get(key, (0, 0, 0))
        wrap = wraps[key]
        average = round((talk + hold + wrap) / calls) if calls else None
        sold = (sales[key] if known[0] else None, conversions[key] if known[1] else None)
        worked = (0, key[1], calls, talk, average, hold, wrap, *sold)
        found.append((*worked, *_time(spent, asked.keys), name, team))
    found.sort(key=lambda row: (-row[2], row[1]))
    yield from ranked(found, AGENT_PERFORMANCE.columns, "calls")


def _time(spent: Spent | None, reasons: tuple[str, ...]) -> Row:
    """The columns of time; unknown where the calls alone are filtered."""
    if spent is None:
        return (None,) * (len(reasons) + 5)
    return (
        spent.pauses,
        spent.states["paused"],
        *(spent.reasons[reason] for reason in reasons),
        spent.states["available"],
        spent.occupancy,
        spent.signed_in_ms,
    )


AGENT_PERFORMANCE: Final = Report(
    name="agent-performance",
    question="Who handled how much, and how was everybody's time spent?",
    per="agent who answered a call or was signed in, ranked by calls or by --sort",
    columns=(
        Column("rank", "count", "by calls, or by the column of --sort; equals share a rank"),
        Column("agent", "text", "the id of the agent"),
        Column(
            "calls", "count", "calls the agent spoke on; dials to machines left out", totalled=True
        ),
        Column("talk_seconds", "seconds", "talk on them, less hold", totalled=True),
        Column("average_handle_seconds", "seconds", "talk, hold and wrap-up for each of them"),
        Column("hold_seconds", "seconds", "on hold", totalled=True),
        Column("wrap_seconds", "seconds", "after-call work", totalled=True),
        Column("sales", "count", "the agent's sales", totalled=True),
        Column(
            "conversions",
            "count",
            "calls that became a lead, appointment, quote, conversion or sale",
            totalled=True,
        ),
        Column("pauses", "count", "how often the agent went on pause", totalled=True),
        Column("pause_seconds", "seconds", "time shown as paused", totalled=True),
        Column("available_seconds", "seconds", "time available", totalled=True),
        Column("occupancy", "share", "busy of busy and available time"),
        Column("signed_in_seconds", "seconds", "time not offline", totalled=True),
        Column("name", "text", "the name of the agent"),
        Column("team", "text", "the team of the agent"),
    ),
    filters=tuple(OF_CALLS),
    rows=_rows,
    more=More(
        _reasons,
        _column,
        "pause_seconds",
        "the time paused for each reason, a column a reason",
    ),
    is_ranked=True,
)
