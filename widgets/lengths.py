"""How long the texts of a table's columns have been so far."""

from collections.abc import Sequence
from typing import Final

from widgets.table import Column, Row
from widgets.text import cells_needed

MOST: Final = 40
"""No text is given more cells than this, however long it is."""
SORTED: Final = 2
"""The cells of the sign of an order after a title."""


class Lengths:
    """The longest text of each fitted column: it only grows, so that columns stand still.

    What is on its way out of sight would else move all columns, and what comes back again.
    """

    def __init__(self, columns: Sequence[Column]) -> None:
        self._columns = columns
        self._fitted = [at for at, column in enumerate(columns) if column.fitted]
        self._longest = [len(column.title) for column in columns]

    @property
    def longest(self) -> tuple[int, ...]:
        """The cells of each column, none where no column is fitted."""
        return tuple(self._longest) if self._fitted else ()

    def take(self, rows: Sequence[Row], sorted_by: int) -> None:
        """Take in rows, and which column has the sign of the order."""
        longest = self._longest
        for at in self._fitted:
            for row in rows:
                if at < len(row.cells):
                    longest[at] = max(longest[at], min(MOST, cells_needed(row.cells[at][:MOST])))
        if sorted_by in self._fitted:
            title = len(self._columns[sorted_by].title) + SORTED
            longest[sorted_by] = max(longest[sorted_by], title)
