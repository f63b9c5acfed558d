"""Asking for a moment of the past; while it is typed, what would be gone to is said."""

from collections.abc import Callable
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from wallboard.reporting_time import Calendar, PeriodError
from wallboard.reporting_time.typed import FORMS, TypedMoment, in_full, typed_moment
from widgets.text import visible


class TimeDialog(ModalScreen[int | None]):
    """Gives the instant (UTC ms) that was typed, None when it was left.

    `now` is the board's clock, `shown` the moment that is looked at: a time alone is of its day.
    """

    CSS_PATH = "time_dialog.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", "Close")]

    def __init__(self, calendar: Calendar, now: Callable[[], int], shown: int | None) -> None:
        super().__init__()
        self._calendar = calendar
        self._now = now
        self._shown = shown

    def compose(self) -> ComposeResult:
        """The box to type in over what it means."""
        with Vertical(id="time") as box:
            box.border_title = "go to a time"
            box.border_subtitle = "⏎ goes there   esc leaves"
            yield Input(placeholder=FORMS, compact=True, max_length=60)
            yield Static("", id="meaning", markup=False)

    def on_mount(self) -> None:
        """Type at once."""
        self._say("")
        self.query_one(Input).focus()

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self._say(event.value)

    def _say(self, text: str) -> None:
        day = self._calendar.local(self._now() if self._shown is None else self._shown)
        words = f"A time alone is of {day:%A %d %B}."
        if text.strip():
            try:
                words = self._words(self._read(text))
            except PeriodError as error:
                words = str(error)
        self.query_one("#meaning", Static).update(visible(words))

    def _words(self, typed: TypedMoment) -> str:
        return " ".join(filter(None, (f"{in_full(self._calendar, typed.at)}.", typed.said)))

    def _read(self, text: str) -> TypedMoment:
        return typed_moment(self._calendar, text, self._now(), self._shown)

    @on(Input.Submitted)
    def _taken(self, event: Input.Submitted) -> None:
        try:
            typed = self._read(event.value)
        except PeriodError as error:
            meaning = self.query_one("#meaning", Static)
            meaning.update(visible(str(error)))
            meaning.add_class("-refused")
            return
        if typed.said:
            self.notify(typed.said, markup=False)
        self.dismiss(typed.at)

    def action_leave(self) -> None:
        """Stay where one is."""
        self.dismiss(None)
