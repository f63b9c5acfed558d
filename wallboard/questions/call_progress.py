"""What a call in progress has come to: waiting, ringing or talking, and for how long. Pure.

Between them it is `picked_up`: whoever was called has answered, a person or a machine, or the
caller hears a greeting, and nobody of the center talks or is rung for an inbound one.
"""

from typing import Final

from msgspec.structs import replace

from wallboard.questions.call_answers import CallLine

IN_PROGRESS: Final = frozenset({"waiting", "ringing", "picked_up", "talking"})
"""The states of calls that go on."""


class Progress:
    """The progress of a call at `now` (UTC ms), put together from its stays and its legs.

    Both are those that had begun by then; their other times may lie after it.
    """

    def __init__(self, now: int) -> None:
        self._now = now
        self._wait_ms: int | None = None
        self._talk_ms = 0
        self._is_waiting = self._is_talking = False
        self._is_picked_up = self._is_agent_rung = False
        self._agent: str | None = None
        self._answered = -1
        self._legs = 0

    def add_stay(self, entered: int, left: int | None) -> None:
        """Add a stay in a queue."""
        until = self._now if left is None or left > self._now else left
        self._wait_ms = (self._wait_ms or 0) + until - entered
        self._is_waiting |= until == self._now

    def add_leg(
        self,
        kind: str | None,
        agent: str | None,
        answered: int | None,
        ended: int | None,
        hold_ms: int,
    ) -> None:
        """Add a leg."""
        self._legs += 1
        is_up = ended is None or ended > self._now
        is_answered = answered is not None and answered <= self._now
        if kind not in {"A", "S"}:
            self._is_picked_up |= kind == "B" and is_up and is_answered
            return
        if answered is None or not is_answered:
            self._is_agent_rung |= is_up
            return
        self._is_talking |= is_up
        if kind != "A":
            return
        # Hold of a leg that goes on is known only once it has ended.
        self._talk_ms += (self._now if is_up else ended or 0) - answered - (0 if is_up else hold_ms)
        if answered > self._answered:
            self._answered, self._agent = answered, agent

    def __call__(self, line: CallLine) -> CallLine:
        """The line of the call with its progress."""
        return replace(
            line,
            state=self._state(line.direction),
            agent=self._agent,
            wait_seconds=None if self._wait_ms is None else self._wait_ms / 1_000,
            talk_seconds=self._talk_ms / 1_000,
            legs=self._legs,
        )

    def _state(self, direction: str | None) -> str:
        if self._is_talking:
            return "talking"
        if self._is_waiting:
            return "waiting"
        is_rung = self._is_agent_rung and direction != "outbound"
        return "picked_up" if self._is_picked_up and not is_rung else "ringing"
