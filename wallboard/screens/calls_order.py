"""The orders of the list of calls: their column, their words, and what a click on a head means."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

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
_UPWARD: Final = (replace(COLUMNS[_STARTED], title="started ▴"), *COLUMNS[1:])


def next_order(order: Order, step: int) -> Order:
    """The order after another, or `step` further on."""
    return ORDERS[(ORDERS.index(order) + step) % len(ORDERS)]


def order_of_head(column: int, order: Order) -> Order | None:
    """What the head of a column sorts by; that of the start turns round. None for no order."""
    if column == _STARTED:
        return "oldest" if order == "newest" else "newest"
    return next((name for name, at in SORTED.items() if at == column), None)


def columns_of(order: Order) -> tuple[Column, ...]:
    """The columns, with the sign of an order that goes upward."""
    return _UPWARD if order == "oldest" else COLUMNS


def list_words(page: CallsPage, day: Callable[[int], str]) -> list[str]:
    """How many calls there are, in which order, how far it was looked; `day` names a start."""
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
        said.append(f"{order} first")
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
