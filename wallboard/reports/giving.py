"""A report from the cache to a file: masked, sorted, written as it is asked for."""

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from typing import BinaryIO, Final, Literal, NamedTuple, TypeAlias

from wallboard.questions.view import one_view
from wallboard.reports.report import Asked, Column, Report, Row
from wallboard.reports.writing.cells import as_cells, as_values, as_words
from wallboard.reports.writing.changing import Changes, batches, one_after_another
from wallboard.reports.writing.csv_file import CsvWriter
from wallboard.reports.writing.json_file import JsonWriter
from wallboard.reports.writing.masking import masks
from wallboard.reports.writing.own_masking import own_masked
from wallboard.reports.writing.sorting import ranked, sorted_rows
from wallboard.reports.writing.table import TableWriter
from wallboard.reports.writing.writer import RowsWriter
from wallboard.reports.writing.xlsx_file import XlsxWriter

Format: TypeAlias = Literal["table", "csv", "json", "xlsx"]
FORMATS: Final[tuple[Format, ...]] = ("table", "csv", "json", "xlsx")

_AS_WRITTEN: Final = {"json": as_values, "table": as_words}


class UnknownColumnError(Exception):
    """The report has no column of that name to be sorted by."""

    def __init__(self, name: str, columns: Sequence[Column]) -> None:
        super().__init__(f"There is no column {name!r}.")
        self.name = name
        self.known = tuple(column.name for column in columns)


class Manner(NamedTuple):
    """How a report is written. `is_file`: for people and spreadsheets to open, not for a pipe."""

    form: Format
    is_masked: bool
    sort: str | None = None
    is_file: bool = False


def write_report(
    connection: sqlite3.Connection,
    report: Report,
    asked: Asked,
    manner: Manner,
    out: BinaryIO,
    progress: Callable[[int], None],
) -> int:
    """Write the report, all of one state of the cache; return how many rows it has.

    `progress` is told now and then how many rows there are so far. Raises UnknownColumnError before
    anything is written, TooManyRowsError, sqlite3.Error, OSError.
    """
    with one_view(connection), ExitStack() as stack:
        asked = report.with_keys(connection, asked)
        columns = report.columns_for(asked)
        if manner.sort is not None and manner.sort not in {column.name for column in columns}:
            raise UnknownColumnError(manner.sort, columns)
        generated = report.rows(connection, asked)
        # Closed before the connection is, also when nobody takes the rest of the rows.
        stack.callback(generated.close)
        rows: Iterable[Row] = generated
        found: Iterable[list[Row]] = batches(rows)
        hidden: Changes = [None] * len(columns)
        if manner.is_masked:
            found, hidden = own_masked(found, columns), masks(columns)
        if manner.sort is not None:
            # Masked first: neither the order nor the file that sorts is to tell what is hidden.
            rows = stack.enter_context(sorted_rows(found, columns, manner.sort, hidden))
            if report.is_ranked:
                rows = ranked(rows, columns, manner.sort)
            found, hidden = batches(rows), [None] * len(columns)
        as_written = _AS_WRITTEN.get(manner.form, as_cells)
        cells = one_after_another(hidden, as_written(columns, asked.calendar))
        writer = _writer(report, manner, out, columns, cells, stack)
        count = 0
        for batch in found:
            writer.add(batch)
            count += len(batch)
            progress(count)
        writer.close()
    return count


def _writer(
    report: Report,
    manner: Manner,
    out: BinaryIO,
    columns: Sequence[Column],
    cells: Changes,
    stack: ExitStack,
) -> RowsWriter:
    match manner.form:
        case "csv":
            return CsvWriter(out, columns, cells, marked=manner.is_file)
        case "json":
            return JsonWriter(out, columns, cells)
        case "xlsx":
            writer = XlsxWriter(out, columns, cells, report.title)
            stack.callback(writer.drop)
            return writer
        case _:
            return TableWriter(out, columns, cells)
