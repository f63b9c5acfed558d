"""How many events a second a feed brings, from its counter as it was seen over a while."""

from collections import deque
from collections.abc import Iterable
from typing import Final

from wallboard.questions.feed_answers import FeedHealth

WINDOW_MS: Final = 10_000
LEAST_MS: Final = 2_000
"""Over less than so long a rate says nothing."""


class EventRates:
    """The rates of all feeds over the last seconds; knows only what it was shown."""

    def __init__(self) -> None:
        self._seen: dict[str, deque[tuple[int, int]]] = {}

    def note(self, feeds: Iterable[FeedHealth], at: int) -> None:
        """Note what the feeds had brought at `at` (UTC ms)."""
        for feed in feeds:
            seen = self._seen.setdefault(feed.feed, deque())
            if seen and (feed.events < seen[-1][1] or at < seen[-1][0]):
                # Another cache, or another clock.
                seen.clear()
            if not seen or at > seen[-1][0]:
                seen.append((at, feed.events))
            while len(seen) > 2 and at - seen[1][0] >= WINDOW_MS:
                seen.popleft()

    def rate(self, feed: str, now: int) -> float | None:
        """Events a second up to `now` (UTC ms); None before enough was seen."""
        seen = self._seen.get(feed)
        if not seen:
            return None
        first, last = seen[0], seen[-1]
        elapsed = max(now, last[0]) - first[0]
        return (last[1] - first[1]) * 1000 / elapsed if elapsed >= LEAST_MS else None
