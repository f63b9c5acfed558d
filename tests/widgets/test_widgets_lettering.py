"""Letters of several cells: exact, as large as there is room for, and never of what they lack."""

from hypothesis import given
from hypothesis import strategies as st

from widgets.big import BigValue, draw_bigs
from widgets.large_rows import LargeRow, draw_large_rows, rows_that_fit
from widgets.lettering import (
    cells_for,
    fitting,
    letter,
    lettered,
    lines_drawn,
    lines_of,
    scale_for,
)
from widgets.paint import Picture, cells_of, text_of
from widgets.status import Level

TEXTS = st.text("0123456789 %.:,–ABCMNWabcmnw✖▲!", min_size=1, max_size=20)


def texts(picture: Picture) -> list[str]:
    """The lines of a picture without their roles."""
    return [text_of(line) for line in picture.lines]


def test_a_letter_is_five_dots_high_and_keeps_its_shape_when_it_grows() -> None:
    """At scale 1 a dot is half a line; at scale 2 it is a whole line of two cells."""
    assert [text_of(line) for line in letter("4", 1)] == ["█ █", "▀▀█", "  ▀"]
    assert [text_of(line) for line in letter("4", 2)] == [
        "██  ██", "██  ██", "██████", "    ██", "    ██", "      ",
    ]  # fmt: skip


@given(TEXTS, st.integers(1, 5))
def test_letters_take_exactly_the_cells_and_lines_that_are_told(text: str, scale: int) -> None:
    """Whatever the text, and the last half line is free, so that rows never touch."""
    lines = letter(text, scale)
    assert len(lines) == lines_of(scale)
    assert {cells_of(line) for line in lines} == {cells_for(text, scale)}
    assert not set(text_of(lines[-1])) & set("█▄")
    drawn = [line for line in lines if text_of(line).strip()]
    assert len(drawn) <= lines_drawn(scale)


@given(TEXTS, st.integers(1, 300), st.integers(1, 60), st.booleans())
def test_the_largest_scale_that_fits_is_found(
    text: str, width: int, height: int, tight: bool
) -> None:
    """It fits, and one more would not."""
    scale = scale_for([text], width, height, tight=tight)
    high = lines_drawn if tight else lines_of
    if scale:
        assert (cells_for(text, scale) or 0) <= width
        assert high(scale) <= height
    larger = cells_for(text, scale + 1)
    assert larger is not None
    assert larger > width or high(scale + 1) > height


def test_accents_go_and_what_has_no_letters_stays_plain_text() -> None:
    """A name in another script is shown as it is rather than not at all."""
    assert lettered("Réclamations Zürich") == "RECLAMATIONS ZURICH"
    assert lettered("漢字") is None
    assert cells_for("漢字", 1) is None
    assert scale_for(["4", "漢字"], 100, 100) == 0
    assert fitting(("customer support", "support"), 30, 1) == "support"
    assert fitting(("customer support",), 30, 1) is None


def test_figures_have_digits_of_one_size_and_room_for_larger_ones() -> None:
    """The digits of 9.1 % are no larger than those of 91.1 %: nothing jumps at ten."""
    wide = draw_bigs([BigValue("A", "9.1%"), BigValue("B", "91.1%")], 80, 12, 0, 2)
    narrow = draw_bigs([BigValue("A", "9.1%"), BigValue("B", "9.1%")], 80, 12, 0, 2)
    assert sum("█" in line for line in texts(wide)) == sum("█" in line for line in texts(narrow))


def test_a_figure_says_in_words_how_bad_it_is() -> None:
    """Glyph and word stand beside the colour; a critical one is all on a ground of its own."""
    values = [
        BigValue("DROP RATE", "3.2%", Level.CRITICAL, "over 3 %", ("of 1,204, 3 over", "of 1,204")),
        BigValue("SERVICE", "74.3%", Level.WARNING, "below 80 %", ("of 1,190",)),
        BigValue("WAITING", "–"),
    ]
    picture = draw_bigs(values, 78, 5, 0, 3)
    lines = texts(picture)
    assert "✖ DROP RATE" in lines[0]
    assert "! SERVICE" in lines[0]
    assert "✖ over 3 % · of 1,204" in lines[4]
    assert "! below 80 % · of 1,190" in lines[4]
    # The first cell of each line is of the critical figure, even where it is blank.
    assert {line[0].role for line in picture.lines} == {"alert"}
    assert "▀▀▀" in lines[2][52:]


def test_large_rows_count_what_does_not_fit() -> None:
    """Two of five rows fit below the headings; three are counted."""
    rows = [LargeRow(f"queue {number}", ("4", "0:42")) for number in range(5)]
    assert rows_that_fit(7, 1) == 2
    heads = ("waiting", "longest")
    lines = texts(
        draw_large_rows(rows, 80, 7, scale=1, title="QUEUES", headings=heads, noun="queue")
    )
    assert lines[0].split() == ["QUEUES", "+", "3", "queues", "waiting", "longest"]
    assert len(lines) == 7


def test_a_name_too_long_for_letters_stands_whole_in_plain_text() -> None:
    """And small words go before a name has to be smaller."""
    long = LargeRow("Customer support, second line", ("12", "10:42"), Level.WARNING)
    lines = texts(draw_large_rows([long], 80, 4, scale=1, title="", noun="queue"))
    assert any("Customer support, second line" in line for line in lines)
    short = LargeRow("Billing", ("12", "10:42"), details=("level 74 %", "2 ready"))
    told = texts(draw_large_rows([short], 120, 4, scale=1, title="", noun="queue"))
    assert any("2 ready" in line for line in told)
    untold = texts(draw_large_rows([short], 62, 4, scale=1, title="", noun="queue"))
    assert not any("2 ready" in line for line in untold)


def test_nothing_to_show_is_said_in_letters() -> None:
    """A calm sentence, not an empty panel."""
    lines = texts(draw_large_rows([], 80, 5, scale=1, title="AGENTS", calm="✓ nobody stands out"))
    assert lines[0].strip() == "AGENTS"
    assert "█" in lines[1] + lines[2]
