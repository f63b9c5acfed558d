"""Sentences with a level each: its mark and colour stand before the words."""

from collections.abc import Iterator, Sequence

from wallboard.screens.text_lines import flowed
from widgets.paint import Picture, Span, cell, page
from widgets.panel import Panel
from widgets.status import Level, mark, role
from widgets.text import visible


class LevelLines(Panel):
    """Sentences, each on as many lines as it takes; as high as they are where its height is auto.

    `is_brief`: what is of no level has one line, and its last parts go where it is too long.
    """

    def __init__(self, *, is_brief: bool = False, id: str | None = None) -> None:
        super().__init__(id=id)
        self._is_brief = is_brief
        self._lines: tuple[tuple[str, Level], ...] = ()

    def show(self, lines: Sequence[tuple[str, Level]]) -> None:
        """Show `lines`."""
        width = self.content_size.width
        before = len(self._wrapped(width))
        self._lines = tuple(lines)
        if width and len(self._wrapped(width)) != before:
            self.refresh(layout=True)
        self.repaint()

    def draw(self, width: int, height: int) -> Picture:
        """Draw the lines, each sentence with its mark."""
        drawn = [
            [Span(f" {sign} ", role(level)), cell(words, width - 3, role(level))]
            for sign, words, level in self._wrapped(width)
        ]
        return Picture(page(drawn, width, height))

    def get_content_height(self, container: object, viewport: object, width: int) -> int:
        """As many lines as the sentences take."""
        del container, viewport
        return max(1, len(self._wrapped(width)))

    def _wrapped(self, width: int) -> list[tuple[str, str, Level]]:
        return list(self._lines_of(max(10, width - 4)))

    def _lines_of(self, room: int) -> Iterator[tuple[str, str, Level]]:
        for words, level in self._lines:
            lines = flowed(visible(words).split(" · "), room)
            if self._is_brief and level is Level.GOOD:
                lines = lines[:1]
            for number, line in enumerate(lines):
                yield " " if number else mark(level), line, level
