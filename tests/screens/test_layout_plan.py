"""Where the panels of the floor stand, for any layout, size and number of things to show."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.geometry import Region

from wallboard.config.layout import PANELS
from wallboard.screens.floor_lines import Filled
from wallboard.screens.floor_plan import CALLERS, IDS, plan

layouts = st.lists(st.sampled_from(PANELS), min_size=1, unique=True).map(tuple)
much = st.builds(
    lambda queues, agents, signed_in, alarms, calling, standing_out, quiet: Filled(
        queues, agents, min(agents, signed_in), alarms, min(queues, calling),
        min(agents, signed_in, standing_out), min(alarms or 0, quiet),
    ),
    st.integers(0, 60),
    st.integers(0, 600),
    st.integers(0, 600),
    st.none() | st.integers(0, 40),
    st.integers(0, 60),
    st.integers(0, 60),
    st.integers(0, 40),
)  # fmt: skip
FULL = Filled(6, 64, 50, 3)


def shown(width: int, height: int, *panels: str) -> set[str]:
    """The panels that have a place."""
    found = plan(width, height, FULL, panels or PANELS)
    return {name for name in PANELS if IDS[name] in found}


@given(st.integers(80, 400), st.integers(2, 120), much, layouts)
def test_panels_stand_within_the_floor_and_apart(
    width: int, height: int, filled: Filled, panels: tuple[str, ...]
) -> None:
    """Nothing overlaps, nothing is cut, and only what the layout names is there."""
    regions = plan(width, height, filled, panels)
    allowed = {IDS[name] for name in panels} | {f"rule-{name}" for name in panels}
    allowed |= {CALLERS} if "queues" in panels else set()
    assert set(regions) <= allowed
    for region in regions.values():
        assert Region(0, 0, width, height).contains_region(region)
        assert region.width > 0
        assert region.height > 0
    for one, other in combinations(regions.values(), 2):
        assert not one.intersection(other)


@given(st.integers(80, 400), st.integers(24, 120), much, layouts)
def test_whatever_the_layout_no_line_is_left_empty(
    width: int, height: int, filled: Filled, panels: tuple[str, ...]
) -> None:
    """The panels fill the floor down to its end; rates alone know no more to say."""
    regions = plan(width, height, filled, panels)
    if set(panels) - {"rates", *(("alarms",) if filled.alarms is None else ())}:
        assert max(region.bottom for region in regions.values()) == height


def lines_in(regions: dict[str, Region], panel: str) -> int:
    """How many lines a panel has, none where it is not shown."""
    region = regions.get(IDS[panel])
    return 0 if region is None else region.height


@given(st.integers(80, 400), st.integers(2, 120), much)
def test_no_panel_is_cut_while_one_that_goes_before_it_has_lines_to_give(
    width: int, height: int, filled: Filled
) -> None:
    """The histogram, agents down to counts, rates, counts, queues; alarms last, at any size."""
    regions = plan(width, height, filled)
    lines = {name: lines_in(regions, name) for name in PANELS}
    is_narrow = width < 110
    hours = regions.get("hours")
    alarms, loud = filled.alarms, (filled.alarms or 0) - max(0, filled.quiet_alarms - 1)
    if alarms is not None and lines["alarms"] < 1 + alarms:
        # Nothing stands above or below them that could stand elsewhere.
        assert hours is None or hours.x != regions["alarms"].x
        assert lines["agents"] <= 1
        assert lines["rates"] <= 1
        if lines["alarms"] < 1 + loud:
            assert lines["agents"] == lines["rates"] == 0
            assert not is_narrow or lines["queues"] == 0
    if lines["queues"] < 1 + max(1, filled.queues):
        assert hours is None or hours.x != regions["queues"].x or hours.width != width
        assert lines["agents"] <= 1
        assert lines["rates"] <= 1
        called = min(filled.queues, filled.calling + 1)
        if lines["queues"] < 1 + called:
            assert lines["agents"] == lines["rates"] == 0
    if lines["rates"] < 2:
        assert lines["agents"] <= 1
        assert not is_narrow or hours is None
    if 0 < lines["agents"] < 2 and filled.standing_out:
        assert not is_narrow or hours is None


def test_at_the_least_size_alarms_and_queues_are_seen_whole() -> None:
    """Eight alarms and nine queues leave the counts and a line of rates, and no histogram."""
    for height in (22, 21):
        regions = plan(80, height, Filled(9, 64, 50, 8, 5, 6))
        assert lines_in(regions, "alarms") == 9
        assert lines_in(regions, "queues") == 10
        assert lines_in(regions, "agents") == 1
        assert lines_in(regions, "rates") == height - 20
        assert lines_in(regions, "histogram") == 0


def test_queues_that_call_for_somebody_go_before_the_rates_and_quiet_ones_after() -> None:
    """Sixty queues without a caller leave the rates a line; thirty with callers take it."""
    assert lines_in(plan(80, 21, Filled(60, 64, 50, 0)), "rates") == 1
    assert lines_in(plan(80, 21, Filled(60, 64, 50, 0, calling=30)), "rates") == 0


def test_alarms_that_somebody_sees_to_are_counted_before_the_rates_go() -> None:
    """Forty that nobody has acknowledged take all there is."""
    assert lines_in(plan(80, 21, Filled(6, 64, 50, 40)), "rates") == 0
    assert lines_in(plan(80, 21, Filled(6, 64, 50, 40, quiet_alarms=40)), "rates") == 1


@pytest.mark.parametrize("width", [80, 160])
def test_panels_go_in_their_order_where_room_is_short(width: int) -> None:
    """First the histogram, then agents but their counts, the rates, the queues; alarms never."""
    gone: list[str] = []
    counts_at = 0
    for height in range(24, 0, -1):
        regions = plan(width, height, FULL)
        for name in PANELS:
            if IDS[name] not in regions and name not in gone:
                gone.append(name)
        if regions.get("agents") and regions["agents"].height == 1 and not counts_at:
            counts_at = len(gone)
    # Side by side with the alarms the queues have a line as long as those have one.
    assert gone == ["histogram", "rates", "agents", *(["queues"] if width < 110 else [])]
    assert counts_at == 1


@pytest.mark.parametrize("size", [(80, 21), (120, 37), (160, 42), (300, 77)])
def test_all_panels_have_room_at_every_size_that_is_promised(size: tuple[int, int]) -> None:
    """From 80x24 on, less the lines around the floor."""
    assert shown(*size) == set(PANELS)


def test_on_a_large_screen_no_hole_stands_between_the_panels() -> None:
    """Rates take free lines for large digits, hours no more than they may; the rest is the foot."""
    regions = plan(300, 77, FULL)
    assert lines_in(regions, "rates") == 8
    assert lines_in(regions, "queues") == 13
    assert lines_in(regions, "histogram") == 24
    assert regions["rule-agents"].y == regions["hours"].bottom
    assert lines_in(plan(200, 60, FULL), "rates") == 6
    assert lines_in(plan(160, 42, FULL), "rates") == 4


def test_a_narrow_floor_has_its_panels_in_the_order_of_the_layout() -> None:
    """One below another."""
    panels = ("alarms", "agents", "histogram", "queues", "rates")
    regions = plan(80, 40, FULL, panels)
    tops = [regions[IDS[name]].y for name in panels]
    assert tops == sorted(tops)


def test_a_wide_floor_has_the_small_panels_on_the_side_that_the_layout_names_them() -> None:
    """Before the queues on the left, after them on the right; alarms over or under the hours."""
    usual = plan(160, 37, FULL)
    assert usual["hours"].x == usual["alarms"].x == usual["queues"].right + 1
    assert usual["hours"].y < usual["alarms"].y
    other = plan(160, 33, FULL, ("alarms", "histogram", "queues", "agents"))
    assert other["hours"].x == other["alarms"].x == 0
    assert other["alarms"].y < other["hours"].y
    assert other["queues"].right == 160


def test_lines_that_the_queues_leave_free_are_the_histogram_s() -> None:
    """As wide as the floor under few alarms, in the queues' column under many."""
    few = plan(160, 42, FULL)
    assert few["queues"].height == 7
    assert (few["alarms"].height, few[CALLERS].height) == (4, 3)
    assert few["hours"].width == 160
    assert few["hours"].y == few["queues"].bottom
    many = plan(160, 42, Filled(6, 64, 50, 12))
    lines = many["queues"].height + many["hours"].height
    assert (many["alarms"].height, many[CALLERS].height) == (13, lines - 13)
    assert many["hours"].x == many["queues"].x
    above = plan(160, 42, FULL, ("rates", "histogram", "queues", "agents", "alarms"))
    assert above["hours"].bottom == above["queues"].y


def test_the_small_panels_stand_beside_the_agents_where_there_are_no_queues() -> None:
    """On a wide floor."""
    beside_agents = plan(160, 40, FULL, ("agents", "histogram"))
    assert beside_agents["hours"].y == beside_agents["agents"].y


def test_without_alarms_their_panel_is_one_line() -> None:
    """It says that there are none, and leaves the room to the others."""
    assert plan(80, 30, Filled(6, 64, 50, 0))["alarms"].height == 1
    assert plan(160, 34, Filled(6, 64, 50, 0))["alarms"].height == 1
