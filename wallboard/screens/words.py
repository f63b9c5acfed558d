"""A dialogue of words: the help of a screen, or what a figure means."""

from collections.abc import Sequence
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

from widgets.text import visible


class Words(ModalScreen[None]):
    """Paragraphs under a title. What stands in capitals before two spaces is a heading of its own.

    Texts may be anything: they are never markup.
    """

    CSS_PATH = "words.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter,q,question_mark", "dismiss", "Close")
    ]

    def __init__(self, title: str, paragraphs: Sequence[str]) -> None:
        super().__init__()
        self._title = title
        self._paragraphs = tuple(paragraphs)

    def compose(self) -> ComposeResult:
        """The words in a box that can be scrolled."""
        text = Text()
        for paragraph in self._paragraphs:
            head, gap, rest = paragraph.partition("  ")
            if gap and head:
                text.append(f"{visible(head)}  ", style="bold")
            text.append(f"{visible(rest if gap and head else paragraph)}\n\n")
        box = VerticalScroll(Static(text, markup=False), id="words")
        box.border_title = Text(self._title).markup
        box.border_subtitle = "esc closes"
        yield box

    def on_mount(self) -> None:
        """Let the arrow keys scroll."""
        self.query_one("#words").focus()

    def on_click(self) -> None:
        """A click anywhere closes."""
        self.dismiss()
