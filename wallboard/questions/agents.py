"""The agents as the floor shows them: their state, since when, and whether it can be true."""

import sqlite3
from functools import lru_cache
from typing import Final

from wallboard.config import Limits
from wallboard.questions.agent_states import AgentState, agent_states
from wallboard.questions.floor_answers import AgentNow
from wallboard.questions.scope import Scope
from wallboard.questions.view import one_view

GRACE_MS: Final = 30_000
"""What is said of an agent and of the call may arrive so far apart."""
ON_A_CALL: Final = frozenset({"ringing", "dialling", "on_call", "on_hold"})
"""States that last no longer than the call; wrap-up begins when it has ended."""


def agents(
    connection: sqlite3.Connection, limits: Limits, scope: Scope, now: int
) -> tuple[AgentNow, ...]:
    """The agents who were defined or heard of by `now` (UTC ms), in the order of their names."""
    with one_view(connection):
        return as_shown(agent_states(connection, scope, now), limits, now)


def as_shown(states: list[AgentState], limits: Limits, now: int) -> tuple[AgentNow, ...]:
    """The states with their limits, and what is impossible of them in words."""
    limit = lru_cache(maxsize=None)(limits.limit)
    return tuple(
        _shown(
            state,
            limit(state.state, state.reason) if state.is_seen else None,
            _stuck(state, now),
        )
        for state in states
    )


@lru_cache(maxsize=4_096)
def _shown(state: AgentState, limit: float | None, stuck: str) -> AgentNow:
    """The agent; the same object while nothing differs, so that comparing costs nothing."""
    return AgentNow(
        state.source,
        state.agent,
        state.name,
        state.team,
        state.state,
        state.reason,
        state.since,
        state.call,
        limit,
        stuck,
        state.is_seen,
    )


def _stuck(state: AgentState, now: int) -> str:
    """Why the agent cannot be on that call, empty when that may be true."""
    if state.state not in ON_A_CALL or state.call is None:
        return ""
    if state.call_number is None:
        return "on a call that was never heard of" if state.since < now - GRACE_MS else ""
    if state.call_ended is not None and state.call_ended < now - GRACE_MS:
        return "on a call that has ended"
    return ""
