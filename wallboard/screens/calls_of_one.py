"""Lists of the calls of one queue or agent: without the column that would say whose. Pure."""

from collections.abc import Callable, Iterable, Sequence

from wallboard.questions.call_answers import CallLine
from wallboard.questions.names import Names
from wallboard.screens.calls_values import COLUMNS, call_row
from widgets.table import Column, Row


class CallsOfOne:
    """The list of calls but for the column of this `title`."""

    def __init__(self, title: str) -> None:
        self._at = [column.title for column in COLUMNS].index(title)

    def columns(self, columns: Sequence[Column] = COLUMNS) -> tuple[Column, ...]:
        """The columns of a list of calls that are left."""
        return (*columns[: self._at], *columns[self._at + 1 :])

    def rows(
        self,
        lines: Iterable[CallLine],
        names: Names,
        clock: Callable[[int], str],
        masked: bool,
        now: int,
    ) -> list[Row]:
        """The calls as rows that fit these columns.

        `clock` names a moment; calls that go on have lasted until `now` (UTC ms).
        """
        return [self._without(call_row(line, names, clock, masked, now)) for line in lines]

    def _without(self, row: Row) -> Row:
        at = self._at
        cells = (*row.cells[:at], *row.cells[at + 1 :])
        levels = (*row.levels[:at], *row.levels[at + 1 :])
        return Row(row.key, cells, row.level, levels)
