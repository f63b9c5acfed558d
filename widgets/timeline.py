"""A day as a line for every state: when it was so, how much of the time, and for how long in all.

Each state has a line of its own with its glyph and word, so that nothing rests on colour; each cell
is as high as the part of its time that was spent in the state.
"""

from collections.abc import Callable, Sequence
from math import ceil

from msgspec import Struct
from rich.cells import cell_len

from widgets.axis import Axis, draw_axis
from widgets.bars import EIGHTHS, HATCH
from widgets.paint import Line, Picture, Span, cell, page, sentence, text_of
from widgets.panel import Panel

TITLE_MOST = 16
TOTAL_CELLS = 8
SHARE_CELLS = 5
HOUR = 3600
GUIDE = "┊"
GUIDE_CELLS = 4
"""Hours have guides where they are at least so many cells long, else every third has."""
MARK = "▼"


class TimelineRow(Struct, frozen=True):
    """One state: its glyph, title and role, when it was so (start, end; epoch seconds), in words.

    An end of None runs to now. `total` says how long it was so, `share` how much of the whole.
    `is_now` makes it stand out; `is_part` sets it in, under the row before.
    """

    key: str
    glyph: str
    title: str
    role: str
    stretches: tuple[tuple[float, float | None], ...] = ()
    total: str = ""
    share: str = ""
    is_now: bool = False
    is_part: bool = False


class TimelineSpan(Struct, frozen=True):
    """The time that is shown, from `start` to `end` (epoch seconds), of which `now` has come.

    `gaps` are times of which nothing is known, drawn hatched. `mark` is a moment to point at.
    """

    start: float
    end: float
    now: float
    gaps: tuple[tuple[float, float], ...] = ()
    mark: float | None = None


class Timeline(Panel):
    """A day. `clock` names a moment (epoch seconds) on the axis, as `14:00`."""

    def __init__(
        self,
        clock: Callable[[float], str],
        empty: str = "Nothing is known of this day.",
        *,
        id: str | None = None,
    ) -> None:
        super().__init__(id=id)
        self._clock = clock
        self._empty = empty
        self._rows: tuple[TimelineRow, ...] = ()
        self._span = TimelineSpan(0, 1, 0)

    def show(self, rows: Sequence[TimelineRow], span: TimelineSpan) -> None:
        """Show `rows` over `span`."""
        self._rows = tuple(rows)
        self._span = span
        self.repaint()

    def draw(self, width: int, height: int) -> Picture:
        """Draw the axis and the rows."""
        return draw_timeline(self._rows, self._span, width, height, self._clock, self._empty)


def draw_timeline(
    rows: Sequence[TimelineRow],
    span: TimelineSpan,
    width: int,
    height: int,
    clock: Callable[[float], str],
    empty: str = "",
) -> Picture:
    """Draw `rows` in `width` by `height` cells; those that do not fit are counted."""
    if not rows or span.end <= span.start:
        return sentence(empty, width, height)
    title = min(TITLE_MOST, max(cell_len(row.title[:48]) + 2 * row.is_part for row in rows))
    room = max(1, width - title - 5 - TOTAL_CELLS - SHARE_CELLS - 4)
    axis = Axis(span.start, span.end, room)
    seen = rows if len(rows) <= height - 1 else rows[: max(1, height - 2)]
    lines: list[Sequence[Span]] = []
    if height > 1:
        lines.append([Span(" " * (title + 5)), *_axis(axis, clock, span.mark)])
    guides = _guides(axis)
    for row in seen:
        name = "strong" if row.is_now else "value"
        inset = "  " if row.is_part else ""
        head = [
            Span("▸" if row.is_now else " ", "strong"),
            Span(f"{inset}{row.glyph} ", row.role),
            cell(row.title, title - len(inset), name),
            Span("  "),
        ]
        tail = [
            Span(" "),
            cell(row.total, TOTAL_CELLS, name, "right"),
            cell(row.share, SHARE_CELLS + 1, "label", "right"),
        ]
        lines.append([*head, *_cells(row, axis, span, guides), *tail])
    left = len(rows) - len(seen)
    if left and len(lines) < height:
        lines.append([cell(f"   + {left} state{'s' if left > 1 else ''}", width, "label")])
    return Picture(page(lines, width, height))


def _axis(axis: Axis, clock: Callable[[float], str], mark: float | None) -> Line:
    ticks = draw_axis(axis, clock)
    if mark is None or not axis.start <= mark <= axis.end:
        return ticks
    text, at = text_of(ticks), axis.cell(mark)
    if text[at] != " ":
        # A label that the mark stands on says no time any more.
        begun, ended = text.rfind(" ", 0, at) + 1, text.find(" ", at)
        ended = len(text) if ended < 0 else ended
        text = text[:begun] + " " * (ended - begun) + text[ended:]
    return (Span(text[:at], "label"), Span(MARK, "strong"), Span(text[at + 1 :], "label"))


def _guides(axis: Axis) -> set[int]:
    step = HOUR if HOUR / axis.seconds_of_cell >= GUIDE_CELLS else 3 * HOUR
    first = ceil(axis.start / step)
    return {axis.cell(tick * step) for tick in range(first, int(axis.end // step) + 1)}


def _cells(row: TimelineRow, axis: Axis, span: TimelineSpan, guides: set[int]) -> list[Span]:
    lasted = [0.0] * axis.cells
    for begun, ended in row.stretches:
        start, end = max(begun, axis.start), min(span.now if ended is None else ended, axis.end)
        for at in range(axis.cell(start), axis.cell(end) + 1) if end > start else ():
            left = axis.start + at * axis.seconds_of_cell
            right = left + axis.seconds_of_cell
            lasted[at] += max(0.0, min(end, right) - max(start, left))
    lost = {
        at
        for start, end in span.gaps
        if end >= axis.start and start <= axis.end
        for at in range(axis.cell(start), axis.cell(end) + 1)
    }
    spans: list[Span] = []
    for at, seconds in enumerate(lasted):
        if seconds > 0:
            # However short it was, it is seen.
            height = max(1, min(8, round(seconds / axis.seconds_of_cell * 8)))
            drawn = Span(EIGHTHS[height], row.role)
        elif at in lost:
            drawn = Span(HATCH, "hatch")
        else:
            drawn = Span(GUIDE, "faint") if at in guides else Span(" ")
        if spans and spans[-1].role == drawn.role:
            spans[-1] = Span(spans[-1].text + drawn.text, drawn.role)
        else:
            spans.append(drawn)
    return spans
