"""The line above a panel: says of which moment its data is when that is not now."""

from widgets.paint import Picture, Span, page
from widgets.panel import Panel
from widgets.text import plain


class Rule(Panel):
    """A faint line; words in it stand out."""

    DEFAULT_CSS = "Rule { height: 1; }"

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._words = ""

    def show(self, words: str) -> None:
        """Show `words`, such as `as of 14:05:12`; none while the data is current."""
        if words != self._words:
            self._words = words
            self.repaint()

    def draw(self, width: int, height: int) -> Picture:
        """Draw the line with the words near its right end."""
        if not self._words or width < 12:
            return Picture(page([[Span("─" * width, "faint")]], width, height))
        size = min(len(self._words), width - 6)
        line = [
            Span("─" * (width - size - 5), "faint"),
            Span(f" {plain(self._words, size)} ", "warning"),
            Span("───", "faint"),
        ]
        return Picture(page([line], width, height))
