"""Names and values side by side, in as many columns as there is room for."""

from collections.abc import Sequence
from typing import Final, TypeAlias

from textual.geometry import Size

from widgets.paint import Picture, Span, cell, page
from widgets.panel import Panel
from widgets.status import Level, role

Fact: TypeAlias = tuple[str, str, Level]

LABEL: Final = 18
LEAST: Final = 38
"""Cells that a name and its value need."""


class FactGrid(Panel):
    """Facts in reading order, column by column; as high as they are."""

    DEFAULT_CSS = "FactGrid { height: auto; }"

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._facts: tuple[Fact, ...] = ()

    def show(self, facts: Sequence[Fact]) -> None:
        """Show `facts`: name, value, and how bad the value is."""
        is_other = len(facts) != len(self._facts)
        self._facts = tuple(facts)
        if is_other:
            self.refresh(layout=True)
        self.repaint()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as the longest column."""
        del container, viewport
        return self._lines(width)

    def draw(self, width: int, height: int) -> Picture:
        """Draw the columns, each as wide as the others."""
        lines = self._lines(width)
        columns = -(-len(self._facts) // lines) if self._facts else 1
        room = max(LABEL + 2, width // columns)
        drawn = []
        for y in range(lines):
            spans: list[Span] = []
            for name, value, level in self._facts[y::lines]:
                spans += [Span("   "), cell(name, LABEL, "label")]
                spans.append(cell(value, max(1, room - LABEL - 3), role(level)))
            drawn.append(spans)
        return Picture(page(drawn, width, height))

    def _lines(self, width: int) -> int:
        columns = max(1, width // LEAST)
        return max(1, -(-len(self._facts) // columns))
