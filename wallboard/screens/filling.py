"""Whether history is being filled in, as words that do not come and go."""

from typing import Final

from wallboard.screens.feed_words import filling_words, is_filling
from wallboard.screens.sight import Sight

FILLING_MS: Final = 10_000
"""For so long after the last older event it is still said that history is being filled in: a feed
that makes it as we fetch it has none to offer now and then, and no line is to come and go."""


class Filling:
    """Remembers when history was filled in last, and how that was said."""

    def __init__(self) -> None:
        self._at = -FILLING_MS
        self._words = ""

    def words(self, sight: Sight) -> str:
        """What is said of it now; nothing when it is over."""
        if is_filling(sight.snapshot):
            self._at = sight.now
            self._words = filling_words(sight.snapshot, sight.day_and_clock)
        elif sight.now - self._at >= FILLING_MS:
            self._words = ""
        return self._words
