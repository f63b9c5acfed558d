"""The course of a figure: columns of any size, with what is unknown, open or lost shown so."""

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from widgets.course import Point, draw_course
from widgets.paint import text_of

POINT = st.builds(
    Point,
    st.text(max_size=10),
    st.none() | st.floats(-1e6, 1e9, allow_nan=False),
    st.text(max_size=8),
    st.booleans(),
    st.booleans(),
)


def drawn(points: list[Point], width: int = 60, height: int = 10) -> list[str]:
    """The lines of a picture."""
    picture = draw_course(points, width, height, "RATE BY HOUR", "{:.0f}".format, "Nothing.")
    return [text_of(line) for line in picture.lines]


@given(st.lists(POINT, max_size=60), st.integers(1, 200), st.integers(1, 40))
def test_every_line_is_exactly_as_wide_as_asked(
    points: list[Point], width: int, height: int
) -> None:
    """Whatever the values and however small the panel."""
    lines = drawn(points, width, height)
    assert len(lines) == height
    assert all(cell_len(line) == width for line in lines)


def test_the_highest_fills_the_room_and_unknown_is_a_dot() -> None:
    """0 has no column, None a dot, and neither is mistaken for the other."""
    points = [
        Point("00", None),
        Point("01", 0.0, "0"),
        Point("02", 4.0, "4"),
        Point("03", 2.0, "2"),
    ]
    lines = drawn(points)
    assert lines[-2].split() == ["0", "·", "0", *["█" * 11] * 2]
    assert lines[2].count("█") == 11
    assert lines[1].split() == ["4"]


def test_what_does_not_fit_is_counted() -> None:
    """The newest are shown."""
    points = [Point(f"{at}", 1.0) for at in range(100)]
    lines = drawn(points, width=40)
    assert "+ 64 before" in lines[0]
    assert "64" in lines[-1]
    assert "63" not in lines[-1]


def test_the_last_that_is_not_over_and_a_gap_are_told() -> None:
    """In words beside the marks."""
    lines = drawn([Point("1", 1.0, has_gap=True), Point("2", 0.5, is_now=True)])
    assert "the last is not over" in lines[0]
    assert "gap in the data" in lines[0]
    assert "╱" in "".join(drawn([Point("1", 0.0, has_gap=True), Point("2", 5.0)])[1:])


def test_nothing_known_is_a_sentence() -> None:
    """No axis of nothing."""
    assert drawn([])[0].strip() == "Nothing."
    assert drawn([Point("1", None)])[0].strip() == "Nothing."
