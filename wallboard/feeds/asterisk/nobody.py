"""An intake that keeps nothing, for when a PBX is only recorded."""

from collections.abc import Callable

from wallboard.feeds.coverage import Coverage, Span
from wallboard.feeds.follower import STOPPED
from wallboard.feeds.intake import Condition, Delivery, Stage, Taken


class Nobody:
    """Takes everything and keeps nothing; says how the connection fares.

    `refused` is called, with the reason, where the PBX lets nobody in from the beginning.
    """

    def __init__(self, said: Callable[[str], None], refused: Callable[[str], None]) -> None:
        self._said = said
        self._refused = refused
        self._was_let_in = False
        self._last = ("", "")
        self._coverage = Coverage()

    def coverage(self, feed: str) -> Coverage:  # noqa: ARG002 - as an intake
        """Nothing is held."""
        return self._coverage

    async def take(self, delivery: Delivery) -> Taken:  # noqa: ARG002 - as an intake
        """Keep nothing."""
        return Taken(0, None, None)

    async def take_snapshot(
        self, feed: str, *, epoch: str, sequence: int | None, time: int, events: bytes
    ) -> None:
        """Keep nothing."""

    async def new_epoch(self, feed: str, epoch: str) -> None:
        """Keep nothing."""

    async def lost(self, feed: str, span: Span) -> None:
        """Keep nothing."""

    def last_heard(self, feed: str) -> int | None:  # noqa: ARG002 - as an intake
        """Never."""
        return None

    async def gap(self, feed: str, started: int, ended: int, reason: str) -> None:
        """Keep nothing."""

    def report(self, feed: str, condition: Condition) -> None:
        """Say what changed, for the person who records."""
        told = (condition.stage.value, condition.reason)
        if told == self._last or condition.stage is Stage.CONNECTING:
            return
        if condition.reason == STOPPED.sentence:
            # Whoever records has stopped it; there is no collector.
            return
        self._last = told
        self._was_let_in |= condition.stage in {Stage.LIVE, Stage.CATCHING_UP}
        if condition.stage is Stage.REFUSED and not self._was_let_in:
            self._refused(condition.reason)
            return
        detail = f": {condition.reason}" if condition.reason else "."
        self._said(f"{feed} is {condition.stage.replace('_', ' ')}{detail}")
