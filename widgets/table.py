"""The columns and lines of a table, drawn from text."""

from collections.abc import Sequence

from msgspec import Struct

from widgets.paint import Line, Span, cell, fit, styled
from widgets.status import Level, mark, role
from widgets.text import Align


class Column(Struct, frozen=True):
    """A column: at least `width` cells, and a share of what is left in proportion to `grow`.

    When the table is narrow the columns of the lowest `priority` go first, the last of them first.
    `role` draws what needs no attention. One that is `fitted` gives the cells that its texts so far
    have no use for to those whose texts would be cut.
    """

    title: str
    width: int
    align: Align = "left"
    grow: int = 0
    priority: int = 0
    role: str = "value"
    fitted: bool = False


class Row(Struct, frozen=True):
    """One row: its key, a text for each column, and the level of the row and of single cells.

    `levels`, when given, has one level a column. `faint` draws a row that is only context. One that
    `opens` nothing has no `›` under the cursor.
    """

    key: str
    cells: tuple[str, ...]
    level: Level = Level.GOOD
    levels: tuple[Level, ...] = ()
    faint: bool = False
    opens: bool = True


GUTTER = 3


def layout(
    columns: Sequence[Column], width: int, longest: Sequence[int] = ()
) -> tuple[tuple[int, int], ...]:
    """Return the index and the cells of each column that fits in `width`, in order.

    The most important column is always there, cut to the width if need be. `longest` are the cells
    that the texts of each column need, where they are known. They do not decide which columns there
    are: these stay while rows come and go.
    """
    kept = list(range(len(columns)))
    while len(kept) > 1 and _used(columns, kept) > width:
        kept.remove(min(reversed(kept), key=lambda index: columns[index].priority))
    if not kept:
        return ()
    if len(kept) == 1:
        return ((kept[0], max(1, width - GUTTER)),)
    cells = {index: columns[index].width for index in kept}
    spare = width - _used(columns, kept)
    if longest:
        spare = _fit(columns, cells, spare, longest)
    weight = sum(columns[index].grow for index in kept)
    shared: list[tuple[int, int]] = []
    for index in kept:
        extra = spare * columns[index].grow // weight if weight else 0
        spare -= extra
        weight -= columns[index].grow
        shared.append((index, cells[index] + extra))
    return tuple(shared)


def _fit(
    columns: Sequence[Column], cells: dict[int, int], spare: int, longest: Sequence[int]
) -> int:
    """Take from fitted columns what they have no use for, give it to those that would be cut.

    The least first, so that as many as can be are whole. Returns what is left to be shared.
    """
    fitted = [index for index in cells if columns[index].fitted]
    for index in fitted:
        needed = max(longest[index], len(columns[index].title))
        spare += max(0, cells[index] - needed)
        cells[index] = min(cells[index], needed)
    cut = [index for index in fitted if columns[index].grow and longest[index] > cells[index]]
    for index in sorted(cut, key=lambda index: longest[index] - cells[index]):
        more = min(spare, longest[index] - cells[index])
        cells[index] += more
        spare -= more
    return spare


def _used(columns: Sequence[Column], kept: Sequence[int]) -> int:
    return GUTTER + sum(columns[index].width for index in kept) + 2 * (len(kept) - 1)


def column_at(placed: Sequence[tuple[int, int]], x: int) -> int | None:
    """Return the index of the column that lies at cell `x`, None between two."""
    left = GUTTER
    for index, cells in placed:
        if left <= x < left + cells:
            return index
        left += cells + 2
    return None


def draw_heading(
    columns: Sequence[Column], placed: Sequence[tuple[int, int]], width: int, sorted_by: int = -1
) -> Line:
    """Draw the titles; the column the rows are sorted by has a `▾`."""
    spans = [Span(" " * GUTTER)]
    for number, (index, cells) in enumerate(placed):
        column = columns[index]
        title = f"{column.title} ▾" if index == sorted_by else column.title
        spans += [Span("  " if number else ""), cell(title, cells, "title", column.align)]
    return fit(spans, width)


def draw_row(
    row: Row | None,
    columns: Sequence[Column],
    placed: Sequence[tuple[int, int]],
    width: int,
    marked: bool = False,
) -> Line:
    """Draw `row`, or dots where it is not known yet."""
    opens = row is None or row.opens
    cursor = Span("›" if marked and opens else " ", "strong")
    if row is None:
        line = fit([cursor, Span("  "), Span("…", "faint")], width)
        return styled(line, "cursor") if marked else line
    sign = mark(row.level)
    spans = [cursor, Span(sign, role(row.level) if sign != " " else ""), Span(" ")]
    for number, (index, cells) in enumerate(placed):
        text = row.cells[index] if index < len(row.cells) else ""
        level = row.levels[index] if index < len(row.levels) else Level.GOOD
        quiet = "label" if row.faint or text == "–" else columns[index].role
        spans.append(Span("  " if number else ""))
        spans.append(cell(text, cells, role(level, quiet), columns[index].align))
    line = fit(spans, width)
    return styled(line, "cursor") if marked else line
