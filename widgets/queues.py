"""Queue rows: who waits, how long, and how the queue keeps its promise."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from textual.geometry import Region, Size

from widgets import figures
from widgets.choice import ChoicePanel
from widgets.paint import Line, Picture, Span, cell, fit, page, sentence, styled
from widgets.status import Level, glyph, mark, needs_attention, role
from widgets.waits import draw_waits

NAME_LEAST = 10
NAME_MOST = 28
NAME_IDEAL = 16


@dataclass(frozen=True)
class QueueRow:
    """One queue. Times in seconds, shares 0 to 1, None for unknown.

    `waits` are the longest waits of those who wait, longest first; `target` is the wait that should
    not be passed. `level` is that of the whole queue, the others those of single figures. `gap`
    marks the day's figures as covering a period with a gap in its data.
    """

    key: str
    name: str
    waiting: int | None = None
    longest: float | None = None
    waits: tuple[float, ...] = ()
    target: float | None = None
    service_level: float | None = None
    asa: float | None = None
    abandoned: int | None = None
    ready: int | None = None
    busy: int | None = None
    paused: int | None = None
    level: Level = Level.GOOD
    longest_level: Level = Level.GOOD
    service_level_level: Level = Level.GOOD
    abandoned_level: Level = Level.GOOD
    gap: bool = False


@dataclass(frozen=True)
class _Column:
    title: str
    cells: int
    draw: Callable[[QueueRow], Sequence[Span]]


def _figure(text: str, cells: int, level: Level = Level.GOOD, gap: bool = False) -> list[Span]:
    """Draw a figure with room beside it for the mark of a gap and of its level."""
    attention = mark(level) if needs_attention(level) else " "
    star = "*" if gap and text != figures.UNKNOWN else " "
    quiet = "label" if text == figures.UNKNOWN else "value"
    return [
        cell(text, cells - 2, role(level, quiet), "right"),
        Span(star + attention, role(level, "label")),
    ]


def _people(number: int | None, cells: int) -> list[Span]:
    return [cell(figures.count(number), cells, "value" if number else "label", "right")]


def _waiting(row: QueueRow) -> list[Span]:
    quiet = "strong" if row.waiting else "label"
    return [cell(figures.count(row.waiting), 7, quiet, "right")]


_COLUMNS = {
    "waiting": _Column("waiting", 7, _waiting),
    "longest": _Column(
        "longest  ", 9, lambda row: _figure(figures.duration(row.longest), 9, row.longest_level)
    ),
    "waits": _Column("  oldest waits", 14, lambda row: draw_waits(row.waits, row.target, 14)),
    "service_level": _Column(
        "SL  ",
        8,
        lambda row: _figure(
            figures.share(row.service_level, 0), 8, row.service_level_level, row.gap
        ),
    ),
    "asa": _Column("ASA  ", 7, lambda row: _figure(figures.duration(row.asa), 7, gap=row.gap)),
    "abandoned": _Column(
        "aband  ",
        8,
        lambda row: _figure(figures.count(row.abandoned), 8, row.abandoned_level, row.gap),
    ),
    "ready": _Column("ready", 5, lambda row: _people(row.ready, 5)),
    "busy": _Column("busy", 5, lambda row: _people(row.busy, 5)),
    "paused": _Column("pause", 5, lambda row: _people(row.paused, 5)),
}

DROP_ORDER = (
    "asa", "paused", "waits", "abandoned", "busy", "ready", "service_level", "longest", "waiting"
)  # fmt: skip
"""The columns in the order in which they go when the panel is narrow; the name stays."""


class Queues(ChoicePanel):
    """The rows of queues, in the order their owner gives."""

    class Selected(ChoicePanel.Selected):
        """The reader opened the queue `key`."""

    def __init__(
        self,
        empty: str = "No queue has been defined yet.",
        *,
        id: str | None = None,  # noqa: A002
    ) -> None:
        super().__init__(id=id)
        self._empty = empty
        self._rows: tuple[QueueRow, ...] = ()

    def show(self, rows: Sequence[QueueRow]) -> None:
        """Show `rows` in this order."""
        self._rows = tuple(rows)
        self.choose_among([row.key for row in self._rows])

    def capacity(self, size: Size) -> tuple[int, int]:
        """Return how many rows fit, one in a row."""
        return rows_that_fit(len(self._rows), size.height), 1

    def draw(self, width: int, height: int) -> Picture:
        """Draw the heading and the rows from the first in sight on."""
        return draw_queues(self._rows, width, height, self._empty, self.marked_key, self.first)


def rows_that_fit(rows: int, height: int) -> int:
    """Return how many rows are seen: one line is the heading, the last counts those left out."""
    if height <= 1:
        return min(rows, height)
    return rows if rows <= height - 1 else max(1, height - 2)


def columns_that_fit(width: int) -> tuple[str, ...]:
    """Return the names of the columns shown at `width`, in their order on the screen."""
    shown = list(_COLUMNS)
    for least in (NAME_IDEAL, NAME_LEAST):
        for dropped in DROP_ORDER:
            if _used(shown) + least <= width:
                return tuple(shown)
            if least == NAME_LEAST or dropped in DROP_ORDER[:3]:
                shown = [name for name in shown if name != dropped]
    return tuple(shown)


def _used(names: Sequence[str]) -> int:
    return 4 + sum(_COLUMNS[name].cells + 1 for name in names)


def draw_queues(
    rows: Sequence[QueueRow],
    width: int,
    height: int,
    empty: str = "",
    cursor: str | None = None,
    first: int = 0,
) -> Picture:
    """Draw `rows` from `first` on; those out of sight are counted as `+ 3 queues`."""
    if not rows:
        return sentence(empty, width, height)
    names = columns_that_fit(width)
    name_cells = max(1, min(NAME_MOST, width - _used(names)))
    seen = rows[first : first + rows_that_fit(len(rows), height)]
    lines: list[Line] = []
    if height > 1:
        lines.append(_heading(names, name_cells))
    spots: dict[str, Region] = {}
    for row in seen:
        spots[row.key] = Region(0, len(lines), width, 1)
        lines.append(_row(row, names, name_cells, width, row.key == cursor))
    left = len(rows) - len(seen)
    if left:
        lines.append((cell(f"   + {left} queue{'s' if left > 1 else ''}", width, "label"),))
    return Picture(page(lines, width, height), spots)


def _heading(names: Sequence[str], name_cells: int) -> Line:
    spans = [Span("   "), cell("QUEUES", name_cells, "title")]
    for name in names:
        column = _COLUMNS[name]
        align = "left" if name == "waits" else "right"
        spans += [Span(" "), Span(column.title.rjust(column.cells) if align == "right"
                                  else column.title.ljust(column.cells), "label")]  # fmt: skip
    return tuple(spans)


def _row(row: QueueRow, names: Sequence[str], name_cells: int, width: int, marked: bool) -> Line:
    sign = glyph(row.level) if row.level is not Level.GOOD else " "
    spans = [
        Span("›" if marked else " ", "strong"),
        Span(sign, role(row.level)),
        Span(" "),
        cell(row.name, name_cells, "strong" if needs_attention(row.level) else "value"),
    ]
    for name in names:
        spans.append(Span(" "))
        spans.extend(_COLUMNS[name].draw(row))
    line = fit(spans, width)
    return styled(line, "cursor") if marked else line
