"""Calls by hour, of which one can be chosen with the arrow keys or the mouse and opened."""

from collections.abc import Sequence

from textual.geometry import Size

from widgets.choice import ChoicePanel
from widgets.histogram import Hour, draw_histogram
from widgets.paint import Picture


class HourChoice(ChoicePanel):
    """The histogram with a cursor on one of the hours that have a key."""

    class Selected(ChoicePanel.Selected):
        """The reader opened the hour `key`."""

    def __init__(
        self,
        empty: str = "No call has been counted today.",
        title: str = "CALLS BY HOUR",
        *,
        id: str | None = None,
    ) -> None:
        super().__init__(id=id)
        self._empty = empty
        self._title = title
        self._hours: tuple[Hour, ...] = ()
        self._was_chosen = False

    def show(self, hours: Sequence[Hour]) -> None:
        """Show `hours` in this order; the cursor begins on the last that can be chosen."""
        if tuple(hours) == self._hours and hours:
            return
        self._hours = tuple(hours)
        self.choose_among([hour.key for hour in hours if hour.key])
        if not self._was_chosen and self._hours:
            self._was_chosen = True
            self.action_move_to_end(True)

    def capacity(self, size: Size) -> tuple[int, int]:
        """All hours stand in one row."""
        count = max(1, len(self._hours)) if size else 0
        return count, max(1, count)

    def draw(self, width: int, height: int) -> Picture:
        """Draw the bars, their scale, their labels and the legend."""
        return draw_histogram(
            self._hours, width, height, self._title, self._empty, marked=self.marked_key
        )
