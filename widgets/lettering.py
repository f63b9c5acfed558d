"""Letters of several cells each, for a screen that is read from far.

A letter is a pattern of dots, five dots high. Half a line is about as high as a cell is wide, so
that at scale 1 a dot is one cell by half a line, and a row of letters takes three lines, of which
at least the last half is free: rows below one another never touch.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final

from widgets.lettering_font import FONT, ROWS
from widgets.paint import Line, Span
from widgets.text import plain

HALVES: Final = {"  ": " ", "# ": "▀", " #": "▄", "##": "█"}
LONGEST: Final = 120
"""More letters than any screen has room for."""


def lettered(text: str) -> str | None:
    """Return `text` in the letters there are, without accents; None if it has any other."""
    if len(text) > LONGEST:
        return None
    upper = text if text in FONT else unicodedata.normalize("NFD", text.upper())
    kept = "".join(letter for letter in upper if not unicodedata.combining(letter))
    return kept if all(letter in FONT for letter in kept) else None


def lines_of(scale: int) -> int:
    """Return how many lines a row of letters takes, one of plain text at scale 0."""
    return (ROWS * scale + 2) // 2 if scale else 1


@lru_cache(maxsize=1024)
def cells_for(text: str, scale: int) -> int | None:
    """Return the cells that `text` takes at `scale` (1 or more), None if it cannot be lettered."""
    shown = lettered(text)
    return None if shown is None else scale * _dots(shown)


def _dots(shown: str) -> int:
    """Return how many dots wide letters are, with one between them."""
    return sum([len(FONT[letter][0]) for letter in shown]) + max(0, len(shown) - 1)


def lines_drawn(scale: int) -> int:
    """Return the lines that have dots in them: without the free one below letters of even scale."""
    return (ROWS * scale + 1) // 2 if scale else 1


def scale_for(
    texts: Iterable[str], width: int, height: int, most: int = 99, *, tight: bool = False
) -> int:
    """Return the largest scale at which each of `texts` fits, 0 if there is none.

    `tight`: no line has to be free below them, for what comes there is plain text.
    """
    widest = 1
    for text in texts:
        cells = cells_for(text, 1)
        if cells is None:
            return 0
        widest = max(widest, cells)
    by_height = height * 2 // ROWS if tight else (height * 2 - 1) // ROWS
    return max(0, min(most, by_height, width // widest))


def fitting(forms: Sequence[str], width: int, scale: int) -> str | None:
    """Return the first of several forms of a text that fits at `scale`, None if none does."""
    for form in forms:
        cells = cells_for(form, scale)
        if cells is not None and cells <= width:
            return form
    return None


@lru_cache(maxsize=512)
def letter(text: str, scale: int, role: str = "") -> tuple[Line, ...]:
    """Return `text` in letters at `scale`, each line exactly as wide as `cells_for` tells.

    What cannot be lettered, and all at scale 0, is a single line of plain text.
    """
    shown = lettered(text) if scale > 0 else None
    if shown is None:
        size = min(LONGEST, len(text))
        return ((Span(plain(text, size), role),),)
    dots = [" ".join([FONT[sign][row] for sign in shown]) for row in range(ROWS)]
    halves = ["".join([dot * scale for dot in line]) for line in dots for _ in range(scale)]
    halves += [" " * len(halves[0])] * (2 * lines_of(scale) - len(halves))
    return tuple(
        (Span("".join([HALVES[above + below] for above, below in zip(*pair, strict=True)]), role),)
        for pair in zip(halves[::2], halves[1::2], strict=True)
    )
