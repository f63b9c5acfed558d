"""How many rows may go in one transaction, so that the feed never waits long for the writer."""

from typing import Final

SHORT_SECONDS: Final = 0.025
LONG_SECONDS: Final = 0.06
"""Above this fewer are taken: the next may fall on slower rows or a busier disk, within 100 ms."""

FEWEST: Final = 50


class Pace:
    """A number of rows that follows how long the last ones took."""

    def __init__(self, most: int) -> None:
        """It begins well below `most`, which it never exceeds."""
        self._most = most
        self.rows = max(FEWEST, most // 10)

    def took(self, seconds: float) -> None:
        """Learn from how long a transaction of so many rows took."""
        if seconds > LONG_SECONDS:
            self.rows = max(FEWEST, self.rows // 2)
        elif seconds < SHORT_SECONDS:
            self.rows = min(self._most, self.rows * 2)
