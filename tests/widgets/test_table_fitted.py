"""Columns that share the width by what their texts have use for."""

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from widgets.lengths import MOST, Lengths
from widgets.table import Column, Row, layout
from widgets.text import cells_needed, plain

COLUMNS = (
    Column("when", 12, priority=9, fitted=True),
    Column("name", 10, grow=3, priority=6, fitted=True),
    Column("part", 9, grow=2, priority=5, fitted=True),
    Column("count", 8, "right", priority=7),
)


def row(*cells: str) -> Row:
    """A row of these cells."""
    return Row(cells[0], cells)


def test_what_one_has_no_use_for_another_gets() -> None:
    """A short time gives its cells to a name that would be cut; the count is as wide as ever."""
    lengths = Lengths(COLUMNS)
    lengths.take([row("14:05:30", "Lindqvist Wanjiru", "Sales", "1")], -1)
    assert lengths.longest == (8, 17, 5, 5)
    assert layout(COLUMNS, 48) == ((0, 12), (1, 10), (2, 9), (3, 8))
    assert layout(COLUMNS, 48, lengths.longest) == ((0, 8), (1, 17), (2, 6), (3, 8))


def test_columns_stand_still_while_rows_come_and_go() -> None:
    """What was long once has its cells; a sign of an order has its own beside the title."""
    lengths = Lengths(COLUMNS)
    lengths.take([row("09 Jun 14:05", "Ann", "Sales", "1")], 1)
    lengths.take([row("14:05:30", "Bo", "–", "2")], 0)
    assert lengths.longest == (12, 6, 5, 5)
    lengths.take([row("x", "n" * 10_000, "", "")], 0)
    assert max(lengths.longest) == MOST


def test_columns_that_are_not_fitted_are_as_they_were() -> None:
    """Nothing is measured for them."""
    columns = [replace(column, fitted=False) for column in COLUMNS]
    lengths = Lengths(columns)
    lengths.take([row("14:05:30", "Lindqvist Wanjiru", "Sales", "1")], -1)
    assert lengths.longest == ()


@given(width=st.integers(1, 200), longest=st.lists(st.integers(0, MOST), min_size=4, max_size=4))
def test_texts_never_decide_which_columns_there_are(width: int, longest: list[int]) -> None:
    """The same ones, in no more cells; none is cut while another has cells it does not need."""
    found = layout(COLUMNS, width, longest)
    without = layout(COLUMNS, width)
    assert [index for index, _ in found] == [index for index, _ in without]
    assert sum(cells for _, cells in found) <= sum(cells for _, cells in without)
    if len(found) > 1:
        spared = any(cells > max(longest[index], 5) for index, cells in found if index < 3)
        cut = [index for index, cells in found if index in {1, 2} and cells < longest[index]]
        assert not (spared and cut)


@given(st.text(max_size=60))
def test_a_text_is_whole_in_the_cells_it_needs(text: str) -> None:
    """Whatever script it is of, and whatever is in it that no terminal should obey."""
    cells = cells_needed(text)
    shown = plain(text, cells)
    assert (
        plain(text, cells + 20).replace("\u2800", "").rstrip()
        == shown.replace("\u2800", "").rstrip()
    )
