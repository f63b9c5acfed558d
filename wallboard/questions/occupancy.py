"""How much of their time the agents were busy over the last half hour [L5]."""

import sqlite3
from typing import Final, NamedTuple

from wallboard.facts.agent import BUSY
from wallboard.questions.agent_states import agent_states
from wallboard.questions.crowd import OF_THEM, chosen
from wallboard.questions.gaps import unfetched
from wallboard.questions.scope import Scope
from wallboard.questions.view import one_view

WINDOW_MS: Final = 30 * 60_000

# In the order of the key of agent_changes within each agent, since each is a search of it.
_CHANGES: Final = """
SELECT a.source, a.agent, c.time, c.state FROM agents AS a CROSS JOIN agent_changes AS c
    ON c.source = a.source AND c.agent = a.agent AND c.time > :begins AND c.time <= :now
"""


class Occupancy(NamedTuple):
    """The share of busy time, and of how many agents; None when nobody was busy or available.

    None too while events of the window are still to come: whoever has changed since would count,
    and nobody else.

    `busy_seconds` and `seconds`: agent time that was busy, and that was busy or available.
    """

    share: float | None
    agents: int
    busy_seconds: float = 0
    seconds: float = 0


def occupancy(connection: sqlite3.Connection, scope: Scope, now: int) -> Occupancy:
    """The occupancy of the agents who are in the scope at `now` (UTC ms) over the window."""
    begins = now - WINDOW_MS
    with one_view(connection):
        if unfetched(connection, begins):
            return Occupancy(None, 0)
        counted = {(state.source, state.agent) for state in agent_states(connection, scope, now)}
        before = {
            (state.source, state.agent): state.state
            for state in agent_states(connection, Scope(), begins)
        }
        numbers = chosen(connection, now)
        wanted = _CHANGES if numbers is None else f"{_CHANGES} WHERE {OF_THEM}"
        values = {"begins": begins, "now": now, "chosen": numbers}
        changes = connection.execute(wanted, values).fetchall()
    spans: dict[tuple[int, str], list[tuple[int, str]]] = {
        agent: [(begins, before[agent])] if agent in before else [] for agent in counted
    }
    for source, agent, time, state in changes:
        if (source, agent) in spans:
            spans[source, agent].append((time, state))
    busy = available = agents = 0
    for moves in spans.values():
        ends = [*(time for time, _ in moves[1:]), now][: len(moves)]
        lengths = [(state, end - time) for (time, state), end in zip(moves, ends, strict=True)]
        is_busy = sum(length for state, length in lengths if state in BUSY)
        is_free = sum(length for state, length in lengths if state == "available")
        busy, available = busy + is_busy, available + is_free
        agents += bool(is_busy or is_free)
    total = busy + available
    share = busy / total if total else None
    return Occupancy(share, agents, busy / 1_000, total / 1_000)
