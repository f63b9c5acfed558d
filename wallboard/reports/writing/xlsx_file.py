"""Reports as an Excel workbook of one sheet. Texts are written as texts: nothing in it is run."""

import tempfile
from collections.abc import Sequence
from typing import Any, BinaryIO, Final

from wallboard.reports.report import Column, Row
from wallboard.reports.writing.changing import Changes, changed
from wallboard.reports.writing.writer import TooManyRowsError

MOST_ROWS: Final = 1_048_575
"""Rows of a sheet beside its header."""
MOST_COLUMNS: Final = 16_384
LONGEST_TEXT: Final = 32_767
"""Characters of a cell; longer text is cut."""


class XlsxWriter:
    """Writes xlsx in flat memory. Raises TooManyRowsError for more than a sheet holds."""

    def __init__(
        self, out: BinaryIO, columns: Sequence[Column], cells: Changes, title: str
    ) -> None:
        if len(columns) > MOST_COLUMNS:
            raise TooManyRowsError(
                f"The report has {len(columns):,} columns and a sheet holds {MOST_COLUMNS:,}: "
                "nothing was written. The format csv has no such limit."
            )
        # Imported only when it is needed: it costs as much as all the rest.
        import xlsxwriter  # noqa: PLC0415 - loaded for a workbook alone

        self._cells = cells
        self._folder = tempfile.TemporaryDirectory(prefix="wallboard-")
        self._book: Any = xlsxwriter.Workbook(
            out, {"constant_memory": True, "tmpdir": self._folder.name, "in_memory": False}
        )
        self._sheet = self._book.add_worksheet(title[:31])
        head = self._book.add_format({"bold": True})
        for at, column in enumerate(columns):
            self._sheet.write_string(0, at, column.name[:LONGEST_TEXT], head)
        self._sheet.freeze_panes(1, 0)
        self._rows = 0

    def add(self, batch: Sequence[Row]) -> None:
        """Write rows."""
        if self._rows + len(batch) > MOST_ROWS:
            raise TooManyRowsError(
                f"The report has more than {MOST_ROWS:,} rows, which a sheet holds at most: "
                "nothing was written. Ask for a shorter period, or for the format csv."
            )
        write_string, write_number = self._sheet.write_string, self._sheet.write_number
        for row in changed(batch, self._cells):
            self._rows += 1
            for at, cell in enumerate(row):
                if isinstance(cell, str):
                    if cell:
                        write_string(self._rows, at, cell[:LONGEST_TEXT])
                elif cell is not None:
                    write_number(self._rows, at, cell)

    def close(self) -> None:
        """Put the workbook together. Raises OSError."""
        import xlsxwriter.exceptions  # noqa: PLC0415 - loaded for a workbook alone

        try:
            self._book.close()
        except xlsxwriter.exceptions.FileCreateError as error:
            (cause,) = error.args
            raise cause if isinstance(cause, OSError) else OSError(str(cause)) from error
        finally:
            self._folder.cleanup()

    def drop(self) -> None:
        """Let go of what was written so far; nothing happens to a book that is whole."""
        if not self._sheet.row_data_fh_closed:
            self._sheet.row_data_fh.close()
        self._folder.cleanup()
