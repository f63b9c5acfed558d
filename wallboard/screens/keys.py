"""The keys of a screen: one list makes the bindings, the line at the foot and the help."""

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region

from widgets.paint import Picture, Span, page
from widgets.panel import Panel
from widgets.text import plain


@dataclass(frozen=True, slots=True)
class Key:
    """A key: what Textual calls it, what is shown of it, one word for it, and what it does.

    `help` is the sentence in the help of the screen; without `word` the foot does not name it.
    """

    key: str
    shown: str
    word: str
    action: str
    help: str


def bindings(keys: Sequence[Key]) -> list[BindingType]:
    """The bindings of `keys`."""
    return [Binding(key.key, key.action, key.word or key.help, show=False) for key in keys]


class KeyLine(Panel):
    """The line at the foot that names the keys; each can be clicked. `note` stands at the right."""

    DEFAULT_CSS = "KeyLine { height: 1; }"

    def __init__(
        self,
        keys: Sequence[Key],
        *,
        id: str | None = None,  # noqa: A002 - the name Textual gives it
    ) -> None:
        super().__init__(id=id)
        self._keys = tuple(key for key in keys if key.word)
        self._note = ""
        self._marked = ""

    def mark(self, action: str) -> None:
        """Mark the key of `action` as the one that was chosen."""
        self._marked = action
        self.repaint()

    def show(self, note: str, keys: Sequence[Key] | None = None) -> None:
        """Show `note` beside the keys, and other keys where they are given."""
        self._note = note
        if keys is not None:
            self._keys = tuple(key for key in keys if key.word)
        self.repaint()

    def draw(self, width: int, height: int) -> Picture:
        """Draw as many keys as fit whole: the note first, then the last two keys, then in order."""
        note = min(cell_len(self._note[: width * 2]) + 2, width) if self._note else 0
        spans: list[Span] = []
        spots: dict[str, Region] = {}
        x = 0
        sizes = [cell_len(key.shown) + len(key.word) + 3 for key in self._keys]
        kept = sum(sizes[-2:])
        for at, (key, size) in enumerate(zip(self._keys, sizes, strict=True)):
            is_last = at >= len(sizes) - 2
            if x + size + (0 if is_last else kept) > width - note:
                continue
            if key.action == self._marked:
                spans += [Span(f" {key.shown} {key.word} ", "strong cursor")]
            else:
                spans += [Span(" "), Span(key.shown, "strong"), Span(f" {key.word} ", "label")]
            spots[key.action] = Region(x, 0, size, 1)
            x += size
            kept -= size if is_last else 0
        if note:
            spans += [
                Span(" " * (width - note - x)),
                Span(f" {plain(self._note, note - 2)} ", "notice"),
            ]
        return Picture(page([spans], width, height), spots)

    async def on_click(self, event: events.Click) -> None:
        """Do what the key under the mouse does."""
        at = event.get_content_offset(self)
        for action, spot in self.picture.spots.items():
            if at is not None and spot.contains_point(at):
                await self.app.run_action(action, self.screen)
                return
