"""Sentences: calm ones in the middle of an empty screen, and one line above the keys."""

import textwrap
from collections.abc import Sequence

from widgets.paint import Picture, Span, cell, page
from widgets.panel import Panel

WIDEST = 76


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
    """One line of words about the data, above the keys."""

    DEFAULT_CSS = "FeedLine { height: 1; }"

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._words = ""

    def show(self, words: str) -> None:
        """Show `words`."""
        self._words = words
        self.repaint()

    def draw(self, width: int, height: int) -> Picture:
        """Draw the words, cut to the width if need be."""
        return Picture(page([[cell(f" {self._words}", width, "notice")]], width, height))
