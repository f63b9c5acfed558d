"""One figure in digits as large as its panel allows, for a wall that is read from far."""

from dataclasses import dataclass

from widgets.paint import Picture, Span, cell, cells_of, page
from widgets.panel import Panel
from widgets.status import Level, mark, needs_attention, role, word

ROWS = 5
_FONT = {
    "0": ("###", "# #", "# #", "# #", "###"),
    "1": (" # ", "## ", " # ", " # ", "###"),
    "2": ("###", "  #", "###", "#  ", "###"),
    "3": ("###", "  #", "###", "  #", "###"),
    "4": ("# #", "# #", "###", "  #", "  #"),
    "5": ("###", "#  ", "###", "  #", "###"),
    "6": ("###", "#  ", "###", "# #", "###"),
    "7": ("###", "  #", "  #", "  #", "  #"),
    "8": ("###", "# #", "###", "# #", "###"),
    "9": ("###", "# #", "###", "  #", "###"),
    "%": ("# #", "  #", " # ", "#  ", "# #"),
    ".": (" ", " ", " ", " ", "#"),
    ",": (" ", " ", " ", "#", "#"),
    ":": (" ", "#", " ", "#", " "),
    "–": ("   ", "   ", "###", "   ", "   "),
    "-": ("   ", "   ", "###", "   ", "   "),
    "!": ("#", "#", "#", " ", "#"),
    "*": ("# #", " # ", "# #", "   ", "   "),
    "h": ("#  ", "#  ", "###", "# #", "# #"),
    " ": (" ", " ", " ", " ", " "),
}


@dataclass(frozen=True)
class BigValue:
    """A figure as ready-made text, with what it is and what it is made of."""

    title: str
    value: str
    level: Level = Level.GOOD
    sample: str = ""


class BigFigure(Panel):
    """One figure, as large as fits. In a panel too small for digits the text stands as it is.

    Digits leave room for `letters` of them, so that neighbours of one size have digits of one size.
    """

    def __init__(self, letters: int = 4, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._letters = letters
        self._value = BigValue("", "–")

    def show(self, value: BigValue) -> None:
        """Show `value`."""
        self._value = value
        self.repaint()

    def draw(self, width: int, height: int) -> Picture:
        """Draw the title, the digits and the sample, in the middle of the panel."""
        return draw_big(self._value, width, height, self._letters)


def draw_big(value: BigValue, width: int, height: int, letters: int = 1) -> Picture:
    """Draw `value` in `width` by `height` cells, with room for at least `letters` digits."""
    digits = (
        _digits(value, width - 4, height - 4, letters, 2)
        or _digits(value, width, height - 2, letters, 1)
        or _digits(value, width, height - 2, 1, 1)
    )
    attention = needs_attention(value.level)
    sign = f" {mark(value.level)} {word(value.level)}" if attention else ""
    heading = [cell(value.title + sign, width, role(value.level, "title"), "center")]
    sample = [cell(value.sample, width, "label", "center")]
    if digits is None:
        text = value.value + ("" if not attention else f" {mark(value.level)}")
        lines = [[cell(text, width, role(value.level, "strong"), "center")]]
        if height > 1:
            lines.insert(0, heading)
        return Picture(page([*lines, sample], width, height))
    digits = [[cell("", (width - cells_of(line)) // 2), *line] for line in digits]
    above = (height - 2 - len(digits)) // 2
    below: list[list[Span]] = [[]] if above else []
    return Picture(page([heading, *[[]] * above, *digits, *below, sample], width, height))


def _digits(
    value: BigValue, width: int, rows: int, letters: int, least: int
) -> list[list[Span]] | None:
    """Return the digits at the largest whole scale that fits, or None if it is below `least`.

    Half a line is about as high as a cell is wide, so a dot is `scale` cells by as many half lines.
    """
    text = value.value[:64]
    if not text or any(letter not in _FONT for letter in text):
        return None
    dots = [" ".join(_FONT[letter][row] for letter in text) for row in range(ROWS)]
    scale = min(rows * 2 // ROWS, width // max(len(dots[0]), letters * 4 - 1))
    if scale < least:
        return None
    halves = ["".join(dot * scale for dot in line) for line in dots for _ in range(scale)]
    if len(halves) % 2:
        halves.append(" " * len(halves[0]))
    colour = "alarm" if value.level is Level.CRITICAL else role(value.level, "strong")
    return [
        [Span("".join(_HALVES[upper + lower] for upper, lower in zip(*pair, strict=True)), colour)]
        for pair in zip(halves[::2], halves[1::2], strict=True)
    ]


_HALVES = {"  ": " ", "# ": "▀", " #": "▄", "##": "█"}
