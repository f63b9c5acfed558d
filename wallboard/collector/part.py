"""What is handed over for one transaction."""

from typing import NamedTuple

from wallboard.events import Decoded


class Part(NamedTuple):
    """A decoded message of a feed, or a piece of one that is too large for one transaction.

    `body` is the message's text, None when an earlier piece has stored it. `covers`: its sequence
    numbers belong to the feed's coverage, unlike those of a file or a snapshot.
    """

    feed: str
    message: int
    body: bytes | None
    received: int
    decoded: Decoded
    covers: bool = True

    @property
    def newest(self) -> int:
        """The time by which its text is kept: its newest event, never later than it came."""
        times = [event.time for event in self.decoded.events]
        return min(max(times, default=self.received), self.received)
