"""The timeline draws exact lines at any size, and every second of a state is to be seen."""

from hypothesis import given, settings
from hypothesis import strategies as st

from widgets.paint import cells_of, text_of
from widgets.timeline import TimelineRow, TimelineSpan, draw_timeline

HOUR = 3600.0
SPAN = TimelineSpan(0, 8 * HOUR, 6 * HOUR)
NAMES = st.one_of(
    st.sampled_from(["[/]", "\x1b]52;c;aGk=\x07", "العربية 42", "漢字" * 30, "a\nb", "\ud800"]),
    st.text(max_size=30),
)
MOMENTS = st.floats(-HOUR, 10 * HOUR)
STRETCHES = st.lists(st.tuples(MOMENTS, st.one_of(st.none(), MOMENTS)), max_size=6).map(tuple)
ROWS = st.builds(
    TimelineRow, NAMES, st.just("●"), NAMES, st.just("ready"), STRETCHES,
    st.sampled_from(["", "4:20:32", "–"]), st.sampled_from(["", "85 %", "100 %"]),
    st.booleans(), st.booleans(),
)  # fmt: skip


def clock(at: float) -> str:
    """Hours and minutes since the start."""
    return f"{int(at // 3600):02}:{int(at % 3600 // 60):02}"


def row(*stretches: tuple[float, float | None]) -> TimelineRow:
    """One state."""
    return TimelineRow("ready", "●", "ready", "ready", stretches, "1:00:00", "12 %")


@given(
    st.lists(ROWS, max_size=12), st.integers(1, 320), st.integers(1, 20),
    st.lists(st.tuples(MOMENTS, MOMENTS), max_size=2), st.one_of(st.none(), MOMENTS),
)  # fmt: skip
@settings(deadline=None)
def test_every_line_is_as_wide_as_the_panel(
    rows: list[TimelineRow],
    width: int,
    height: int,
    gaps: list[tuple[float, float]],
    mark: float | None,
) -> None:
    """Whatever names and times there are, and however small it is."""
    span = TimelineSpan(0, 8 * HOUR, 6 * HOUR, tuple(gaps), mark)
    picture = draw_timeline(rows, span, width, height, clock, "Nothing.")
    assert len(picture.lines) == height
    assert {cells_of(line) for line in picture.lines} == {width}
    assert "\x1b" not in "".join(map(text_of, picture.lines))


@given(st.floats(0, 6 * HOUR - 1))
def test_a_second_of_a_state_is_seen(start: float) -> None:
    """The shortest stretch has a cell that is not empty."""
    (_, line) = draw_timeline([row((start, start + 1))], SPAN, 80, 2, clock).lines
    assert any(height in text_of(line) for height in "▁▂▃▄▅▆▇█")


def test_a_cell_is_as_high_as_its_share() -> None:
    """Half of each hour of the eight is half a cell high; what is to come is blank."""
    halves = tuple((hour * HOUR, (hour + 0.5) * HOUR) for hour in range(6))
    width = 8 + 5 + 5 + 8 + 5 + 4
    text = text_of(draw_timeline([row(*halves)], SPAN, width, 2, clock).lines[1])
    assert "▄▄▄▄▄▄" in text
    whole = text_of(draw_timeline([row((0, None))], SPAN, width, 2, clock).lines[1])
    assert "██████┊" in whole or "██████ " in whole


def test_a_gap_is_hatched_and_a_moment_is_pointed_at() -> None:
    """The gap is where nothing is known; ▼ stands on the axis."""
    span = TimelineSpan(0, 8 * HOUR, 6 * HOUR, ((2 * HOUR, 3 * HOUR),), 4 * HOUR)
    axis, line = map(text_of, draw_timeline([row((0, HOUR))], span, 80, 2, clock).lines)
    assert "╱" in line
    assert "▼" in axis
    outside = TimelineSpan(0, 8 * HOUR, 6 * HOUR, ((-9.0, -8.0),), 9 * HOUR)
    axis, line = map(text_of, draw_timeline([row((0, HOUR))], outside, 80, 2, clock).lines)
    assert "╱" not in line
    assert "▼" not in axis


def test_what_does_not_fit_is_counted() -> None:
    """Rows are left out whole, and it says how many."""
    rows = [row((0, HOUR))] * 6
    lines = [text_of(line) for line in draw_timeline(rows, SPAN, 80, 4, clock).lines]
    assert sum("ready" in line for line in lines) == 2
    assert "+ 4 states" in lines[-1]
