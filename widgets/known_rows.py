"""The page of a table's rows that is known, and which rows to ask for beside it."""

from collections.abc import Sequence

from widgets.table import Row

LEAST_WANTED = 64


class KnownRows:
    """Those from `offset` on, of `total` rows."""

    def __init__(self) -> None:
        self._page: tuple[Row, ...] = ()
        self._offset = 0
        self.total = 0
        self._asked: tuple[int, int, int] | None = None

    def take(self, rows: Sequence[Row], total: int, offset: int) -> None:
        """Know these rows, and no others."""
        self._page = tuple(rows)
        self._offset = offset
        self.total = max(0, total)

    def at(self, index: int) -> Row | None:
        """The row of that index, None while it is not known."""
        at = index - self._offset
        return self._page[at] if 0 <= at < len(self._page) else None

    def index_of(self, key: str) -> int | None:
        """Where the row `key` is, None where it is not known."""
        return next(
            (self._offset + at for at, row in enumerate(self._page) if row.key == key), None
        )

    def wish(self, first: int, room: int) -> tuple[int, int] | None:
        """The offset and number of the rows to ask for, where `room` rows are seen from `first` on.

        Those with as many before and after. None where all in sight are known, and for a wish that
        was told already: an answer of too few rows makes no endless loop.
        """
        if room <= 0 or not self.total:
            return None
        first = max(0, min(first, self.total - 1))
        last = min(self.total, first + room)
        if self._offset <= first and last <= self._offset + len(self._page):
            return None
        beside = max(room, LEAST_WANTED // 2)
        offset = max(0, first - beside)
        wish = (offset, last + beside - offset, self.total)
        if wish == self._asked:
            return None
        self._asked = wish
        return wish[:2]
