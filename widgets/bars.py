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
FEW = "."
OPEN_CELLS = 2


def draw_bar(hour: "Hour", column: int, rows: int, top: int) -> list[Line]:
    """Draw `hour` as `rows` lines of `column` cells, on a scale from 0 to `top` calls.

    Answered calls are drawn to the eighth of a cell. Missed calls stand on them in whole shaded
    cells, for there are no eighths of a shade, and then so do the answered; fewer missed than half
    a cell are a dotted line. The typical hour is a stroke, reversed where it crosses the bar. The
    last cell of a column of two or more is free.
    """
    bar = column if column == 1 else column - 1
    answered = hour.answered or 0
    missed = hour.missed or 0
    solid = min(rows * 8, max(round(answered / top * rows * 8), 1 if answered else 0))
    shaded = min(rows, int(missed / top * rows + 0.5))
    if shaded:
        bottom = max(0, round((answered + missed) / top * rows) - shaded)
        solid = bottom * 8
    else:
        bottom = min(_cells(solid), rows - 1) if missed else _cells(solid)
    typical = None if hour.typical is None else min(rows - 1, int(hour.typical / top * rows))
    column_cells: list[str] = []
    roles: list[str] = []
    for level in range(rows):
        fill, role = _above(hour, level - bottom - shaded, bar)
        if level < bottom:
            fill, role = EIGHTHS[min(8, solid - level * 8)] * bar, "answered"
            if level == typical and solid - level * 8 >= 8:
                fill, role = TYPICAL * bar, "typical-over"
        elif level < bottom + shaded:
            fill, role = MISSED * bar, "missed"
        elif missed and not shaded and level == bottom:
            fill, role = FEW * bar, "missed"
        elif level == typical:
            fill, role = TYPICAL * bar, "typical"
        column_cells.append(fill)
        roles.append(role)
    drawn = zip(column_cells, roles, strict=True)
    free = () if column == 1 else (Span(" "),)
    lines: list[Line] = [(Span(fill, role), *free) for fill, role in drawn]
    return lines[::-1]


def _cells(eighths: int) -> int:
    return -(-eighths // 8)


def _above(hour: "Hour", above: int, bar: int) -> tuple[str, str]:
    """Return what is drawn `above` so many cells over the bar: nothing, a hatch or an open top."""
    if hour.gap:
        return HATCH * bar, "hatch"
    if hour.current and above < OPEN_CELLS:
        # An open top: the sides go on, and nothing closes them.
        return OPEN if bar == 1 else OPEN + " " * (bar - 2) + OPEN, "typical"
    return " " * bar, ""
