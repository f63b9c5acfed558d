"""When the holes in a feed's numbering lie: the event times on either side of each."""

from collections import deque
from typing import Final

from wallboard.feeds.coverage import Span

REMEMBERED: Final = 1_000
"""Holes remembered over all feeds; an older one falls back on the feed's last event."""


class Seams:
    """The jumps seen in sequence numbers, newest last."""

    def __init__(self) -> None:
        self._seams: deque[tuple[str, Span, int, int]] = deque(maxlen=REMEMBERED)

    def note(self, feed: str, hole: Span, before: int, after: int) -> None:
        """The numbers of `hole` were jumped; events at `before` and `after` (UTC ms) flank them."""
        self._seams.append((feed, hole, min(before, after), max(before, after)))

    def around(self, span: Span, feed: str) -> tuple[int, int] | None:
        """The times around the hole that a span lies in, None where it was not seen."""
        for known, hole, before, after in reversed(self._seams):
            if known == feed and hole.first <= span.first and span.last <= hole.last:
                return before, after
        return None

    def forget(self, feed: str) -> None:
        """Forget the holes of a feed whose numbering starts anew."""
        self._seams = deque((seam for seam in self._seams if seam[0] != feed), maxlen=REMEMBERED)
