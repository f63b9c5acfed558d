"""Reports as aligned plain text, written as the rows come: widths are those of the first rows."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, BinaryIO, Final

from rich.cells import cell_len

from wallboard.masking import UNKNOWN
from wallboard.reports.report import FIGURES, Column, Row
from wallboard.reports.writing.cells import tidy
from wallboard.reports.writing.changing import Changes, changed
from widgets.text import plain, visible

WIDEST: Final = 48
"""Cells of one column; longer text is cut, but in the last one."""

ROOM: Final = 14
"""Cells for a total that is not known yet."""

SAMPLE: Final = 500
"""Rows that are looked at before the widths are settled."""


class TableWriter:
    """Writes the table, with a last line of totals where the columns have such."""

    def __init__(self, out: BinaryIO, columns: Sequence[Column], cells: Changes) -> None:
        self._out = out
        self._columns = columns
        self._cells = cells
        self._first: list[list[str]] | None = []
        self._widths: list[int] = []
        self._is_empty = True
        self._totals: dict[int, Decimal | None] = {
            at: None for at, column in enumerate(columns) if column.totalled
        }

    def add(self, batch: Sequence[Row]) -> None:
        """Write rows, once enough of them are known to align them."""
        rows = changed(batch, self._cells)
        self._is_empty = self._is_empty and not rows
        for at, total in self._totals.items():
            known = [Decimal(str(row[at])) for row in rows if row[at] is not None]
            if known:
                self._totals[at] = sum(known, total or Decimal(0))
        texts = [list(map(_text, row)) for row in rows]
        if self._first is None:
            self._write(texts)
            return
        self._first += texts
        if len(self._first) >= SAMPLE:
            self._settle()

    def close(self) -> None:
        """Write what is left, and the totals."""
        totals = [self._total(at) if at in self._totals else "" for at in range(len(self._columns))]
        if totals and not totals[0]:
            totals[0] = "total"
        if self._first is not None:
            self._settle(totals if self._totals else None)
        if self._totals:
            self._write([totals])

    def _total(self, at: int) -> str:
        """The sum of a column: of no rows 0 (readings 10), of rows without a value unknown."""
        total = self._totals[at]
        if total is None:
            return "0" if self._is_empty else UNKNOWN
        return _text(tidy(float(total)))

    def _settle(self, totals: list[str] | None = None) -> None:
        rows, self._first = self._first or [], None
        head = [column.name for column in self._columns]
        known = [head, *rows, *([totals] if totals else [])]
        # Where the totals are not known yet there is to be room for them.
        least = [ROOM if at in self._totals and not totals else 0 for at in range(len(head))]
        self._widths = [
            min(WIDEST, max(least[at], *(cell_len(visible(row[at])) for row in known)))
            for at in range(len(head))
        ]
        self._write([head, *rows])

    def _write(self, rows: Sequence[Sequence[str]]) -> None:
        lines = []
        for row in rows:
            cells = [
                plain(cell, width, "right" if column.kind in FIGURES else "left")
                for cell, width, column in zip(row, self._widths, self._columns, strict=True)
            ]
            if self._columns[-1].kind not in FIGURES:
                cells[-1] = visible(row[-1])
            lines.append("  ".join(cells).rstrip() + "\n")
        self._out.write("".join(lines).encode("utf-8", "replace"))


def _text(cell: Any) -> str:  # noqa: ANN401 - any cell
    if isinstance(cell, float):
        return f"{cell:.6f}".rstrip("0").rstrip(".")
    return "" if cell is None else str(cell)
