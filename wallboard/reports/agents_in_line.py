"""What is known of agents from several questions, read side by side in the order of their ids.

So a report of a million agents holds one of them at a time.
"""

from collections.abc import Iterable, Iterator
from typing import TypeVar

from wallboard.reports.agent_time import AgentKey

T = TypeVar("T")
Figures = tuple[int, ...]


class InLine:
    """Figures of agents in the order of their ids, of which always the next is known."""

    def __init__(self, rows: Iterable[tuple[AgentKey, Figures]]) -> None:
        self._rows = iter(rows)
        self._next = next(self._rows, None)

    @property
    def next_key(self) -> AgentKey | None:
        """Whom it tells of next, None at the end."""
        return None if self._next is None else self._next[0]

    def of(self, key: AgentKey) -> Figures | None:
        """What it tells of an agent; those before are passed over."""
        while self._next is not None and _place(self._next[0]) < _place(key):
            self._next = next(self._rows, None)
        if self._next is None or self._next[0] != key:
            return None
        figures = self._next[1]
        self._next = next(self._rows, None)
        return figures


def in_line(rows: Iterable[tuple[AgentKey, Figures]]) -> InLine:
    """Rows in the order of the ids of agents, then of their sources."""
    return InLine(rows)


def side_by_side(
    agents: Iterable[tuple[AgentKey, T]], others: InLine
) -> Iterator[tuple[AgentKey, T | None]]:
    """All agents, and those that only `others` tell of, in one order; these without more of them.

    Whoever takes an agent takes it from `others` too, before the next.
    """
    for key, about in agents:
        while (other := others.next_key) is not None and _place(other) < _place(key):
            yield other, None
        yield key, about
    while (other := others.next_key) is not None:
        yield other, None


def _place(key: AgentKey) -> tuple[str, int]:
    source, agent = key
    return agent, source
