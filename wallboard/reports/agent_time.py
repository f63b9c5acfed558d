"""How agents spent the time of a period: each state's length, and the pauses by reason."""

import sqlite3
from collections import Counter
from collections.abc import Iterable
from itertools import starmap
from typing import Final, NamedTuple

from msgspec import Struct, field

from wallboard.facts.agent import BUSY

NO_REASON: Final = "(none)"

_BEFORE: Final = """
SELECT state, reason FROM agent_changes WHERE source = ? AND agent = ? AND time < ?
ORDER BY time DESC, sequence DESC, id DESC LIMIT 1
"""
_CHANGES: Final = """
SELECT time, state, reason FROM agent_changes
WHERE source = ? AND agent = ? AND time >= ? AND time < ? ORDER BY time, sequence, id
"""

_REASONS: Final = """
SELECT DISTINCT reason FROM agent_changes
WHERE source = ? AND agent = ? AND time >= ? AND time < ? AND state = 'paused'
"""

AgentKey = tuple[int, str]
_Stretch = tuple[str, str | None, int, int]
"""A state, its reason, when it began and when it ended (UTC ms)."""


class Spent(Struct):
    """The time of one agent in milliseconds: by state, in pauses by reason; pauses begun."""

    states: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    pauses: int = 0

    @property
    def signed_in_ms(self) -> int:
        """The time not offline."""
        return sum(length for state, length in self.states.items() if state != "offline")

    @property
    def occupancy(self) -> float | None:
        """Busy of busy and available time [L5]; None where there was neither."""
        busy = sum(self.states[state] for state in BUSY)
        total = busy + self.states["available"]
        return busy / total if total else None

    def plus(self, other: "Spent") -> "Spent":
        """The time of this and of another stretch."""
        return Spent(
            self.states + other.states, self.reasons + other.reasons, self.pauses + other.pauses
        )


class InState(NamedTuple):
    """A stretch of time in one state, from `start` up to `end` (UTC ms)."""

    state: str
    reason: str | None
    start: int
    end: int


def states_of(
    connection: sqlite3.Connection, agent: AgentKey, start: int, until: int
) -> tuple[InState, ...]:
    """What an agent was doing from `start` up to `until` (UTC ms), in order, without a hole.

    The first is what went on already, offline where nothing was known; a stretch for every change.
    Empty for one of whom nothing was known by then.
    """
    return tuple(starmap(InState, _stretches(connection, agent, start, until)))


def _stretches(
    connection: sqlite3.Connection, agent: AgentKey, start: int, until: int
) -> Iterable[_Stretch]:
    """The same as plain tuples: of a month there are millions."""
    before = connection.execute(_BEFORE, (*agent, start)).fetchone()
    changes = connection.execute(_CHANGES, (*agent, start, until)).fetchall()
    if before is None and not changes:
        return ()
    begun = [(start, *(before or ("offline", None))), *changes]
    ends = [time for time, _, _ in changes] + [until]
    return (
        (state, reason, since, max(since, end))
        for (since, state, reason), end in zip(begun, ends, strict=True)
    )


def spent_in(stretches: Iterable[_Stretch]) -> Spent:
    """How long each state lasted, and each reason to pause; a pause is a change to paused."""
    states: dict[str, int] = {}
    reasons: dict[str, int] = {}
    pauses = 0
    before = None
    for state, reason, start, end in stretches:
        states[state] = states.get(state, 0) + end - start
        if state == "paused":
            if end > start:
                why = reason or NO_REASON
                reasons[why] = reasons.get(why, 0) + end - start
            pauses += before not in {None, "paused"}
        before = state
    return Spent(Counter(states), Counter(reasons), pauses)


def spent_time(
    connection: sqlite3.Connection, agents: Iterable[AgentKey], start: int, until: int
) -> dict[AgentKey, Spent]:
    """The time of these agents from `start` up to `until` (UTC ms), of those who had any."""
    found: dict[AgentKey, Spent] = {}
    for key in agents:
        if stretches := _stretches(connection, key, start, until):
            found[key] = spent_in(stretches)
    return found


def reasons_to_pause(
    connection: sqlite3.Connection, agents: Iterable[AgentKey], start: int, until: int
) -> set[str]:
    """Why these agents were paused at some time from `start` up to `until` (UTC ms)."""
    found: set[str | None] = set()
    for key in agents:
        found |= {why for (why,) in connection.execute(_REASONS, (*key, start, until))}
        before = connection.execute(_BEFORE, (*key, start)).fetchone()
        if before is not None and before[0] == "paused":
            found.add(before[1])
    return {why or NO_REASON for why in found}
