"""Bars that are compared and series over time: every line exactly as wide as the panel."""

from hypothesis import given
from hypothesis import strategies as st

from widgets.paint import Picture, cells_of, text_of
from widgets.rate_bars import BarGroup, RateBar, draw_rate_bars
from widgets.trends import Trend, draw_trends

VALUES = st.none() | st.floats(0, 1e9)
BARS = st.builds(
    RateBar, st.text(max_size=40), VALUES, st.text(max_size=30), st.text(max_size=30),
    is_reference=st.booleans(),
)  # fmt: skip
GROUPS = st.lists(
    st.builds(BarGroup, st.text(max_size=30), st.lists(BARS, max_size=4).map(tuple)), max_size=4
)
SIZES = st.tuples(st.integers(1, 140), st.integers(1, 30))


def is_exact(picture: Picture, width: int, height: int) -> bool:
    """Whether the picture fills its panel and no more."""
    return len(picture.lines) == height and all(cells_of(line) == width for line in picture.lines)


@given(GROUPS, SIZES)
def test_bars_fill_their_panel(groups: list[BarGroup], size: tuple[int, int]) -> None:
    """Whatever the texts, the values and the size."""
    assert is_exact(draw_rate_bars(groups, *size, "nothing"), *size)


@given(
    st.lists(
        st.builds(
            Trend,
            st.text(max_size=40),
            st.lists(VALUES, min_size=5, max_size=5).map(tuple),
            st.text(max_size=30),
        ),
        max_size=5,
    ),
    st.lists(st.text(max_size=20), min_size=5, max_size=5),
    SIZES,
)
def test_trends_fill_their_panel(
    trends: list[Trend], labels: list[str], size: tuple[int, int]
) -> None:
    """Whatever the texts, the values and the size."""
    assert is_exact(draw_trends(trends, labels, *size, "nothing"), *size)


def shown(picture: Picture) -> list[str]:
    """The lines as text."""
    return [text_of(line).rstrip() for line in picture.lines]


CHANNELS = BarGroup(
    "RATES",
    (
        RateBar("chat", 0.25, "25.0 %"),
        RateBar("view", 0.05, "5.0 %"),
        RateBar("control", 0.1, "10.0 %", is_reference=True),
    ),
)


def test_a_stroke_stands_where_the_reference_ends() -> None:
    """In every bar that is held to it, inside a longer bar and past the end of a shorter one."""
    lines = shown(draw_rate_bars([CHANNELS], 60, 4))
    at = lines[1].index("│")
    assert lines[2].index("│") == at
    assert "█" in lines[1][at + 1 :]
    assert "█" not in lines[2][at + 1 :]
    assert lines[3].rindex("█") in {at - 1, at}


def test_groups_that_do_not_fit_are_counted() -> None:
    """None is cut in half."""
    lines = shown(draw_rate_bars([CHANNELS, CHANNELS, CHANNELS], 60, 9))
    assert lines[4] == " RATES  + 1 more in a taller terminal"
    assert len([line for line in lines if line]) == 8


def test_bars_that_do_not_fit_are_counted() -> None:
    """What the others are held to stays."""
    lines = shown(draw_rate_bars([CHANNELS], 60, 3))
    assert lines[0] == " RATES  + 1 more in a taller terminal"
    assert lines[1].startswith("  chat")
    assert lines[2].startswith("  control")


def test_a_series_has_its_steps_and_a_dot_where_nothing_is_known() -> None:
    """From 0 up: half of the highest is half as high."""
    trend = Trend("sold", (0.0, 4.0, 8.0, None), "12")
    (line, axis) = shown(draw_trends([trend], ["01", "02", "03", "04"], 40, 2))
    assert "▄" in line
    assert "█" in line
    assert "·" in line
    assert line.endswith("12")
    assert axis.split() == ["01", "02", "03", "04"]


def test_more_points_than_cells_are_the_latest() -> None:
    """What does not fit is the oldest."""
    labels = [str(number) for number in range(100)]
    trend = Trend("t", tuple(float(number) for number in range(100)), "")
    picture = draw_trends([trend], labels, 20, 2)
    assert "█" in text_of(picture.lines[0])
