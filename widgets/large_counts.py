"""How many are in each state, in large letters on one row."""

from collections.abc import Sequence
from typing import Final

from msgspec import Struct

from widgets.lettering import letter
from widgets.paint import Line, Span, cells_of, fit
from widgets.sheet import beside

GAP: Final = 3


class LargeCount(Struct, frozen=True):
    """So many in a state: its word, a shorter one, and the role that colours the number."""

    count: int
    word: str
    short: str
    role: str


def draw_large_counts(counts: Sequence[LargeCount], width: int, scale: int) -> list[Line] | None:
    """Return the row at `scale`, with shorter words where it must be; None if it does not fit."""
    for words in ([count.word for count in counts], [count.short for count in counts]):
        blocks = [
            beside([letter(str(one.count), scale, one.role), letter(f" {word}", scale, "label")])
            for one, word in zip(counts, words, strict=True)
        ]
        between = max(1, len(blocks) - 1)
        spare = width - 2 - sum(cells_of(block[0]) for block in blocks)
        if spare >= GAP * scale * between:
            gap = min(spare // between, GAP * scale * 3)
            return [fit([Span(" "), *line], width) for line in beside(blocks, gap)]
    return None
