"""Acknowledging an alarm: what it is, and a box for a note."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from widgets.text import visible

LONGEST_NOTE = 200


class AlarmDialog(ModalScreen[str | None]):
    """Gives the note, which may be empty, with which an alarm is acknowledged; None when left."""

    CSS_PATH = "alarm_dialog.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", "Close")]

    def __init__(self, sentence: str) -> None:
        super().__init__()
        self._sentence = sentence

    def compose(self) -> ComposeResult:
        """The alarm over the box to type in."""
        with Vertical(id="acknowledge") as box:
            box.border_title = "acknowledge"
            box.border_subtitle = "⏎ acknowledges   esc leaves"
            yield Static(visible(self._sentence), markup=False)
            yield Input(placeholder="a note, if you like", compact=True, max_length=LONGEST_NOTE)

    def on_mount(self) -> None:
        """Type at once."""
        self.query_one(Input).focus()

    @on(Input.Submitted)
    def _taken(self, event: Input.Submitted) -> None:
        self.dismiss(event.value.strip())

    def action_leave(self) -> None:
        """Acknowledge nothing."""
        self.dismiss(None)
