"""The list of those to call back: how long ago they called, and how often they tried. Pure."""

from typing import Final

from msgspec.structs import replace

from wallboard.board.snapshot import CallsPage, Order
from wallboard.questions.call_filter import CallFilter
from wallboard.questions.tries import tries_in_words
from wallboard.screens.calls_order import columns_of
from widgets import figures
from widgets.table import Column, Row

TO_CALL_BACK: Final = "not_called_back"
_AGO: Final = 8
_TRIED: Final = 10
_LESS: Final = {1: 0, 5: 2, 9: 3, 7: 4}
"""Columns that matter less to whoever calls back, by priority: direction, agent, time, wait."""


def is_to_call_back(filtered: CallFilter, order: Order) -> bool:
    """Whether the list says how long ago, and how often, in place of talk and disposition."""
    return filtered.state == TO_CALL_BACK and order in {"newest", "oldest"}


def list_columns(filtered: CallFilter, order: Order, *, masked: bool) -> tuple[Column, ...]:
    """The columns of the list."""
    columns = columns_of(order, masked=masked)
    if not is_to_call_back(filtered, order):
        return columns
    kept = [
        replace(column, priority=_LESS.get(at, column.priority))
        for at, column in enumerate(columns)
    ]
    kept[_AGO] = Column("ago", 6, "right", priority=9)
    kept[_TRIED] = Column("tried", 8, "right", priority=9)
    return tuple(kept)


def with_tries(rows: list[Row], page: CallsPage, now: int) -> list[Row]:
    """The rows with what those columns say; `now` in UTC ms."""
    return [
        replace(row, cells=_cells(row.cells, now - (line.started or line.first_event), tries))
        for row, line in zip(rows, page.lines, strict=True)
        for tries in (page.tries.get(line.number),)
    ]


def _cells(cells: tuple[str, ...], ago_ms: int, tries: int | None) -> tuple[str, ...]:
    changed = list(cells)
    changed[_AGO] = figures.age(ago_ms / 1_000)
    changed[_TRIED] = figures.UNKNOWN if tries is None else tries_in_words(tries)
    return tuple(changed)
