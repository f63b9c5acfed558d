"""Showing numbers and names in full, on one screen and for a moment."""

from typing import Final

from wallboard.screens.frame import BoardScreen, Sight
from wallboard.screens.keys import Key

REVEAL: Final = Key("m", "m", "reveal", "reveal", "show numbers and names in full for a moment")
MOMENT_SECONDS: Final = 30.0


class Revealing(BoardScreen):
    """A screen on which masked numbers may be shown in full where the board allows it."""

    is_revealed = False

    def is_masked(self, sight: Sight) -> bool:
        """Whether numbers and names are to be masked now."""
        return sight.configuration.board.mask_numbers and not self.is_revealed

    def action_reveal(self) -> None:
        """Show what is masked, for a moment; again to hide it."""
        if self.sight is None or not self.sight.configuration.board.mask_numbers:
            return
        if self.sight.is_view_only:
            self.notify("This board may look, not reveal.", markup=False)
            return
        self._show_in_full(not self.is_revealed)
        if self.is_revealed:
            self.set_timer(MOMENT_SECONDS, lambda: self._show_in_full(False))

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
