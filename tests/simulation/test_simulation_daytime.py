"""Whenever a demo is started, it is mid-morning of a working day in its center."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wallboard.simulation.blocks import block_at, block_of
from wallboard.simulation.daytime import working_now
from wallboard.simulation.hours import STAFFED, Hours

SECONDS = st.integers(1_700_000_000, 1_900_000_000)


@given(SECONDS)
def test_it_is_mid_morning(seconds: int) -> None:
    """By the clock of the zone, and the day has its full staff and nearly its peak of arrivals."""
    at = seconds * 1_000
    where = working_now(at)
    local = datetime.fromtimestamp(seconds, ZoneInfo(where.time_zone))
    assert local.hour == 10
    assert (local.weekday() + where.week_shift) % 7 < 5
    assert where.week_shift == 0 or local.weekday() >= 5
    block = block_at(at, where.time_zone)
    hours = Hours(block, where.week_shift)
    assert hours.staffed == 1.0
    assert hours.arrivals((at - block.begins) / 1000) > 0.85
    assert hours.may_dial((at - block.begins) / 1000)


@pytest.mark.parametrize("shift", range(-6, 7))
def test_the_week_is_moved(shift: int) -> None:
    """Every day is as busy as the one so many days on; no shift is the usual week."""
    for day in range(7):
        monday = date(2026, 11, 16)
        moved = Hours(block_of(monday + timedelta(days=day), "UTC"), shift)
        usual = Hours(block_of(monday + timedelta(days=(day + shift) % 7), "UTC"))
        assert moved.staffed == usual.staffed == STAFFED[(day + shift) % 7]
        assert moved.arrivals(36_000) == usual.arrivals(36_000)
