"""Several series over the same time, one line each, under one axis."""

from collections.abc import Sequence

from msgspec import Struct
from rich.cells import cell_len

from widgets.paint import Line, Picture, Span, cell, fit, page, sentence
from widgets.panel import Panel

TITLE_MOST = 24
TEXT_MOST = 16
STEPS = "▁▂▃▄▅▆▇█"
MISSING = "·"
NOTHING = " "


class Trend(Struct, frozen=True):
    """A series, oldest first, None where nothing is known; `text` is what it comes to."""

    title: str
    values: tuple[float | None, ...]
    text: str = ""


class Trends(Panel):
    """Series of one length; each point is as wide as fits."""

    def __init__(
        self,
        empty: str = "Nothing is known over time.",
        *,
        id: str | None = None,
    ) -> None:
        super().__init__(id=id)
        self._empty = empty
        self._trends: tuple[Trend, ...] = ()
        self._labels: tuple[str, ...] = ()

    def show(self, trends: Sequence[Trend], labels: Sequence[str]) -> None:
        """Show `trends`, with a label for each of their points."""
        self._trends, self._labels = tuple(trends), tuple(labels)
        self.repaint()

    def draw(self, width: int, height: int) -> Picture:
        """Draw the series and the axis."""
        return draw_trends(self._trends, self._labels, width, height, self._empty)


def draw_trends(
    trends: Sequence[Trend], labels: Sequence[str], width: int, height: int, empty: str = ""
) -> Picture:
    """Draw each series from 0 up, as many lines high as there is room for all of them."""
    if not trends or not labels:
        return sentence(empty, width, height)
    title = min(TITLE_MOST, max(cell_len(trend.title[:64]) for trend in trends))
    text = min(TEXT_MOST, max(cell_len(trend.text[:64]) for trend in trends))
    room = max(1, width - title - text - 7)
    cells = max(1, room // len(labels))
    rows = max(1, min(5, height // len(trends) - 1))
    lines: list[Line] = []
    for number, trend in enumerate(trends):
        if number and height > len(trends) * (rows + 1):
            lines.append(())
        shown = trend.values[-room:]
        for row in range(rows - 1, -1, -1):
            is_last = row == 0
            spans = [
                Span("  "), cell(trend.title if is_last else "", title, "value"), Span("  "),
                cell(_row(shown, row, rows, cells), room, "bar"), Span("  "),
                cell(trend.text if is_last else "", text, "strong", "right"),
            ]  # fmt: skip
            lines.append(fit(spans, width))
    axis = [Span(" " * (title + 4)), *_axis(labels[-room:], cells, room)]
    return Picture(page([*lines, fit(axis, width)], width, height))


def _row(values: Sequence[float | None], row: int, rows: int, cells: int) -> str:
    """Row `row` from the bottom of a series of bars."""
    top = max((value or 0) for value in values) or 1
    text = ""
    for value in values:
        if value is None:
            text += (MISSING if row == 0 else NOTHING) * cells
            continue
        eighths = round(max(0.0, value) / top * rows * 8)
        eighths = max(eighths, 1 if value > 0 else 0) - row * 8
        glyph = NOTHING if eighths <= 0 else STEPS[min(8, eighths) - 1]
        bar = max(1, cells - 1)
        text += glyph * bar + " " * (cells - bar)
    return text


def _axis(labels: Sequence[str], cells: int, room: int) -> list[Span]:
    widest = max(cell_len(label[:16]) for label in labels)
    every = max(1, -(-(widest + 1) // cells))
    spans: list[Span] = []
    used = 0
    for start in range(0, len(labels), every):
        size = min(cells * min(every, len(labels) - start), room - used)
        # A last label without room for all of it is left out rather than cut.
        fits = size >= min(widest, cell_len(labels[start][:16]))
        spans.append(cell(labels[start] if fits else "", size, "label"))
        used += size
    return spans
