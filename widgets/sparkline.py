"""A sparkline: the shape of a series in one line."""

from collections.abc import Sequence

from widgets.paint import Picture, Span, page, sentence
from widgets.panel import Panel

STEPS = "▁▂▃▄▅▆▇"
"""None is a whole cell high: shapes on lines one below the other stay apart."""
MISSING = "·"


def spark(values: Sequence[float | None], cells: int) -> str:
    """Return `values` as exactly `cells` cells, the latest at the right; None is a dot.

    The lowest value is the lowest step, so the shape is seen, not the size. When there are more
    values than cells, each cell is the mean of those it stands for.
    """
    if cells <= 0:
        return ""
    points = _gathered(values, cells)
    known = [point for point in points if point is not None]
    low, high = min(known, default=0.0), max(known, default=0.0)
    scale = (len(STEPS) - 1) / (high - low) if high > low else 0.0
    text = "".join(
        MISSING if point is None else STEPS[round((point - low) * scale)] for point in points
    )
    return text.rjust(cells)


def _gathered(values: Sequence[float | None], cells: int) -> list[float | None]:
    if len(values) <= cells:
        return list(values)
    gathered: list[float | None] = []
    for index in range(cells):
        part = values[index * len(values) // cells : (index + 1) * len(values) // cells]
        known = [value for value in part if value is not None]
        gathered.append(sum(known) / len(known) if known else None)
    return gathered


class Sparkline(Panel):
    """A sparkline on the last line of its panel."""

    DEFAULT_CSS = "Sparkline { height: 1; }"

    def __init__(self, empty: str = "no data yet", *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._empty = empty
        self._values: tuple[float | None, ...] = ()

    def show(self, values: Sequence[float | None]) -> None:
        """Show `values`, oldest first; None where nothing is known."""
        self._values = tuple(values)
        self.repaint()

    def draw(self, width: int, height: int) -> Picture:
        """Draw the series."""
        if not any(value is not None for value in self._values):
            return sentence(self._empty, width, height)
        return Picture(page([[Span(spark(self._values, width), "bar")]], width, height))
