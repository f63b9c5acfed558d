"""Rows as comma-separated text, with nothing in it that a spreadsheet would run."""

import csv
import io
from collections.abc import Iterable

from wallboard.reports.writing.formulas import shielded


def csv_text(rows: Iterable[Iterable[object]]) -> str:
    """The rows without the last line end; texts that look like a formula are shielded."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(
        [shielded(cell) if isinstance(cell, str) else cell for cell in row] for row in rows
    )
    return text.getvalue().rstrip("\n")
