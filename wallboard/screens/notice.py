"""Sentences: calm ones in the middle of an empty screen, and one line above the keys."""

import textwrap
from collections.abc import Sequence
from typing import Final

from rich.cells import cell_len

from widgets.paint import Picture, Span, cell, page
from widgets.panel import Panel
from widgets.status import Level, glyph

WIDEST = 76
CRITICAL: Final = glyph(Level.CRITICAL)


class Notice(Panel):
    """Sentences: the first stands out, the others explain. Texts may be anything, even hostile."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._sentences: tuple[str, ...] = ()

    def show(self, sentences: Sequence[str]) -> None:
        """Show `sentences`; an empty one is a free line, one that begins with spaces is code."""
        self._sentences = tuple(sentences)
        self.repaint()

    def draw(self, width: int, height: int) -> Picture:
        """Draw the sentences as one block, in the middle, wrapped between words."""
        room = max(1, min(WIDEST, width - 2))
        lines: list[tuple[str, str]] = []
        for number, sentence in enumerate(self._sentences):
            role = "label" if number else "strong"
            if not sentence or sentence.startswith(" "):
                lines.append((sentence, "value"))
                continue
            wrapped = textwrap.wrap(sentence[:2000], room, break_on_hyphens=False)
            lines += [(text, role) for text in wrapped]
        widest = max((len(text) for text, _ in lines), default=0)
        left = max(0, (width - min(room, widest)) // 2)
        above = max(0, (height - len(lines)) // 2)
        drawn = [[Span(" " * left), cell(text, max(0, width - left), role)] for text, role in lines]
        return Picture(page([[Span("")] for _ in range(above)] + drawn, width, height))


class FeedLine(Panel):
    """Words about the data, above the keys, in as many lines as they take up to `most`.

    Between ` · ` are parts, none of which is broken but one that is longer than a line. A part that
    begins with the mark of what is critical stands out.
    """

    DEFAULT_CSS = "FeedLine { height: 1; }"

    def __init__(
        self,
        *,
        most: int = 1,
        role: str = "notice",
        id: str | None = None,
    ) -> None:
        super().__init__(id=id)
        self._words = ""
        self._most = most
        self._role = role

    def show(self, words: str) -> None:
        """Show `words`."""
        width = self.content_size.width
        before = len(self._lines(width))
        self._words = words
        if self._most > 1 and width and len(self._lines(width)) != before:
            self.refresh(layout=True)
        self.repaint()

    def draw(self, width: int, height: int) -> Picture:
        """Draw the words; what has no room in the last line is cut."""
        return Picture(page(self._lines(width), width, height))

    def get_content_height(self, container: object, viewport: object, width: int) -> int:
        """As many lines as the words take."""
        del container, viewport
        return max(1, len(self._lines(width)))

    def _lines(self, width: int) -> list[list[Span]]:
        room = max(10, width - 2)
        if self._most == 1:
            return [[cell(f" {self._words}", width, self._role)]]
        lines: list[list[Span]] = []
        used = 0
        for part in self._words.split(" · "):
            role = "alarm" if part.startswith(CRITICAL) else self._role
            size = cell_len(part)
            if lines and used + 3 + size <= room:
                lines[-1] += [Span(" · ", self._role), cell(part, size, role)]
                used += 3 + size
                continue
            for text in textwrap.wrap(part, room, break_on_hyphens=False):
                lines.append([Span(" "), cell(text, min(room, cell_len(text)), role)])
                used = cell_len(text)
        if len(lines) > self._most:
            lines = lines[: self._most]
            text = "".join(span.text for span in lines[-1])
            lines[-1] = [cell(f"{text.rstrip()} …", min(width, cell_len(text) + 2), self._role)]
        return lines
