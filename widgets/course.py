"""The course of one figure over hours or days, as columns with their values on them."""

from collections.abc import Callable, Sequence

from msgspec import Struct
from rich.cells import cell_len

from widgets.paint import Picture, Span, cell, fit, page, sentence
from widgets.panel import Panel

EIGHTHS = " ▁▂▃▄▅▆▇█"
HATCH = "╱"
NOTHING = "·"
OPEN = "┆"
WIDEST = 12
"""The most cells of a column: a few days are no wall of colour."""


class Point(Struct, frozen=True):
    """A figure of one hour or day; `value` is None where nothing is known.

    `text` is the value in words. `is_now`: the span is not over; `has_gap`: its data is incomplete.
    """

    label: str
    value: float | None
    text: str = ""
    is_now: bool = False
    has_gap: bool = False


class Course(Panel):
    """Columns over time, from 0 up; the newest are shown where there is no room for all."""

    def __init__(
        self,
        empty: str = "No course is known.",
        *,
        id: str | None = None,
    ) -> None:
        super().__init__(id=id)
        self._empty = empty
        self._title = ""
        self._points: tuple[Point, ...] = ()
        self._words: Callable[[float], str] = str
        self._is_read = True

    def show(
        self,
        title: str,
        points: Sequence[Point],
        words: Callable[[float], str],
        *,
        is_read: bool = True,
    ) -> None:
        """Show `points` in this order; `words` names a value on the scale. Or say: not read yet."""
        self._title, self._points, self._words = title, tuple(points), words
        self._is_read = is_read
        self.repaint()

    def draw(self, width: int, height: int) -> Picture:
        """Draw the title with the legend, the columns, and their labels."""
        empty = self._empty if self._is_read else "reading …"
        return draw_course(self._points, width, height, self._title, self._words, empty)


def draw_course(
    points: Sequence[Point],
    width: int,
    height: int,
    title: str,
    words: Callable[[float], str],
    empty: str = "",
) -> Picture:
    """Draw `points` in `width` by `height` cells: title, rows of columns, labels."""
    if not any(point.value is not None for point in points):
        return sentence(empty, width, height)
    top = max((point.value or 0) for point in points) or 1
    scale = cell_len(words(top)) + 2
    room = max(1, width - scale - 1)
    seen = points[-room:]
    column = max(1, min(WIDEST, room // len(seen)))
    rows = max(1, height - 2)
    drawn = [_column(point, column, rows, top) for point in seen]
    lines: list[Sequence[Span]] = []
    if height > 2:
        lines.append(_title(title, seen, len(points) - len(seen), width))
    for row in range(rows):
        at = words(top) if row == (1 if rows > 2 else 0) else words(0) if row == rows - 1 else ""
        lines.append([cell(f"{at} ", scale, "label", "right"), *(one[row] for one in drawn)])
    if height > 1:
        lines.append([Span(" " * scale), *_labels(seen, column)])
    return Picture(page(lines, width, height))


def _column(point: Point, column: int, rows: int, top: float) -> list[Span]:
    """One column from the top down; from three rows on the uppermost is for values alone."""
    bar = column if column < 3 else column - 1
    tall = rows - 1 if rows > 2 else rows
    eighths = 0 if point.value is None else max(0, round(point.value / top * tall * 8))
    if point.value is not None and point.value > 0:
        eighths = max(1, eighths)
    cells: list[Span] = []
    text = point.text if point.value is not None else NOTHING
    over = -(-eighths // 8)
    for level in range(rows):
        if level < over:
            cells.append(Span(EIGHTHS[min(8, eighths - level * 8)] * bar, "answered"))
        elif level == over and cell_len(text) <= bar:
            cells.append(cell(text, bar, "value" if point.is_now else "label", "center"))
        elif point.has_gap:
            cells.append(Span(HATCH * bar, "hatch"))
        elif level == over and point.is_now:
            cells.append(Span(OPEN * bar, "typical"))
        else:
            cells.append(Span(" " * bar))
    return [Span(one.text + " " * (column - bar), one.role) for one in cells[::-1]]


def _labels(points: Sequence[Point], column: int) -> list[Span]:
    widest = max(len(point.label) for point in points) + 1
    every = -(-widest // column)
    spans: list[Span] = []
    for start in range(0, len(points), every):
        group = points[start : start + every]
        size = column * len(group)
        label = group[0].label if size >= len(group[0].label) else ""
        is_now = any(point.is_now for point in group)
        spans.append(cell(label, size, "strong" if is_now else "label"))
    return spans


def _title(title: str, points: Sequence[Point], left: int, width: int) -> Sequence[Span]:
    spans = [Span(f" {title}", "title")]
    if left:
        spans.append(Span(f"  + {left} before", "label"))
    if any(point.is_now for point in points):
        spans.append(Span("  the last is not over", "label"))
    if any(point.has_gap for point in points):
        spans += [Span(f"  {HATCH}", "hatch"), Span(" gap in the data", "label")]
    return fit(spans, width)
