"""The orders of the list of calls: their column, their words, and what a click on a head means."""

from collections.abc import Callable
from typing import Final

from msgspec.structs import replace

from wallboard.board.snapshot import CallsPage, Order
from wallboard.screens.calls_values import COLUMNS
from widgets import figures
from widgets.table import Column

ORDERS: Final[tuple[Order, ...]] = (
    "newest",
    "longest wait",
    "longest talk",
    "longest",
    "oldest",
)
_STARTED: Final = 0
SORTED: Final[dict[Order, int]] = {
    "newest": _STARTED,
    "oldest": -1,
    "longest wait": 7,
    "longest talk": 8,
    "longest": 9,
}
"""The column that has the mark of the order; the oldest has one of its own."""
_DIRECTION: Final = 1
_NUMBER: Final = 2
_CAMPAIGN: Final = 3
_TIME: Final = 9
_STARTED_WIDTH: Final = 12
"""Of a date and a time."""
_CAMPAIGN_WIDTH: Final = 14
"""With less, names of agents are rather whole."""
_MASKED_WIDTH: Final = 15
"""Of `+1 415 *** **71`; a number that is shown in full may be longer."""


def next_order(order: Order, step: int) -> Order:
    """The order after another, or `step` further on."""
    return ORDERS[(ORDERS.index(order) + step) % len(ORDERS)]


def order_of_head(column: int, order: Order) -> Order | None:
    """What the head of a column sorts by; that of the start turns round. None for no order."""
    if column == _STARTED:
        return "oldest" if order == "newest" else "newest"
    return next((name for name, at in SORTED.items() if at == column), None)


def columns_of(order: Order, *, masked: bool) -> tuple[Column, ...]:
    """The columns, with the sign of an order that goes upward.

    At 80 cells there is room for the direction, and for the column that the calls are sorted by.
    """
    columns = list(COLUMNS)
    title = "started ▴" if order == "oldest" else columns[_STARTED].title
    columns[_STARTED] = replace(columns[_STARTED], title=title, width=_STARTED_WIDTH)
    columns[_CAMPAIGN] = replace(columns[_CAMPAIGN], width=_CAMPAIGN_WIDTH)
    columns[_DIRECTION] = replace(columns[_DIRECTION], priority=6)
    if masked:
        columns[_NUMBER] = replace(columns[_NUMBER], width=_MASKED_WIDTH)
    by = SORTED[order]
    if by not in {_STARTED, -1, _TIME}:
        columns[by] = replace(columns[by], priority=9)
        columns[_TIME] = replace(columns[_TIME], priority=3)
    return tuple(columns)


def list_words(page: CallsPage, day: Callable[[int], str]) -> list[str]:
    """In which order the calls are, how many, how far it was looked; `day` names a start."""
    order = page.wanted.order
    total = figures.count(page.total)
    is_by_length = order not in {"newest", "oldest"}
    if page.out_of is not None and not page.is_searching:
        at_least = "" if page.out_of.is_all else "at least "
        said = [f"first {total} of {at_least}{figures.count(page.out_of.calls)} calls"]
    elif page.reached is not None and is_by_length:
        said = []
    else:
        said = [f"{'' if page.is_all else 'at least '}{total} calls"]
    if order != "newest":
        # First, so that where room is short it is not what is cut.
        said.insert(0, f"{order} first")
    if page.reached is not None:
        direction = "on" if order == "oldest" else "back"
        far = f"{direction} to {day(page.reached)}"
        doing = "sorting" if is_by_length else "searching"
        if page.wanted.is_stopped:
            said.append(f"stopped {doing}, looked {far}")
        else:
            said.append(f"{doing} … {far}, esc stops")
    elif page.is_searching:
        said.append("sorting …" if is_by_length else "searching …")
    return said
