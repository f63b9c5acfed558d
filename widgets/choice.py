"""A panel of things that can be chosen with the arrow keys or the mouse and opened."""

from abc import abstractmethod
from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.message import Message

from widgets.panel import Panel


class ChoicePanel(Panel, can_focus=True):
    """A panel with a cursor on one of its keys. The cursor stays on its key when the order changes.

    A subclass draws its items from `first` on, as many as fit, and tells `capacity`.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", "Open"),
        Binding("up,k", "move_rows(-1)", "Up", show=False),
        Binding("down,j", "move_rows(1)", "Down", show=False),
        Binding("left", "move(-1)", "Left", show=False),
        Binding("right", "move(1)", "Right", show=False),
        Binding("pageup", "move_pages(-1)", "Page up", show=False),
        Binding("pagedown", "move_pages(1)", "Page down", show=False),
        Binding("home", "move_to_end(False)", "First", show=False),
        Binding("end", "move_to_end(True)", "Last", show=False),
    ]

    class Selected(Message):
        """The reader opened `key`, with Enter or the mouse."""

        def __init__(self, panel: "ChoicePanel", key: str) -> None:
            super().__init__()
            self.panel = panel
            self.key = key

        @property
        def control(self) -> "ChoicePanel":
            """The panel it was opened on."""
            return self.panel

    def __init__(
        self,
        *,
        name: str | None = None,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        super().__init__(name=name, id=id, classes=classes)
        self.first = 0
        self._keys: Sequence[str] = ()
        self._cursor = 0

    @abstractmethod
    def capacity(self, size: Size) -> tuple[int, int]:
        """Return how many items fit in `size`, and how many of them stand in one row."""

    @property
    def cursor_key(self) -> str | None:
        """The key under the cursor, or None when there is nothing to choose."""
        return self._keys[self._cursor] if self._keys else None

    @property
    def marked_key(self) -> str | None:
        """The key to draw the cursor on: None unless the panel has the focus."""
        return self.cursor_key if self.has_focus else None

    def choose_among(self, keys: Sequence[str]) -> None:
        """Take `keys`, in order, as what can be chosen, and draw."""
        held = self.cursor_key
        if tuple(keys) != tuple(self._keys):
            self._keys = tuple(keys)
            if held in self._keys:
                self._cursor = self._keys.index(held)
            self._cursor = max(0, min(self._cursor, len(self._keys) - 1))
        self._reveal()
        self.repaint()

    def move_cursor(self, index: int) -> None:
        """Put the cursor on the item `index`, or the nearest there is, and show it."""
        self._cursor = max(0, min(index, len(self._keys) - 1))
        self._reveal()
        self.repaint()

    def _reveal(self) -> None:
        room, per_row = self.capacity(self.size)
        if room <= 0 or not self.size:
            return
        if not self.has_focus or self._cursor < room:
            # Nobody is choosing: what needs attention comes first and must be seen.
            self.first = 0
        elif self._cursor < self.first:
            self.first = self._cursor - self._cursor % per_row
        elif self._cursor >= self.first + room:
            row = self._cursor // per_row
            self.first = (row + 1) * per_row - room

    def watch_has_focus(self, has_focus: bool) -> None:
        """Show or hide the cursor."""
        super().watch_has_focus(has_focus)
        self._reveal()
        self.repaint()

    def on_resize(self) -> None:
        """Keep the cursor in sight."""
        self._reveal()
        self.repaint()

    def on_click(self, event: events.Click) -> None:
        """Open what was clicked."""
        at = event.get_content_offset(self)
        if at is None:
            return
        for key, spot in self.picture.spots.items():
            if spot.contains_point(at) and key in self._keys:
                self.move_cursor(list(self._keys).index(key))
                self.post_message(self.Selected(self, key))
                return

    def action_open(self) -> None:
        """Open what is under the cursor."""
        if self.cursor_key is not None:
            self.post_message(self.Selected(self, self.cursor_key))

    def action_move(self, step: int) -> None:
        """Move the cursor by items."""
        self.move_cursor(self._cursor + step)

    def action_move_rows(self, step: int) -> None:
        """Move the cursor by rows, staying in its column."""
        per_row = max(1, self.capacity(self.size)[1])
        target = self._cursor + step * per_row
        if 0 <= target < len(self._keys):
            self.move_cursor(target)

    def action_move_pages(self, step: int) -> None:
        """Move the cursor by as much as is seen at once."""
        self.move_cursor(self._cursor + step * max(1, self.capacity(self.size)[0]))

    def action_move_to_end(self, last: bool) -> None:
        """Move the cursor to the first or the last item."""
        self.move_cursor(len(self._keys) - 1 if last else 0)
