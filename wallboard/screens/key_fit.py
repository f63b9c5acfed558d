"""Which keys the foot names in so many cells: the screen's own first, others in groups. Pure."""

from collections.abc import Sequence
from typing import Final

from msgspec import Struct
from rich.cells import cell_len

from wallboard.screens.key import Key

LAST: Final = 2
"""So many keys at the end, help and quit, are always named."""


class Piece(Struct, frozen=True):
    """Keys under one word: `1-8 screen`. `shown` and `actions` go together, one for each key."""

    shown: tuple[str, ...]
    actions: tuple[str, ...]
    word: str

    @property
    def cells(self) -> int:
        """The cells it takes, with a blank on either side."""
        return sum(cell_len(text) + 1 for text in self.shown) + cell_len(self.word) + 2


def fitting(keys: Sequence[Key], room: int) -> list[Piece]:
    """What is named of `keys` in so many cells, in the order of the foot.

    The screen's own keys come first, then the filters, the screens, help and quit. Where there is
    no room for all by name, the screens go together as `1-8 screen`, then the filters; then own
    keys are left out from the last on.
    """
    named = [key for key in keys if key.word]
    last = [_piece(key) for key in named[-LAST:]]
    others = named[:-LAST]
    screens = [key for key in others if key.action.startswith("app.show(")]
    filters = [key for key in others if key.action.startswith(("app.choose(", "app.clear_scope"))]
    own = [_piece(key) for key in others if key not in screens and key not in filters]
    screen = _screens(screens)
    for choice in (
        [*own, *map(_piece, filters), *map(_piece, screens), *last],
        [*own, *map(_piece, filters), *screen, *last],
        [*own, *_filters(filters), *screen, *last],
    ):
        if _cells(choice) <= room:
            return choice
    rest = room - _cells([*screen, *last])
    kept: list[Piece] = []
    for piece in [*own, *_filters(filters)]:
        if piece.cells <= rest:
            kept.append(piece)
            rest -= piece.cells
    return [*kept, *screen, *last] if rest >= 0 else last


def _piece(key: Key) -> Piece:
    return Piece((key.shown,), (key.action,), key.word)


def _screens(keys: Sequence[Key]) -> list[Piece]:
    """The screens as one: a click finds them by name."""
    if len(keys) < 2:
        return [_piece(key) for key in keys]
    return [Piece((f"{keys[0].shown}-{keys[-1].shown}",), ("app.command_palette",), "screen")]


def _filters(keys: Sequence[Key]) -> list[Piece]:
    if not keys:
        return []
    return [Piece(tuple(k.shown for k in keys), tuple(k.action for k in keys), "filter")]


def _cells(pieces: Sequence[Piece]) -> int:
    return sum(piece.cells for piece in pieces)
