"""The title over a panel, with a few words beside it."""

from widgets.paint import Picture, Span, cell, page
from widgets.panel import Panel
from widgets.text import plain


class Heading(Panel):
    """One line: the title stands out, the words are quiet."""

    DEFAULT_CSS = "Heading { height: 1; }"

    def __init__(self, title: str, words: str = "", *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._title = title
        self._words = words

    def show(self, title: str, words: str = "") -> None:
        """Show another title and other words."""
        self._title, self._words = title, words
        self.repaint()

    def draw(self, width: int, height: int) -> Picture:
        """Draw the line, the words cut if need be."""
        title = plain(self._title, min(len(self._title), max(0, width - 1)))
        room = max(0, width - len(title) - 3)
        return Picture(
            page([[Span(f" {title}", "title"), Span("  "), cell(self._words, room, "label")]],
                 width, height)
        )  # fmt: skip
