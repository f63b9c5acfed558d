"""Where the panels of the floor stand, for any layout, size and number of things to show."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.geometry import Region

from wallboard.config.layout import PANELS
from wallboard.screens.floor_plan import IDS, Filled, plan

layouts = st.lists(st.sampled_from(PANELS), min_size=1, unique=True).map(tuple)
much = st.builds(
    lambda queues, agents, signed_in, alarms: Filled(
        queues, agents, min(agents, signed_in), alarms
    ),
    st.integers(0, 60),
    st.integers(0, 600),
    st.integers(0, 600),
    st.none() | st.integers(0, 40),
)
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
    assert gone == ["histogram", "rates", "agents", "queues"]
    assert counts_at == 1


@pytest.mark.parametrize("size", [(80, 21), (120, 37), (160, 42), (300, 77)])
def test_all_panels_have_room_at_every_size_that_is_promised(size: tuple[int, int]) -> None:
    """From 80x24 on, less the lines around the floor."""
    assert shown(*size) == set(PANELS)


def test_a_narrow_floor_has_its_panels_in_the_order_of_the_layout() -> None:
    """One below another."""
    panels = ("alarms", "agents", "histogram", "queues", "rates")
    regions = plan(80, 40, FULL, panels)
    tops = [regions[IDS[name]].y for name in panels]
    assert tops == sorted(tops)


def test_a_wide_floor_has_the_small_panels_on_the_side_that_the_layout_names_them() -> None:
    """Before the queues on the left, after them on the right; alarms over or under the hours."""
    usual = plan(160, 40, FULL)
    assert usual["hours"].x == usual["alarms"].x == usual["queues"].right + 1
    assert usual["hours"].y < usual["alarms"].y
    other = plan(160, 40, FULL, ("alarms", "histogram", "queues", "agents"))
    assert other["hours"].x == other["alarms"].x == 0
    assert other["alarms"].y < other["hours"].y
    assert other["queues"].right == 160
    beside_agents = plan(160, 40, FULL, ("agents", "histogram"))
    assert beside_agents["hours"].y == beside_agents["agents"].y


def test_without_alarms_their_panel_is_one_line() -> None:
    """It says that there are none, and leaves the room to the others."""
    assert plan(80, 30, Filled(6, 64, 50, 0))["alarms"].height == 1
    assert plan(160, 40, Filled(6, 64, 50, 0))["alarms"].height == 1
