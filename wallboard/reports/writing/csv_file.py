"""Reports as csv (RFC 4180): a header row, then a line a row, in UTF-8."""

import codecs
from collections.abc import Sequence
from typing import BinaryIO

from wallboard.reports.report import Column, Row
from wallboard.reports.writing.changing import Changes, changed, one_after_another
from wallboard.reports.writing.csv_rows import csv_lines
from wallboard.reports.writing.formulas import shielded, shields


class CsvWriter:
    """Writes csv. `marked`: with a byte order mark, without which Excel misreads UTF-8."""

    def __init__(
        self, out: BinaryIO, columns: Sequence[Column], cells: Changes, *, marked: bool
    ) -> None:
        self._cells = one_after_another(cells, shields(columns))
        if marked:
            out.write(codecs.BOM_UTF8)
        self._out = out
        self._head = csv_lines([tuple(shielded(column.name) for column in columns)])

    def add(self, batch: Sequence[Row]) -> None:
        """Write rows."""
        self._write(csv_lines(changed(batch, self._cells)))

    def close(self) -> None:
        """Write the header where there were no rows."""
        self._write("")

    def _write(self, lines: str) -> None:
        self._out.write((self._head + lines).encode("utf-8", "replace"))
        self._head = ""
