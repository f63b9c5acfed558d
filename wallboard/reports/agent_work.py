"""What each agent did in a period: calls, the time on them, what was sold, time in each state."""

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from msgspec import Struct

from wallboard.reports.agent_time import AgentKey, Spent, reasons_to_pause, spent_time
from wallboard.reports.agents_in_line import InLine, in_line, side_by_side
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
GROUP BY l.source, l.agent ORDER BY l.agent, l.source
"""
_WRAPS: Final = f"""
SELECT c.source, w.agent, sum(w.length_ms) FROM calls AS c
CROSS JOIN wrap_ups AS w ON w.call = c.call WHERE {{within}} AND {_HANDLED} GROUP BY 1, 2
ORDER BY 2, 1
"""
_SALES: Final = """
SELECT c.source, coalesce(s.agent, c.agent), count(*) FROM calls AS c
CROSS JOIN sales AS s ON s.source = c.source AND s.call = c.id WHERE {within} GROUP BY 1, 2
ORDER BY 2, 1
"""
_SALES_WITHOUT_CALL: Final = """
SELECT s.source, s.agent, count(*) FROM sales AS s
WHERE s.at >= :from AND s.at < :until AND s.call IS NULL GROUP BY 1, 2 ORDER BY 2, 1
"""
_CONVERSIONS: Final = f"""
SELECT c.source, coalesce(o.agent, c.agent), count(*) FROM calls AS c
LEFT JOIN call_outcomes AS o ON o.call = c.call
WHERE {{within}} AND (o.lead OR o.appointment OR o.quote OR o.converted OR {_TIED}) GROUP BY 1, 2
ORDER BY 2, 1
"""
_AGENTS: Final = "SELECT source, agent, name, team FROM agents ORDER BY agent, source"


class Work(Struct, frozen=True):
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
    return dict(each_work(connection, asked, times))


def each_work(
    connection: sqlite3.Connection, asked: Asked, times: Mapping[AgentKey, Spent] | None = None
) -> Iterator[tuple[AgentKey, Work]]:
    """The same agent by agent, in the order of their ids, so that memory stays flat.

    What is known of agents is read side by side, each in that order.
    """
    spent = _time_of(connection, asked) if times is None else times.get
    calls = in_line(_rows_of(connection, _LEGS, asked))
    wraps = in_line(_rows_of(connection, _WRAPS, asked))
    sales, conversions = (
        in_line(_rows_of(connection, _SALES, asked)),
        in_line(_rows_of(connection, _CONVERSIONS, asked)),
    )
    alone = in_line(
        () if _of_calls_only(asked) else _rows_of(connection, _SALES_WITHOUT_CALL, asked)
    )
    sales_known = ever_sent(connection, "sale.recorded")
    outcomes_known = ever_sent(connection, "call.outcome", "sale.recorded")
    only, is_of_team = asked.filters.get("agent"), "team" in asked.filters
    for key, about in side_by_side(_agents(connection, asked), calls):
        handled = calls.of(key)
        if about is None and (is_of_team or only not in (None, key[1])):
            # Heard of on calls alone: a feed need not say more of an agent than that.
            continue
        name, team = about or (None, None)
        handled_calls, talk, hold = handled or (0, 0, 0)
        sold = (
            _count(sales, key) + _count(alone, key) if sales_known else None,
            _count(conversions, key) if outcomes_known else None,
        )
        on_calls = (handled is not None, handled_calls, talk, hold, _count(wraps, key))
        yield key, Work(name, team, *on_calls, *sold, spent(key))


def _of_calls_only(asked: Asked) -> bool:
    """Whether something is asked that no one's time is known by."""
    return any(dimension in _BY_CALL for dimension in asked.filters)


def times_of(connection: sqlite3.Connection, asked: Asked) -> dict[AgentKey, Spent]:
    """The time of the agents who pass the filters; none where the calls alone are filtered."""
    if _of_calls_only(asked):
        return {}
    return spent_time(connection, _keys(connection, asked), *_known_time(asked))


def reasons_of(connection: sqlite3.Connection, asked: Asked) -> set[str]:
    """Why the agents who pass the filters were paused; none where the calls alone are filtered."""
    if _of_calls_only(asked):
        return set()
    return reasons_to_pause(connection, _keys(connection, asked), *_known_time(asked))


def _keys(connection: sqlite3.Connection, asked: Asked) -> Iterator[AgentKey]:
    return (key for key, _ in _agents(connection, asked))


def _known_time(asked: Asked) -> tuple[int, int]:
    """The period as far as it has come (UTC ms)."""
    start = asked.period.start_ms
    return start, max(start, min(asked.period.end_ms, asked.now))


def _time_of(connection: sqlite3.Connection, asked: Asked) -> Callable[[AgentKey], Spent | None]:
    """The time of one agent, read when it is asked for; none where calls alone are filtered."""
    if _of_calls_only(asked):
        return lambda _: None
    known = _known_time(asked)
    return lambda key: spent_time(connection, [key], *known).get(key)


def _agents(
    connection: sqlite3.Connection, asked: Asked
) -> Iterator[tuple[AgentKey, tuple[str | None, str | None]]]:
    """The agents who pass the filters, with their names and teams, in the order of their ids."""
    for source, agent, name, team in connection.execute(_AGENTS):
        if asked.filters.get("agent", agent) == agent and asked.filters.get("team", team) == team:
            yield (source, agent), (name, team)


def _rows_of(
    connection: sqlite3.Connection, sql: str, asked: Asked
) -> Iterator[tuple[AgentKey, tuple[int, ...]]]:
    """What a statement says of agents, in the order of their ids; not what is of nobody."""
    values = values_of(asked)
    found = connection.execute(sql.format(within=within("c.started", asked, _BY_CALL)), values)
    for source, agent, *figures in found:
        if agent is not None:
            yield (source, agent), tuple(figures)


def _count(line: InLine, key: AgentKey) -> int:
    """The one figure of an agent, 0 where there is none."""
    (count,) = line.of(key) or (0,)
    return count
