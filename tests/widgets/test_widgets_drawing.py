"""Every panel draws exact lines at any size, whatever its values hold."""

import math
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from widgets.agents import draw_agents
from widgets.banner import Freshness, Trust, draw_banner
from widgets.big import BigValue, draw_bigs
from widgets.funnel import Stage, draw_funnel
from widgets.headline import Rate, draw_headline
from widgets.histogram import Hour, draw_histogram
from widgets.lanes import Lane, LaneMark, Phase, Stretch, draw_lanes
from widgets.large_rows import LargeRow, draw_large_rows
from widgets.paint import Picture, cells_of, page, text_of
from widgets.queues import QueueRow, draw_queues
from widgets.sparkline import spark
from widgets.status import Level
from widgets.table import Column, Row, draw_heading, draw_row, layout
from widgets.tiles import AgentState, AgentTile
from widgets.wall_heading import draw_wall_heading

HOSTILE = [
    "[/]", "[bold]x", "\x1b]52;c;aGk=\x07", "x" * 10_000, "العربية 42", "שלום", "漢字" * 30,
    "👩‍👩‍👧‍👦 family", "\u202eevil", "", "a\nb", "\ud800", "e\u0301" * 50,
]  # fmt: skip
NAMES = st.one_of(st.sampled_from(HOSTILE), st.text(max_size=30))
LEVELS = st.sampled_from(Level)
SECONDS = st.one_of(st.none(), st.floats(0, 1e6))
COUNTS = st.one_of(st.none(), st.integers(0, 10**7))
SHARES = st.one_of(st.none(), st.floats(0, 1))
FIGURES = st.sampled_from(["92.1 %", "4", "1:02:03", "–", "1,204*", "2h01"])
SIZES = st.tuples(st.integers(1, 200), st.integers(1, 30))
TIMES = st.floats(1.6e9, 1.6e9 + 5000)

RATES = st.builds(Rate, NAMES, NAMES, NAMES, NAMES, NAMES, NAMES, NAMES, LEVELS, st.booleans())
QUEUES = st.builds(
    QueueRow, key=NAMES, name=NAMES, waiting=COUNTS, longest=SECONDS,
    waits=st.lists(st.floats(0, 1e5), max_size=5).map(tuple), target=SECONDS,
    service_level=SHARES, asa=SECONDS, abandoned=COUNTS, ready=COUNTS, busy=COUNTS, paused=COUNTS,
    level=LEVELS, longest_level=LEVELS, service_level_level=LEVELS, gap=st.booleans(),
)  # fmt: skip
TILES = st.builds(
    AgentTile, NAMES, NAMES, st.sampled_from(AgentState), st.one_of(st.none(), TIMES), NAMES,
    SECONDS, LEVELS, st.booleans(),
)  # fmt: skip
HOURS = st.builds(
    Hour, st.sampled_from(["00", "23", "02a", "", "14:00"]), COUNTS, COUNTS, SECONDS,
    st.booleans(), st.booleans(),
)  # fmt: skip
STRETCHES = st.builds(
    Stretch, st.sampled_from(Phase), TIMES, st.one_of(st.none(), TIMES), NAMES
)  # fmt: skip
BIGS = st.builds(
    BigValue, NAMES, st.one_of(NAMES, FIGURES), LEVELS, NAMES,
    st.lists(NAMES, max_size=2).map(tuple), NAMES, st.booleans(),
)  # fmt: skip
LARGE_ROWS = st.builds(
    LargeRow, NAMES, st.lists(st.one_of(NAMES, FIGURES), max_size=3).map(tuple), LEVELS,
    st.lists(LEVELS, max_size=3).map(tuple), st.lists(NAMES, max_size=4).map(tuple),
)  # fmt: skip
TRUSTS = st.builds(Trust, st.sampled_from(Freshness), SECONDS, NAMES, NAMES, NAMES)
LANES = st.builds(
    Lane, NAMES, NAMES, st.lists(STRETCHES, max_size=4).map(tuple), st.one_of(st.none(), TIMES),
    NAMES, st.lists(st.builds(LaneMark, TIMES, NAMES), max_size=2).map(tuple),
)  # fmt: skip


def assert_exact(picture: Picture, width: int, height: int) -> None:
    """Check that a picture fills its panel, no more and no less, with nothing a terminal obeys."""
    assert len(picture.lines) == height
    for line in picture.lines:
        assert cells_of(line) == width
        assert text_of(line).isprintable() or "\u2800" in text_of(line)
        assert not any(ord(letter) < 32 or 0x7F <= ord(letter) < 0xA0 for letter in text_of(line))
    for spot in picture.spots.values():
        assert spot.x >= 0
        assert spot.right <= width
        assert spot.y >= 0
        assert spot.bottom <= height


