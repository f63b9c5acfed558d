"""A few lines of text that may be anything, the first of them standing out."""

import textwrap
from collections.abc import Iterable, Sequence

from rich.cells import cell_len

from widgets.paint import Picture, cell, page
from widgets.panel import Panel


class TextLines(Panel):
    """Each line is cut to the width; the first is strong."""

    def __init__(self, *, id: str | None = None) -> None:
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


def flowed(parts: Iterable[str], width: int) -> list[str]:
    """Parts set in lines of `width` cells: none is broken but one that is longer than a line."""
    lines: list[str] = []
    for part in parts:
        longer = f"{lines[-1]} · {part}" if lines else part
        if lines and cell_len(longer) <= width:
            lines[-1] = longer
        elif cell_len(part) <= width:
            lines.append(part)
        else:
            lines += textwrap.wrap(part, max(10, width), break_on_hyphens=False)
    return lines
