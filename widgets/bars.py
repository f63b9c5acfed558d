"""One bar of the histogram: the cells of one hour's column, from the top down."""

from typing import TYPE_CHECKING

from widgets.paint import Line, Span

if TYPE_CHECKING:
    from widgets.histogram import Hour

EIGHTHS = " ▁▂▃▄▅▆▇█"
MISSED = "▒"
HATCH = "╱"
TYPICAL = "─"
OPEN = "┆"


def draw_bar(hour: "Hour", column: int, rows: int, top: int) -> list[Line]:
    """Draw `hour` as `rows` lines of `column` cells, on a scale from 0 to `top` calls.

    Answered calls are drawn to the eighth of a cell. Missed calls stand on them in whole shaded
    cells, at least one if any were missed, for there are no eighths of a shade. The typical hour is
    a stroke, reversed where it crosses the bar. The last cell of a column of two or more is free.
    """
    bar = column if column == 1 else column - 1
    answered = (hour.answered or 0) / top * rows
    total = ((hour.answered or 0) + (hour.missed or 0)) / top * rows
    solid = round(answered * 8)
    shaded = max(1, round(total) - _cells(solid)) if hour.missed else 0
    if hour.answered and not solid:
        solid = 1
    bottom = min(_cells(solid), rows - shaded) if shaded else _cells(solid)
    typical = None if hour.typical is None else min(rows - 1, int(hour.typical / top * rows))
    lines: list[Line] = []
    for row in range(rows):
        level = rows - 1 - row
        lines.append(_cell(hour, bar, level, solid, bottom, bottom + shaded, typical))
    return [(*line, Span(" ")) for line in lines] if column > 1 else lines


def _cells(eighths: int) -> int:
    return -(-eighths // 8)


def _cell(
    hour: "Hour", bar: int, level: int, solid: int, bottom: int, height: int, typical: int | None
) -> Line:
    """Draw one row of one bar; `level` counts cells from the bottom."""
    is_typical = level == typical
    if level < bottom:
        full = solid - level * 8 >= 8
        if is_typical and full:
            return (Span(TYPICAL * bar, "typical-over"),)
        return (Span(EIGHTHS[max(1, min(8, solid - level * 8))] * bar, "answered"),)
    if level < height:
        return (Span(MISSED * bar, "missed"),)
    if is_typical:
        return (Span(TYPICAL * bar, "typical"),)
    if hour.gap:
        return (Span(HATCH * bar, "hatch"),)
    if hour.current and level == height:
        # An open top: the sides go on, and nothing closes them.
        return (Span(OPEN if bar == 1 else OPEN + " " * (bar - 2) + OPEN, "typical"),)
    return (Span(" " * bar),)
