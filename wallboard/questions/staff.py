"""How many agents serve each queue, counted in one pass over the agents for all queues."""

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from wallboard.facts.agent import BUSY
from wallboard.questions.agent_states import AgentState


class Staff(NamedTuple):
    """The agents of a queue by what they do; who is offline or at fault is none of them."""

    ready: int
    busy: int
    paused: int

    @property
    def serving(self) -> int:
        """Those to whom the next call may come."""
        return self.ready + self.busy


class Staffing:
    """The agents in groups of one source, the same queues and one state: a dozen, not hundreds."""

    def __init__(self, states: Iterable[AgentState]) -> None:
        self._groups = Counter((state.source, state.queues, state.state) for state in states)
        self._names_queues = any(queues for _, queues, _ in self._groups)

    def of(self, source: int, queue: str) -> Staff:
        """The agents of a queue, which are all of them when no agent names queues."""
        ready = busy = paused = 0
        for (theirs, queues, state), agents in self._groups.items():
            if self._names_queues and not (queues and queue in queues and theirs == source):
                continue
            if state == "available":
                ready += agents
            elif state in BUSY:
                busy += agents
            elif state == "paused":
                paused += agents
        return Staff(ready, busy, paused)
