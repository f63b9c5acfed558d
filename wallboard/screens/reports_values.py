"""From a preview of a report to columns, rows and words. Pure."""

from collections.abc import Callable
from typing import Any, Final

from rich.cells import cell_len

from wallboard.board.report_page import MOST_ROWS, Preview
from wallboard.counted import counted
from wallboard.reports.catalogue import REPORTS
from wallboard.reports.report import FIGURES, Column, Report
from widgets import figures
from widgets.table import Column as TableColumn
from widgets.table import Row
from widgets.text import Align, visible

LIST_COLUMNS: Final = (TableColumn("report", 18, grow=1, priority=1),)
WIDEST: Final = 32
"""Cells of one column of the preview; longer text is cut."""
SAMPLE: Final = 64
"""Rows that settle how wide a column is."""
MOST_SHOWN: Final = 200
"""Characters of a cell that are drawn."""


def list_rows() -> list[Row]:
    """The reports as a table, in the order of the catalogue."""
    return [Row(report.name, (report.title,)) for report in REPORTS]


def cells_of(preview: Preview, masked: bool) -> list[Row]:
    """The rows of the preview as they are read: `–` for what is not known."""
    rows = preview.masked if masked else preview.full
    shows = [_shower(column) for column in preview.columns]
    return [
        Row(str(at), tuple(show(cell) for show, cell in zip(shows, row, strict=True)))
        for at, row in enumerate(rows)
    ]


def table_columns(preview: Preview, rows: list[Row], first: int) -> tuple[TableColumn, ...]:
    """The columns for the table: the first always, then those from `first` + 1 on.

    All are there, those out of sight with the least priority, so that a row stays as it is.
    """
    columns = []
    for at, column in enumerate(preview.columns):
        cells = (row.cells[at] for row in rows[:SAMPLE])
        widest = max((cell_len(visible(cell[:WIDEST])) for cell in cells), default=0)
        width = min(WIDEST, max(widest, len(column.name)))
        align: Align = "right" if column.kind in FIGURES else "left"
        columns.append(TableColumn(column.name[:WIDEST], width, align, priority=-at))
    return (*columns[:1], *columns[1 + first :])


def shifted(rows: list[Row], first: int) -> list[Row]:
    """The rows with the cells of the columns that `table_columns` gives."""
    if not first:
        return rows
    return [Row(row.key, (*row.cells[:1], *row.cells[1 + first :])) for row in rows]


def head_words(report: Report, narrow: bool) -> str:
    """The question that a report answers, and where there is room what a row stands for."""
    return report.question if narrow else f"{report.question} One row per {report.per}."


def state_words(
    preview: Preview | None, is_done: bool, first: int, clock: Callable[[int], str], as_of: int
) -> str:
    """How much of the report is seen."""
    if preview is None or (not preview.columns and not preview.problem):
        return "reading …"
    if preview.problem:
        return preview.problem
    rows = len(preview.full)
    if preview.is_whole:
        parts = [f"{counted(rows, 'row')}, all there are" if rows else "no rows"]
    elif rows >= MOST_ROWS:
        parts = [f"the first {rows:,} rows; an export has all"]
    elif is_done:
        parts = [f"first {rows:,} rows, more as you scroll"]
    else:
        parts = [f"{counted(rows, 'row')} so far, reading …"]
    many = len(preview.columns)
    parts.append(f"{many} columns" if not first else f"columns 1, {first + 2} to {many}")
    parts.append(f"as of {clock(as_of)}")
    return " · ".join(parts)


def warning_words(preview: Preview | None, narrow: bool) -> str:
    """What a reader must know before relying on it; empty when nothing."""
    if preview is None:
        return ""
    words = []
    if preview.ignored:
        what = " or ".join(preview.ignored)
        words.append(f"This report knows no {what}: it is of all of them.")
    if preview.note:
        short = "The period is not complete: the report “gaps” says why."
        words.append(f"* {short if narrow else preview.note}")
    return " ".join(words)


def _shower(column: Column) -> Callable[[Any], str]:
    match column.kind:
        case "time":
            # The zone stands in the header of the screen.
            return lambda cell: figures.UNKNOWN if cell is None else cell[:19].replace("T", " ")
        case "share":
            return figures.share
        case "seconds":
            return _seconds
        case _:
            return _text


def _seconds(cell: Any) -> str:  # noqa: ANN401 - any cell
    """To a tenth, so that decimals stand below each other; the file has all of them."""
    return f"{cell:.1f}" if isinstance(cell, int | float) else _text(cell)


def _text(cell: Any) -> str:  # noqa: ANN401 - any cell
    if cell is None:
        return figures.UNKNOWN
    if isinstance(cell, float):
        return f"{cell:.6f}".rstrip("0").rstrip(".")
    return str(cell)[:MOST_SHOWN]
