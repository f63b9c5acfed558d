"""Asking in which format and into which folder a report is to be written."""

from pathlib import Path
from typing import ClassVar, Final

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from wallboard.board.report_export import EXPORT_FORMATS, Destination, ExportFormat
from widgets.text import visible

FORMAT_WORDS: Final[dict[ExportFormat, str]] = {
    "csv": "csv    for spreadsheets and programs",
    "xlsx": "xlsx   a workbook of one sheet",
    "json": "json   an array of objects, one to a line",
}


class ExportDialog(ModalScreen[Destination | None]):
    """Gives the format and a folder that exists; None when nothing is to be written.

    `title` names the report, `said` tells whether numbers and names are masked.
    """

    CSS_PATH = "export_dialog.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Close"),
        Binding("down", "move('cursor_down')", show=False, priority=True),
        Binding("up", "move('cursor_up')", show=False, priority=True),
    ]

    def __init__(self, title: str, said: str, before: Destination) -> None:
        super().__init__()
        self._title = title
        self._said = said
        self._before = before

    def compose(self) -> ComposeResult:
        """The formats over the folder."""
        with Vertical(id="export") as box:
            box.border_title = Text(visible(self._title)).markup
            box.border_subtitle = "↑ ↓ format   ⏎ writes   esc leaves"
            yield OptionList(
                *(Option(FORMAT_WORDS[form]) for form in EXPORT_FORMATS), markup=False, compact=True
            )
            yield Static("Folder", classes="label")
            yield Input(str(self._before.folder), compact=True, select_on_focus=False)
            yield Static("", id="wrong", markup=False)
            yield Static(self._said, classes="label", markup=False)

    def on_mount(self) -> None:
        """Begin with what was chosen before; the folder can be typed at once."""
        self.query_one(OptionList).highlighted = EXPORT_FORMATS.index(self._before.form)
        self.query_one(Input).focus()

    @on(Input.Submitted)
    @on(OptionList.OptionSelected)
    def _taken(self) -> None:
        highlighted = self.query_one(OptionList).highlighted or 0
        try:
            folder = Path(self.query_one(Input).value.strip() or ".").expanduser().absolute()
            is_there = folder.is_dir()
        except (OSError, RuntimeError, ValueError):
            # A name too long, a home that nobody has, a null byte.
            is_there = False
        if not is_there:
            self.query_one("#wrong", Static).update("There is no such folder.")
            return
        self.dismiss(Destination(EXPORT_FORMATS[highlighted], folder))

    def action_move(self, how: str) -> None:
        """Move through the formats while the folder keeps the focus."""
        getattr(self.query_one(OptionList), f"action_{how}")()

    def action_leave(self) -> None:
        """Write nothing."""
        self.dismiss(None)
