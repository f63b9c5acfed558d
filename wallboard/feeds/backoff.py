"""How long to wait before the next attempt."""

from collections.abc import Callable

from wallboard.feeds.reasons import Reason
from wallboard.feeds.tuning import Tuning

MOST_DOUBLINGS = 16
SPREAD = 0.1
"""What a server asks for is exceeded by up to this share: it asks all boards for the same."""


class Backoff:
    """Exponential with full jitter, over every kind of end: a clean close counts as a failure.

    So a server that accepts and closes at once is not stormed, and many boards that lost the same
    server do not all come back in the same moment.
    """

    def __init__(self, tuning: Tuning, draw: Callable[[], float]) -> None:
        """`draw` gives a number from 0 to 1 at each call."""
        self._tuning = tuning
        self._draw = draw
        self._failures = 0

    def delay(self, lasted: float, reason: Reason) -> float:
        """Seconds until the next attempt, after a session that `lasted` so many seconds."""
        tuning = self._tuning
        if lasted >= tuning.settled_seconds:
            self._failures = 0
        self._failures = min(self._failures + 1, MOST_DOUBLINGS)
        if not reason.mends:
            return tuning.refused_seconds
        ceiling = min(tuning.longest_delay, tuning.shortest_delay * 2.0**self._failures)
        drawn = self._draw()
        delay = tuning.shortest_delay + drawn * (ceiling - tuning.shortest_delay)
        asked = (reason.retry_after or 0.0) * (1.0 + SPREAD * drawn)
        return max(delay, min(asked, tuning.longest_retry_after))

    def reset(self) -> None:
        """Begin again: what failed was mended, or the settings are others."""
        self._failures = 0
