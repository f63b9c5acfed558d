"""Reports as csv (RFC 4180): a header row, then a line a row, in UTF-8."""

import codecs
import csv
import io
from collections.abc import Sequence
from typing import BinaryIO

from wallboard.reports.report import Column, Row
from wallboard.reports.writing.changing import Changes, changed, one_after_another
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
        self._text = io.StringIO(newline="")
        self._csv = csv.writer(self._text)
        self._csv.writerow([shielded(column.name) for column in columns])

    def add(self, batch: Sequence[Row]) -> None:
        """Write rows."""
        self._csv.writerows(changed(batch, self._cells))
        self._flush()

    def close(self) -> None:
        """Write the header where there were no rows."""
        self._flush()

    def _flush(self) -> None:
        self._out.write(self._text.getvalue().encode("utf-8", "replace"))
        self._text.seek(0)
        self._text.truncate()
