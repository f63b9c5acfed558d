"""Lines of words with a level each: its mark and colour stand before the words."""

from collections.abc import Sequence

from widgets.paint import Picture, Span, cell, page
from widgets.panel import Panel
from widgets.status import Level, mark, role


class LevelLines(Panel):
    """A line for each sentence, cut to the width."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._lines: tuple[tuple[str, Level], ...] = ()

    def show(self, lines: Sequence[tuple[str, Level]]) -> None:
        """Show `lines`."""
        self._lines = tuple(lines)
        self.repaint()

    def draw(self, width: int, height: int) -> Picture:
        """Draw the lines, each with its mark."""
        drawn = [
            [Span(f" {mark(level)} ", role(level)), cell(words, width - 3, role(level))]
            for words, level in self._lines
        ]
        return Picture(page(drawn, width, height))
