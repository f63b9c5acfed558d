"""Showing numbers and names in full, on one screen, for a moment, and on record."""

import asyncio
from typing import Final

from textual.timer import Timer

from wallboard.cache.errors import CacheError
from wallboard.cache.reveals import record_reveal, who_asks
from wallboard.screens.frame import BoardScreen
from wallboard.screens.key import Key
from wallboard.screens.sight import Sight
from wallboard.screens.view_only import refusal

REVEAL: Final = Key("m", "m", "reveal", "reveal", "show numbers and names in full for a moment")
MOMENT_SECONDS: Final = 30.0


class Revealing(BoardScreen):
    """A screen on which masked numbers may be shown in full where the board allows it."""

    is_revealed = False
    _until_hidden: Timer | None = None

    def is_masked(self, sight: Sight) -> bool:
        """Whether numbers and names are to be masked now."""
        return sight.configuration.board.mask_numbers and not self.is_revealed

    def revealed_words(self) -> str:
        """What is shown in full, for the record."""
        return f"board {self.NAME.lower()}"

    async def action_reveal(self) -> None:
        """Show what is masked, for a moment; again to hide it.

        Who saw it is in the cache before anything is seen, or nothing is shown.
        """
        sight = self.sight
        if sight is None or not sight.configuration.board.mask_numbers:
            return
        if sight.is_view_only:
            self.notify(refusal("reveal"), markup=False)
            return
        if self.is_revealed:
            self._show_in_full(False)
            return
        if sight.cache is None:
            return
        try:
            # A writer may hold the cache for a moment: that is to cost no frame.
            await asyncio.to_thread(
                record_reveal, sight.cache, sight.now, who_asks(), self.revealed_words()
            )
        except CacheError as error:
            self.notify(str(error), severity="error", markup=False)
            return
        if not self.is_current:
            # The screen was left while that was written.
            return
        self._show_in_full(True)
        if self._until_hidden is not None:
            self._until_hidden.stop()
        self._until_hidden = self.set_timer(MOMENT_SECONDS, lambda: self._show_in_full(False))

    def _show_in_full(self, in_full: bool) -> None:
        self.is_revealed = in_full
        if self.sight is not None:
            self.show(self.sight)

    def on_screen_suspend(self) -> None:
        """What was revealed is hidden again when the screen is left."""
        self.is_revealed = False

    def foot_note(self) -> str:
        """Say that what is masked elsewhere is shown in full here."""
        return "numbers and names in full for a moment, m hides" if self.is_revealed else ""
