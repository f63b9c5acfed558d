"""What a call in progress has come to: waiting, ringing or talking, and for how long. Pure."""

from dataclasses import replace

from wallboard.questions.call_answers import CallLine


class Progress:
    """The progress of a call at `now` (UTC ms), put together from its stays and its legs.

    Both are those that had begun by then; their other times may lie after it.
    """

    def __init__(self, now: int) -> None:
        self._now = now
        self._wait_ms: int | None = None
        self._talk_ms = 0
        self._is_waiting = self._is_talking = False
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
        if kind not in {"A", "S"} or answered is None or answered > self._now:
            return
        is_up = ended is None or ended > self._now
        self._is_talking |= is_up
        if kind != "A":
            return
        # Hold of a leg that goes on is known only once it has ended.
        self._talk_ms += (self._now if is_up else ended or 0) - answered - (0 if is_up else hold_ms)
        if answered > self._answered:
            self._answered, self._agent = answered, agent

    def __call__(self, line: CallLine) -> CallLine:
        """The line of the call with its progress."""
        state = "talking" if self._is_talking else "waiting" if self._is_waiting else "ringing"
        return replace(
            line,
            state=state,
            agent=self._agent,
            wait_seconds=None if self._wait_ms is None else self._wait_ms / 1_000,
            talk_seconds=self._talk_ms / 1_000,
            legs=self._legs,
        )
