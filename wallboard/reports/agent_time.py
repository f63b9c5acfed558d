"""How agents spent the time of a period: each state's length, and the pauses by reason."""

import sqlite3
from collections import Counter
from dataclasses import dataclass, field
from typing import Final

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

AgentKey = tuple[int, str]


@dataclass(slots=True)
class Spent:
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


def spent_time(connection: sqlite3.Connection, start: int, until: int) -> dict[AgentKey, Spent]:
    """The time of every agent from `start` up to `until` (UTC ms), of those who had any."""
    found = {}
    for key in connection.execute("SELECT source, agent FROM agents").fetchall():
        before = connection.execute(_BEFORE, (*key, start)).fetchone()
        changes = connection.execute(_CHANGES, (*key, start, until)).fetchall()
        if before is not None or changes:
            found[key] = _spent(before or ("offline", None), changes, start, until)
    return found


def _spent(
    before: tuple[str, str | None],
    changes: list[tuple[int, str, str | None]],
    start: int,
    until: int,
) -> Spent:
    spent = Spent()
    state, reason = before
    since = start
    for time, after, why in [*changes, (until, "", None)]:
        length = max(0, time - since)
        spent.states[state] += length
        if state == "paused" and length:
            spent.reasons[reason or NO_REASON] += length
        spent.pauses += after == "paused" and state != "paused"
        state, reason, since = after, why, time
    return spent
