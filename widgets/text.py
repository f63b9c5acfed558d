"""External text made safe to draw: exactly so many cells wide, with nothing a terminal would obey.

A caller's name, a queue's name or a reason may hold anything. What can steer a terminal or
confuse a reader (escape sequences, control characters, bidirectional overrides and isolates,
zero-width and invisible characters, lone surrogates) is shown as a visible glyph, never sent.

Right-to-left names. A terminal that reorders text does so over the whole line, so two Arabic names
with a figure between them would swap columns. The usual cure, isolates (U+2066 to U+2069), are
themselves controls of no width that terminals count differently, so they are not used. Instead such
a name stands between two U+2800 BRAILLE PATTERN BLANK: one cell each, blank to the eye, and of
bidirectional class L, so the name is reordered within its own fence and the columns around it stay.
"""

import unicodedata
from functools import lru_cache
from typing import Literal

from rich.cells import cell_len, get_character_cell_size

Align = Literal["left", "right", "center"]

REPLACEMENT = "\ufffd"
ELLIPSIS = "…"
FENCE = "\u2800"
RIGHT_TO_LEFT = frozenset({"R", "AL", "AN"})
INVISIBLE_LETTERS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0")
MARKS_PER_LETTER = 2
FIRST_JOINING_LETTER = "\u0590"  # from Hebrew on: scripts and emoji in which joiners are spelling


def plain(text: str, cells: int, align: Align = "left") -> str:
    """Return `text` safe to draw and exactly `cells` terminal cells wide.

    Longer text is cut at a whole character and ends in `…`; shorter text is padded with spaces.
    The cost does not grow with the length of `text`. `cells` of 0 or less gives an empty string.
    """
    if cells <= 0:
        return ""
    # Two marks a letter and as many joiners again are the most that can take no cell of their own.
    limit = cells * 4 + 16
    return _plain(text[:limit], len(text) > limit, cells, align)


@lru_cache(maxsize=8192)
def _plain(text: str, was_cut: bool, cells: int, align: Align) -> str:
    if text.isascii() and text.isprintable():
        shown = text
        room = cells
    else:
        shown = visible(text)
        room = cells
        if any(unicodedata.bidirectional(letter) in RIGHT_TO_LEFT for letter in shown):
            if cells < 3:
                return ELLIPSIS + " " * (cells - 1)
            room = cells - 2
            return _aligned(FENCE + _cut(shown, was_cut, room) + FENCE, cells, align)
    return _aligned(_cut(shown, was_cut, room), cells, align)


@lru_cache(maxsize=8192)
def cells_needed(text: str) -> int:
    """Return the cells in which `plain` shows all of a text; its cost grows with its length."""
    if text.isascii() and text.isprintable():
        return len(text)
    shown = visible(text)
    is_fenced = any(unicodedata.bidirectional(letter) in RIGHT_TO_LEFT for letter in shown)
    return cell_len(shown) + (2 if is_fenced else 0)


def visible(text: str) -> str:
    """Return `text` with every control, invisible or stray character replaced by a visible one.

    Joiners and variation selectors, which only choose the shape of the letter or emoji before them
    and make terminals disagree about its width, are left out; elsewhere they are shown.
    """
    shown: list[str] = []
    marks = 0
    for letter in unicodedata.normalize("NFC", text):
        glyph = _glyph(letter, shown[-1] if shown else "")
        if not glyph:
            continue
        if get_character_cell_size(glyph) == 0:
            marks += 1
            if marks > MARKS_PER_LETTER:
                continue
        else:
            marks = 0
        shown.append(glyph)
    return "".join(shown)


def _glyph(letter: str, before: str) -> str:
    """Return what stands for one character: itself, a replacement, or nothing."""
    if " " <= letter <= "~":
        return letter
    code = ord(letter)
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "\u2421"
    if 0xFE00 <= code <= 0xFE0F or 0xE0100 <= code <= 0xE01EF or 0x1F3FB <= code <= 0x1F3FF:
        return "" if before not in {"", REPLACEMENT} else REPLACEMENT
    if code in {0x200C, 0x200D}:
        return "" if FIRST_JOINING_LETTER <= before != REPLACEMENT else REPLACEMENT
    category = unicodedata.category(letter)
    if category == "Zs":
        return " "
    if category[0] == "C" or category in {"Zl", "Zp"} or letter in INVISIBLE_LETTERS:
        return REPLACEMENT
    if get_character_cell_size(letter) == 0:
        is_mark = category in {"Mn", "Me", "Mc"} and before not in {"", " ", REPLACEMENT}
        return letter if is_mark else REPLACEMENT
    return letter


def _cut(shown: str, was_cut: bool, room: int) -> str:
    if not was_cut and cell_len(shown) <= room:
        return shown
    kept: list[str] = []
    used = 0
    for letter in shown:
        size = get_character_cell_size(letter)
        if used + size > room - 1:
            break
        kept.append(letter)
        used += size
    return "".join(kept) + ELLIPSIS


def _aligned(shown: str, cells: int, align: Align) -> str:
    spare = cells - cell_len(shown)
    before = {"left": 0, "right": spare, "center": spare // 2}[align]
    return " " * before + shown + " " * (spare - before)
