"""Where events go: kept back until it is known what was true at the beginning, then delivered."""

from collections.abc import Callable, Sequence
from typing import Any, Protocol, TypeAlias

from wallboard.feeds.intake import Delivery, Intake

EPOCH = "asterisk"
"""PBXs number nothing; there is one epoch for ever."""


Tap: TypeAlias = Callable[[int, dict[str, Any]], None]
"""Is given what came, as a recording holds it, and when it arrived (UTC ms)."""


class PbxIntake(Intake, Protocol):
    """An intake for feeds whose server can tell nothing again."""

    def last_heard(self, feed: str) -> int | None:
        """When the feed was last heard (UTC ms), in this process or before; None for never."""
        ...

    async def gap(self, feed: str, started: int, ended: int, reason: str) -> None:
        """Nothing can be known of what happened between two times (UTC ms): record the gap."""
        ...


class Outlet:
    """The way of one feed's events to the intake; it outlives connections."""

    def __init__(self, feed: str, intake: PbxIntake) -> None:
        self._feed, self._intake = feed, intake
        self._kept: list[bytes] | None = []

    @property
    def is_open(self) -> bool:
        """Whether events go on at once."""
        return self._kept is None

    async def deliver(self, events: Sequence[bytes], received: int) -> None:
        """Deliver events that were told at `received` (UTC ms), or keep them back."""
        if self._kept is not None:
            self._kept += events
        elif events:
            text = b"[" + b",".join(events) + b"]"
            await self._intake.take(Delivery(self._feed, text, received))

    async def open(self, since: int) -> None:
        """What is true now is known: deliver it as a snapshot, and from now on everything.

        What the cache holds as open and the snapshot does not died at `since` (UTC ms), when this
        feed was last heard.
        """
        kept, self._kept = self._kept, None
        if kept is not None:
            await self._intake.take_snapshot(
                self._feed,
                epoch=EPOCH,
                sequence=None,
                time=since,
                events=b"[" + b",".join(kept) + b"]",
            )
