"""Queue rows: who waits, how long, and how the queue keeps its promise."""

from collections.abc import Sequence

from msgspec import Struct
from textual.geometry import Region

from widgets.choice import ChoicePanel
from widgets.items import LinePanel, lines_that_fit
from widgets.paint import Line, Picture, Span, cell, fit, page, sentence, styled
from widgets.queue_columns import COLUMNS, NAME_MOST, columns_that_fit, used_cells
from widgets.status import Level, glyph, needs_attention, role


class QueueRow(Struct, frozen=True):
    """One queue. Times in seconds, shares 0 to 1, None for unknown.

    `waits` are the longest waits of those who wait, longest first; `target` is the wait that should
    not be passed. `level` is that of the whole queue, the others those of single figures. `gap`
    marks the day's figures as covering a period with a gap in its data. `share` is the service
    level as text where whole per cent would hide on which side of its target it is, `sample` how
    many calls it is of.
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
    share: str = ""
    sample: int | None = None


class Queues(LinePanel[QueueRow]):
    """The rows of queues, in the order their owner gives."""

    EMPTY = "No queue has been defined yet."

    class Selected(ChoicePanel.Selected):
        """The reader opened the queue `key`."""

    def draw(self, width: int, height: int) -> Picture:
        """Draw the heading and the rows from the first in sight on."""
        return draw_queues(self._items, width, height, self._empty, self.marked_key, self.first)


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
    name_cells = max(1, min(NAME_MOST, width - used_cells(names)))
    seen = rows[first : first + lines_that_fit(len(rows), height)]
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
        column = COLUMNS[name]
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
        spans.extend(COLUMNS[name].draw(row))
    line = fit(spans, width)
    return styled(line, "cursor") if marked else line
