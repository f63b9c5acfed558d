"""The line at the foot of a screen that names its keys."""

from collections.abc import Sequence

from rich.cells import cell_len
from textual import events
from textual.geometry import Region

from wallboard.screens.key import Key
from wallboard.screens.key_fit import fitting
from widgets.paint import Picture, Span, page
from widgets.panel import Panel
from widgets.text import plain


class KeyLine(Panel):
    """The line at the foot that names the keys; each can be clicked. `note` stands at the right."""

    DEFAULT_CSS = "KeyLine { height: 1; }"

    def __init__(
        self,
        keys: Sequence[Key],
        *,
        id: str | None = None,
    ) -> None:
        super().__init__(id=id)
        self._keys = tuple(keys)
        self._note = ""
        self._marked = ""

    def mark(self, action: str) -> None:
        """Mark the key of `action` as the one that was chosen."""
        self._marked = action
        self.repaint()

    def show(self, note: str, keys: Sequence[Key] | None = None) -> None:
        """Show `note` beside the keys, and other keys where they are given."""
        shown = (note, self._keys if keys is None else tuple(keys))
        if shown != (self._note, self._keys):
            self._note, self._keys = shown
            self.repaint()

    def draw(self, width: int, height: int) -> Picture:
        """Draw what fits of the keys, each whole; the note first of all."""
        note = min(cell_len(self._note[: width * 2]) + 2, width) if self._note else 0
        spans: list[Span] = []
        spots: dict[str, Region] = {}
        x = 0
        for piece in fitting(self._keys, width - note):
            if self._marked in piece.actions:
                spans.append(Span(f" {' '.join(piece.shown)} {piece.word} ", "strong cursor"))
            else:
                for shown in piece.shown:
                    spans += [Span(" "), Span(shown, "strong")]
                spans.append(Span(f" {piece.word} ", "label"))
            at = x
            for shown, action in zip(piece.shown, piece.actions, strict=True):
                size = cell_len(shown) + 1
                spots[action] = Region(at, 0, size, 1)
                at += size
            # The word belongs to the last key of its group.
            final = spots[piece.actions[-1]]
            x += piece.cells
            spots[piece.actions[-1]] = Region(final.x, 0, x - final.x, 1)
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
