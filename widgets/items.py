"""The base of panels whose items are shown in the order that their owner gives."""

from collections.abc import Sequence
from typing import Generic, Protocol, TypeVar

from textual.geometry import Size

from widgets.choice import ChoicePanel


class Item(Protocol):
    """What can be chosen by its key."""

    @property
    def key(self) -> str:
        """Unlike that of any other item of the panel."""
        ...


T = TypeVar("T", bound=Item)


class ItemPanel(ChoicePanel, Generic[T]):
    """Holds its items, and the sentence for when there are none. A subclass draws them."""

    EMPTY = ""
    """The sentence, unless the owner gives another."""

    def __init__(self, empty: str | None = None, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._empty = self.EMPTY if empty is None else empty
        self._items: tuple[T, ...] = ()

    def show(self, items: Sequence[T]) -> None:
        """Show `items` in this order."""
        items = tuple(items)
        if items != self._items or not items:
            self._items = items
            self.choose_among([item.key for item in items])


class LinePanel(ItemPanel[T], Generic[T]):
    """Items of one line each under a heading; the last line counts those left out."""

    def capacity(self, size: Size) -> tuple[int, int]:
        """Return how many items fit, one in a row."""
        return lines_that_fit(len(self._items), size.height), 1


def lines_that_fit(items: int, height: int) -> int:
    """Return how many items are seen: one line is the heading, the last counts those left out."""
    if height <= 1:
        return min(items, height)
    return items if items <= height - 1 else max(1, height - 2)
