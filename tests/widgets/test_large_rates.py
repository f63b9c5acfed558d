"""Headline rates in large digits: as wide as the strip, whole, and marked where they stand out."""

from hypothesis import given, settings
from hypothesis import strategies as st

from widgets.headline import Rate, draw_headline
from widgets.paint import cells_of, text_of
from widgets.status import Level

RATES = tuple(
    Rate(f"r{n}", title, value, sample=sample, trend="▲ 1.2 vs Mon", level=level)
    for n, (title, value, sample, level) in enumerate(
        [
            ("ANSWER RATE", "91.1 %", "of 436", Level.GOOD),
            ("SERVICE LEVEL", "72.1 %", "80 % in 20 s of 434", Level.WARNING),
            ("DROP RATE ≤ 3 %", "–", "", Level.UNKNOWN),
            ("HANDLE TIME", "3:58", "talk 3:09 wrap 0:41", Level.GOOD),
        ]
    )
)


@settings(max_examples=60, deadline=None)
@given(st.integers(40, 320), st.integers(1, 12))
def test_every_line_is_as_wide_as_the_strip(width: int, height: int) -> None:
    """Whatever form is drawn."""
    lines = draw_headline(RATES, width, height).lines
    assert [cells_of(line) for line in lines] == [width] * height


def test_digits_are_as_large_as_there_are_lines_for() -> None:
    """Eight lines have digits of five, six of three; four are as ever."""
    for width, height, digits in ((170, 8, 5), (170, 6, 3), (100, 8, 3)):
        lines = [text_of(line) for line in draw_headline(RATES, width, height).lines]
        blocks = [line for line in lines if set(line) & set("█▀▄")]
        assert len(blocks) == digits
        assert "SERVICE LEVEL" in lines[0]
        assert "!" in lines[1]
        assert "80 % in 20 s of 434" in lines[digits + 1]
    assert "72.1 % !" in text_of(draw_headline(RATES, 170, 4).lines[1])
    # Where a text has no room beside the others none has large digits.
    assert "72.1 % !" in text_of(draw_headline(RATES, 80, 8).lines[1])
