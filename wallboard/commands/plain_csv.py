"""Rows as comma-separated text, with nothing in it that a spreadsheet would run."""

import csv
import io
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final

from wallboard.reports.writing.formulas import shielded

PIECE: Final = 1_000
"""Rows that are made text of at a time."""


def csv_pieces(rows: Iterable[Iterable[object]]) -> Iterator[str]:
    """The same text in pieces, each without its last line end, so that memory stays flat."""
    left = iter(rows)
    while piece := list(islice(left, PIECE)):
        yield csv_text(piece)


def csv_text(rows: Iterable[Iterable[object]]) -> str:
    """The rows without the last line end; texts that look like a formula are shielded."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(
        [shielded(cell) if isinstance(cell, str) else cell for cell in row] for row in rows
    )
    return text.getvalue().rstrip("\n")
