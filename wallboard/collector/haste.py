"""When transactions follow one another so fast that a second process is worth it."""

from collections import deque
from time import monotonic
from typing import Final

FULL: Final = 3
"""So many full transactions within a second are a backlog, not a busy minute."""
SECONDS: Final = 1.0
FIRST_PAUSE: Final = 8
LONGEST_PAUSE: Final = 1_024
GOOD: Final = 200
"""After so many transactions in a row that were as presumed the next pause is the first again."""


class Haste:
    """Tells it of each full transaction; `full` of them within a second are a backlog.

    A presumption that proves wrong costs a transaction twice over. Where that comes often, as in a
    file whose events are known, fewer and fewer are presumed.
    """

    def __init__(self, full: int = FULL) -> None:
        self._times: deque[float] = deque(maxlen=full)
        self._pause = FIRST_PAUSE
        self._left = 0
        self._good = 0

    def is_due(self) -> bool:
        """Whether this transaction, which is full, is one of a backlog and may be presumed."""
        now = monotonic()
        self._times.append(now)
        if len(self._times) < (self._times.maxlen or 0) or now - self._times[0] > SECONDS:
            return False
        if self._left:
            self._left -= 1
            return False
        self._good += 1
        if self._good >= GOOD:
            self._pause = FIRST_PAUSE
        return True

    def was_wrong(self) -> None:
        """What was presumed was not so: the next transactions presume nothing."""
        self._left, self._good = self._pause, 0
        self._pause = min(self._pause * 2, LONGEST_PAUSE)
