"""Sentences over as many lines as they take, at the top of a panel."""

from collections.abc import Sequence
from typing import Final

from wallboard.screens.text_lines import flowed
from widgets.paint import Picture, cell, page
from widgets.panel import Panel
from widgets.text import visible

WIDEST: Final = 140
LONGEST: Final = 2_000


class Wrapped(Panel):
    """Sentences wrapped between parts or words, the first strong; as high as they are."""

    DEFAULT_CSS = "Wrapped { height: auto; }"

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._sentences: tuple[str, ...] = ()

    def show(self, sentences: Sequence[str]) -> None:
        """Show `sentences`, which may hold anything."""
        if tuple(sentences) != self._sentences:
            self._sentences = tuple(sentences)
            self.refresh(layout=True)
            self.repaint()

    def draw(self, width: int, height: int) -> Picture:
        """Draw the sentences."""
        lines = [
            [cell(f" {line}", width, "value" if number else "strong")]
            for number, line in self._wrapped(width)
        ]
        return Picture(page(lines, width, height))

    def get_content_height(self, container: object, viewport: object, width: int) -> int:
        """As many lines as the sentences take."""
        del container, viewport
        return max(1, len(self._wrapped(width)))

    def _wrapped(self, width: int) -> list[tuple[int, str]]:
        """The lines, each with the number of its sentence."""
        room = max(10, min(WIDEST, width - 2))
        return [
            (number, line)
            for number, sentence in enumerate(self._sentences)
            for line in flowed(visible(sentence[:LONGEST]).split(" · "), room)
        ]
