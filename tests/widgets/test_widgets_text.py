"""External text is exactly as wide as asked, and holds nothing that a terminal obeys."""

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from widgets.text import FENCE, Align, plain

ALIGNS: list[Align] = ["left", "right", "center"]
NASTY = st.sampled_from(
    list("\x00\x07\x1b\n\t\x7f\x9b\u200b\u200c\u200d\u2060\ufeff\u202e\u2066\u2069\u200e\u061c")
    + list("\u0301\u0489\ufe0f\U0001f3fd\U000e0041\u115f\u3164\ud800\u2028\u00ad")
    + list("aé漢👩💻🇫🇷שعन…ि ")
)
TEXT = st.one_of(st.text(), st.text(alphabet=NASTY), st.text(st.characters()))


def is_harmless(letter: str) -> bool:
    """Tell whether a character is neither a control nor a format or direction character."""
    return unicodedata.category(letter)[0] != "C" or letter == "\ufffd"


@given(TEXT, st.integers(1, 200), st.sampled_from(ALIGNS))
def test_any_text_takes_exactly_its_cells(text: str, cells: int, align: Align) -> None:
    """Whatever the text, its width is the width asked for, measured whole or by the letter."""
    shown = plain(text, cells, align)
    assert cell_len(shown) == cells
    assert sum(cell_len(letter) for letter in shown) == cells


@given(TEXT, st.integers(1, 80))
def test_no_control_or_direction_character_is_left(text: str, cells: int) -> None:
    """Nothing that steers a terminal, turns the writing direction or cannot be encoded is sent."""
    shown = plain(text, cells)
    assert all(is_harmless(letter) for letter in shown)
    shown.encode("utf-8")


@given(st.text(alphabet=st.characters(min_codepoint=32, max_codepoint=126)), st.integers(1, 80))
def test_short_plain_text_is_not_changed(text: str, cells: int) -> None:
    """Ordinary text that fits is shown as it is, markup characters included."""
    shown = plain(text, cells)
    if len(text) <= cells:
        assert shown == text.ljust(cells)
    else:
        assert shown == text[: cells - 1] + "…"


@pytest.mark.parametrize(
    ("text", "cells", "shown"),
    [
        ("\x1b]52;c;aGk=\x07", 14, "␛]52;c;aGk=␇  "),
        ("a\nb\tc\x7f", 6, "a␊b␉c␡"),
        ("[/][bold]", 9, "[/][bold]"),
        ("a\u202eb\u2066c", 5, "a�b�c"),
        ("a\u200bb", 3, "a�b"),
        ("a\u200db", 3, "a�b"),
        ("👩‍💻", 4, "👩💻"),
        ("👍🏽", 2, "👍"),
        ("☎\ufe0f", 1, "☎"),
        ("e\u0301", 1, "é"),
        ("漢字かな", 5, "漢字…"),
        ("漢字かな", 4, "漢… "),
        ("漢字かな", 1, "…"),
        ("\ud800", 1, "�"),
        ("\u0301a", 2, "�a"),
        ("a\u00a0b", 3, "a b"),
        ("نی\u200cما", 7, f"{FENCE}نیما{FENCE} "),
    ],
)
def test_examples(text: str, cells: int, shown: str) -> None:
    """What each kind of awkward text looks like."""
    assert plain(text, cells) == shown


def test_marks_do_not_pile_up() -> None:
    """A letter with hundreds of marks cannot reach over the lines above and below."""
    assert len(plain("Z" + "\u0335\u0327\u0328" * 200, 3)) <= 5


@given(st.text(alphabet="אבגעربي٣4 12-,", min_size=1), st.integers(3, 40))
def test_right_to_left_text_is_fenced(text: str, cells: int) -> None:
    """Text that runs to the left stands between characters that run to the right, cut or not."""
    shown = plain(text, cells)
    directions = [unicodedata.bidirectional(letter) for letter in shown]
    reordered = [index for index, kind in enumerate(directions) if kind in {"R", "AL", "AN"}]
    if reordered:
        assert "L" in directions[: reordered[0]]
        assert "L" in directions[reordered[-1] + 1 :]


def test_a_long_name_costs_no_more_than_a_short_one() -> None:
    """Ten million characters are cut before anything is measured."""
    name = "漢\u200b" * 5_000_000
    started = time.perf_counter()
    for cells in range(1, 60):
        plain(name, cells)
    assert time.perf_counter() - started < 0.5


def test_no_cells_is_no_text() -> None:
    """A width of nothing, or less, is empty."""
    assert plain("abc", 0) == ""
    assert plain("abc", -3) == ""