def up_to(strategy: st.SearchStrategy[object], most: int) -> st.SearchStrategy[list[object]]:
    """Return lists that are often empty or long."""
    return st.one_of(st.lists(strategy, max_size=4), st.lists(strategy, max_size=most))


PANELS: dict[str, tuple[st.SearchStrategy[list[object]], Callable[..., Picture]]] = {
    "headline": (up_to(RATES, 9), draw_headline),
    "queues": (up_to(QUEUES, 12), draw_queues),
    "agents": (
        up_to(TILES, 40),
        lambda tiles, width, height, empty: draw_agents(
            tiles, 1.6e9 + 2500, width, height, empty=empty, note="sorted by attention"
        ),
    ),
    "histogram": (
        up_to(HOURS, 25),
        lambda hours, width, height, empty: draw_histogram(
            hours, width, height, "CALLS BY HOUR", empty
        ),
    ),
    "funnel": (
        up_to(st.builds(Stage, NAMES, NAMES, COUNTS, SHARES, NAMES), 12),
        draw_funnel,
    ),
    "big": (
        up_to(BIGS, 7),
        lambda values, width, height, _: draw_bigs(
            values, width, height, width % 4, 1 + height % 5
        ),
    ),
    "large rows": (
        up_to(LARGE_ROWS, 9),
        lambda rows, width, height, calm: draw_large_rows(
            rows,
            width,
            height,
            scale=1 + width % 3,
            title="QUEUES",
            headings=("waiting", "for"),
            noun="queue",
            calm=calm,
        ),
    ),
    "wall heading": (
        st.lists(TRUSTS, min_size=1, max_size=1),
        lambda trusts, width, height, title: Picture(
            page(draw_wall_heading(trusts[0], title, "14:05", width, height % 4), width, height)
        ),
    ),
    "lanes": (
        up_to(LANES, 8),
        lambda lanes, width, height, empty: draw_lanes(
            lanes, 1.6e9 + 2500, width, height, None, empty
        ),
    ),
}


@pytest.mark.parametrize("name", PANELS)
@settings(max_examples=120, deadline=None)
@given(data=st.data(), size=SIZES)
def test_panels_fill_their_size_exactly(
    name: str, data: st.DataObject, size: tuple[int, int]
) -> None:
    """Any values, any size from one cell up: exact lines, safe characters, spots inside."""
    values, draw = PANELS[name]
    assert_exact(draw(data.draw(values), *size, "Nothing has been defined yet."), *size)


@given(st.sampled_from(Freshness), SECONDS, NAMES, NAMES, st.sampled_from(["", "14:05:32 EST"]),
       st.integers(1, 200))  # fmt: skip
def test_banner_is_exact(
    freshness: Freshness, age: float | None, detail: str, title: str, clock: str, width: int
) -> None:
    """The banner is one exact line at any width."""
    line = draw_banner(Trust(freshness, age, detail, title, clock), width)
    assert_exact(Picture((line,)), width, 1)


@given(st.lists(NAMES, max_size=6), st.lists(st.tuples(st.integers(1, 30), st.integers(0, 3),
       st.integers(0, 5)), min_size=1, max_size=6), st.integers(1, 200),
       st.booleans())  # fmt: skip
def test_table_lines_are_exact(
    cells: list[str], sizes: list[tuple[int, int, int]], width: int, marked: bool
) -> None:
    """Rows with too few or too many cells, columns too wide: the line is exact all the same."""
    columns = [
        Column(f"c{n}", width, "left", grow, priority)
        for n, (width, grow, priority) in enumerate(sizes)
    ]
    placed = layout(columns, width)
    assert placed
    lines = page(
        [
            draw_heading(columns, placed, width, 0),
            draw_row(Row("k", tuple(cells)), columns, placed, width, marked),
            draw_row(None, columns, placed, width, marked),
        ],
        width,
        3,
    )
    assert_exact(Picture(lines), width, 3)
    if width > 40:
        assert sum(size for _, size in placed) + 3 + 2 * (len(placed) - 1) <= width


@given(st.lists(st.one_of(st.none(), st.floats(-1e9, 1e9)), max_size=300), st.integers(0, 120))
def test_sparkline_is_exact(values: list[float | None], cells: int) -> None:
    """As many cells as asked for, whatever the values."""
    assert len(spark(values, cells)) == cells


def test_sparkline_shape() -> None:
    """The lowest is low, the highest is high, the missing is neither."""
    assert spark([0, 6, None, 3], 4) == "▁▇·▄"
    assert spark([5, 5], 4) == "  ▁▁"
    assert spark([0, 0, 8, 8], 2) == "▁▇"
    assert math.isclose(len(spark(range(1000), 10)), 10)
