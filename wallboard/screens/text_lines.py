"""A few lines of text that may be anything, the first of them standing out."""

from collections.abc import Sequence

from widgets.paint import Picture, cell, page
from widgets.panel import Panel


class TextLines(Panel):
    """Each line is cut to the width; the first is strong."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - the name Textual gives it
        super().__init__(id=id)
        self._lines: tuple[str, ...] = ()

    def show(self, lines: Sequence[str]) -> None:
        """Show `lines`."""
        self._lines = tuple(lines)
        self.repaint()

    def draw(self, width: int, height: int) -> Picture:
        """Draw the lines."""
        drawn = [
            [cell(f" {line}", width, "label" if number else "strong")]
            for number, line in enumerate(self._lines)
        ]
        return Picture(page(drawn, width, height))
