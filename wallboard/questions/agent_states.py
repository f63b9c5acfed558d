"""The state of every agent at an instant: for each, one seek to the last change up to then."""

import sqlite3
from functools import lru_cache
from typing import Final, NamedTuple

import msgspec

from wallboard.events.definitions import AgentDefined
from wallboard.facts.agent import BUSY
from wallboard.questions.crowd import OF_THEM, chosen
from wallboard.questions.names import name_or_id
from wallboard.questions.past_definitions import Defined, defined_then, name_then
from wallboard.questions.scope import Scope

_STATES: Final = f"""
SELECT a.source, a.agent, {name_or_id("a.name", "a.agent")}, a.team,
    coalesce(c.state, 'offline'), c.reason, coalesce(c.since, (
        SELECT min(time) FROM definitions
        WHERE kind = 'agent' AND source = a.source AND entity = a.agent AND time <= :now)),
    c.call, c.queues, c.campaign, calls.call, calls.ended, c.state IS NOT NULL
FROM agents AS a LEFT JOIN agent_changes AS c
    ON c.source = a.source AND c.agent = a.agent AND (c.time, c.sequence, c.id) = (
        SELECT time, sequence, id FROM agent_changes AS latest
        WHERE latest.source = a.source AND latest.agent = a.agent AND latest.time <= :now
        ORDER BY latest.time DESC, latest.sequence DESC, latest.id DESC LIMIT 1)
    LEFT JOIN calls ON calls.source = c.source AND calls.id = c.call
"""


class AgentState(NamedTuple):
    """An agent at the instant. `queues` is None where the feed does not name them.

    `call_number` is None for a call that nothing was ever heard of; `call_ended` may lie after
    the instant. One who was only defined so far is not `is_seen`: offline, since that was said.
    """

    source: int
    agent: str
    name: str
    team: str | None
    state: str
    reason: str | None
    since: int
    call: str | None
    queues: frozenset[str] | None
    campaign: str | None
    call_number: int | None
    call_ended: int | None
    is_seen: bool = True

    @property
    def is_serving(self) -> bool:
        """Available or busy: the next call may come to this agent."""
        return self.state == "available" or self.state in BUSY


def agent_states(connection: sqlite3.Connection, scope: Scope, now: int) -> list[AgentState]:
    """The agents who were defined or heard of by `now` (UTC ms), in the order of their names.

    Of more than `wallboard.questions.crowd.MOST_AGENTS` the foremost. A queue or campaign narrows
    them to those that name it; when no agent names any, to nothing.
    """
    numbers = chosen(connection, now)
    wanted = _STATES if numbers is None else f"{_STATES} WHERE {OF_THEM}"
    states = [
        AgentState._make((*row[:8], _queues(row[8]), *row[9:12], bool(row[12])))
        for row in connection.execute(wanted, {"now": now, "chosen": numbers})
        if row[6] is not None
    ]
    of = {(state.source, state.agent) for state in states}
    if then := defined_then(connection, "agent", now, of):
        states = [
            _named_then(state, then[state.source, state.agent])
            if (state.source, state.agent) in then
            else state
            for state in states
        ]
    if scope.queue is not None and any(state.queues for state in states):
        states = [state for state in states if state.queues and scope.queue in state.queues]
    if scope.campaign is not None and any(state.campaign for state in states):
        states = [state for state in states if state.campaign == scope.campaign]
    if scope.team is not None:
        states = [state for state in states if state.team == scope.team]
    return sorted(states, key=lambda state: (state.name.casefold(), state.source, state.agent))


def _named_then(state: AgentState, said: Defined | None) -> AgentState:
    """The state with the name and the team that the agent had then."""
    team = said.team if isinstance(said, AgentDefined) else None
    return state._replace(
        name=name_then(said, state.agent), team=team if isinstance(team, str) else None
    )


@lru_cache(maxsize=4_096)
def _queues(named: str | None) -> frozenset[str] | None:
    return frozenset(msgspec.json.decode(named, type=list[str])) if named else None
