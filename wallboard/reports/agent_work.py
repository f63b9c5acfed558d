"""What each agent did in a period: calls, the time on them, what was sold, time in each state."""

import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from wallboard.reports.agent_time import AgentKey, Spent, reasons_to_pause, spent_time
from wallboard.reports.conditions import OF_CALLS, values_of, within
from wallboard.reports.heard import ever_sent
from wallboard.reports.report import Asked

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


@dataclass(frozen=True, slots=True)
class Work:
    """What one agent did; times in milliseconds.

    `sales` and `conversions` are None where the feed never tells of them. `spent` is None where it
    is not known: of one who never said anything, and where it was asked for some calls only.
    """

    name: str | None
    team: str | None
    was_on_a_call: bool = False
    calls: int = 0
    talk_ms: int = 0
    hold_ms: int = 0
    wrap_ms: int = 0
    sales: int | None = None
    conversions: int | None = None
    spent: Spent | None = None

    @property
    def average_handle_ms(self) -> int | None:
        """Talk, hold and wrap-up for each call; None without calls."""
        handled = self.talk_ms + self.hold_ms + self.wrap_ms
        return round(handled / self.calls) if self.calls else None

    @property
    def is_any(self) -> bool:
        """Whether the agent answered a call, be it to a machine, or was signed in."""
        return self.was_on_a_call or (self.spent is not None and bool(self.spent.signed_in_ms))

    def plus(self, other: "Work") -> "Work":
        """The work of this and of another period that does not overlap it."""
        if self.spent is None or other.spent is None:
            spent = self.spent or other.spent
        else:
            spent = self.spent.plus(other.spent)
        return Work(
            self.name,
            self.team,
            self.was_on_a_call or other.was_on_a_call,
            self.calls + other.calls,
            self.talk_ms + other.talk_ms,
            self.hold_ms + other.hold_ms,
            self.wrap_ms + other.wrap_ms,
            _added(self.sales, other.sales),
            _added(self.conversions, other.conversions),
            spent,
        )


def _added(one: int | None, other: int | None) -> int | None:
    return None if one is None or other is None else one + other


def work_of(
    connection: sqlite3.Connection, asked: Asked, times: Mapping[AgentKey, Spent] | None = None
) -> dict[AgentKey, Work]:
    """The work of every agent who passes the filters, those who did nothing too.

    `times` is that of `times_of` where the caller has it already. Adding up the work of days gives
    that of the days together. Of those of whom only calls tell there is neither name nor team.
    """
    times = times_of(connection, asked) if times is None else times
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
    sales_known = ever_sent(connection, "sale.recorded")
    outcomes_known = ever_sent(connection, "call.outcome", "sale.recorded")
    found = {}
    agents = _agents(connection, asked)
    for key in (*agents, *sorted(_heard_of_on_calls(handled, asked) - agents.keys())):
        name, team = agents.get(key, (None, None))
        calls, talk, hold = handled.get(key, (0, 0, 0))
        sold = (sales[key] if sales_known else None, conversions[key] if outcomes_known else None)
        on_calls = (key in handled, calls, talk, hold, wraps[key])
        found[key] = Work(name, team, *on_calls, *sold, times.get(key))
    return found


def _heard_of_on_calls(handled: Iterable[AgentKey], asked: Asked) -> set[AgentKey]:
    """Those who answered and pass the filters: a feed need not say more of an agent than that."""
    only = asked.filters.get("agent")
    return set() if "team" in asked.filters else {k for k in handled if only in (None, k[1])}


def _of_calls_only(asked: Asked) -> bool:
    """Whether something is asked that no one's time is known by."""
    return any(dimension in _BY_CALL for dimension in asked.filters)


def times_of(connection: sqlite3.Connection, asked: Asked) -> dict[AgentKey, Spent]:
    """The time of the agents who pass the filters; none where the calls alone are filtered."""
    if _of_calls_only(asked):
        return {}
    return spent_time(connection, _agents(connection, asked), *_known_time(asked))


def reasons_of(connection: sqlite3.Connection, asked: Asked) -> set[str]:
    """Why the agents who pass the filters were paused; none where the calls alone are filtered."""
    if _of_calls_only(asked):
        return set()
    return reasons_to_pause(connection, _agents(connection, asked), *_known_time(asked))


def _known_time(asked: Asked) -> tuple[int, int]:
    """The period as far as it has come (UTC ms)."""
    start = asked.period.start_ms
    return start, max(start, min(asked.period.end_ms, asked.now))


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


def _counts(connection: sqlite3.Connection, sql: str, asked: Asked) -> Counter[AgentKey]:
    found: Counter[AgentKey] = Counter()
    for source, agent, count in connection.execute(
        sql.format(within=within("c.started", asked, _BY_CALL)), values_of(asked)
    ):
        found[source, agent] += count
    return found
