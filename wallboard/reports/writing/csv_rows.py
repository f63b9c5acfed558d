"""Rows as lines of csv (RFC 4180), a column at a time.

It gives what csv.writer gives. That looks at every character of every cell, though hardly any has
to be quoted; whether a whole column has such characters is seen a hundred times as fast.
"""

from collections.abc import Sequence
from typing import Any, Final

from wallboard.reports.report import Row

END: Final = "\r\n"
_QUOTED: Final = ('"', ",", "\r", "\n")
"""A cell with any of these is put in quotes."""


def csv_lines(rows: Sequence[Row]) -> str:
    """The rows as lines, each with its end; None is an empty cell."""
    if not rows:
        return ""
    columns = [_cells(column) for column in zip(*rows, strict=True)]
    if len(columns) == 1:
        # An empty line would be no row at all.
        columns = [[cell or '""' for cell in columns[0]]]
    return END.join(map(",".join, zip(*columns, strict=True))) + END


def _cells(column: Sequence[Any]) -> Sequence[str]:
    cells: Sequence[str] = column
    try:
        whole = "".join(cells)
    except TypeError:
        # Not all of them are texts.
        cells = [
            cell if type(cell) is str else "" if cell is None else str(cell) for cell in column
        ]
        whole = "".join(cells)
    return list(map(_quoted, cells)) if any(sign in whole for sign in _QUOTED) else cells


def _quoted(cell: str) -> str:
    if not any(sign in cell for sign in _QUOTED):
        return cell
    return '"' + cell.replace('"', '""') + '"'
