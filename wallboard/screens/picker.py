"""Choosing one of many by name: type to narrow, enter to take."""

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from wallboard.questions.names import Name
from widgets.text import visible

ALL = ""
MOST = 500
"""More than this many are not listed: typing narrows them."""


class Picker(ModalScreen[str | None]):
    """Gives the id that was chosen, ALL for no limit, None when nothing was chosen."""

    CSS_PATH = "picker.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Close"),
        Binding("down", "move('cursor_down')", show=False, priority=True),
        Binding("up", "move('cursor_up')", show=False, priority=True),
        Binding("pagedown", "move('page_down')", show=False, priority=True),
        Binding("pageup", "move('page_up')", show=False, priority=True),
    ]

    def __init__(self, what: str, choices: Sequence[Name], *, is_limit: bool = True) -> None:
        """`is_limit`: what is chosen is a limit, which there may be none of."""
        super().__init__()
        self._what = what
        self._choices = (*((Name(ALL, f"all {what}s"),) if is_limit else ()), *choices)
        self._listed: tuple[Name, ...] = ()

    def compose(self) -> ComposeResult:
        """The box to type in over the names."""
        with Vertical(id="picker") as box:
            box.border_title = self._what
            yield Input(placeholder=f"type to narrow the {self._what}s", compact=True)
            yield OptionList(markup=False, compact=True)

    def on_mount(self) -> None:
        """Show all names."""
        self._narrow("")

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self._narrow(event.value)

    def _narrow(self, text: str) -> None:
        wanted = text.strip().casefold()
        self._listed = tuple(
            choice for choice in self._choices if wanted in choice.name.casefold()
        )[:MOST]
        options = self.query_one(OptionList)
        options.clear_options()
        options.add_options([Option(visible(choice.name[:200])) for choice in self._listed])
        if self._listed:
            options.highlighted = 0

    @on(Input.Submitted)
    def _taken(self) -> None:
        highlighted = self.query_one(OptionList).highlighted
        if highlighted is not None and highlighted < len(self._listed):
            self.dismiss(self._listed[highlighted].id)

    @on(OptionList.OptionSelected)
    def _clicked(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self._listed[event.option_index].id)

    def action_move(self, how: str) -> None:
        """Move through the names while the box keeps the focus."""
        getattr(self.query_one(OptionList), f"action_{how}")()

    def action_leave(self) -> None:
        """Choose nothing."""
        self.dismiss(None)
