"""Days and hours agree with what a clock on the wall shows, minute by minute."""

from datetime import date, datetime, time, timedelta
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wallboard.reporting_time import Calendar

MINUTE = 60_000
EPOCH = datetime.fromisoformat("1970-01-01")
FIRST, LAST = datetime.fromisoformat("2000-01-03"), datetime.fromisoformat("2100-01-01")
STARTS = (time(0), time(6), time(2, 30))
CHANGES = {
    "America/New_York": (date(2026, 3, 8), date(2026, 11, 1)),
    "Europe/Berlin": (date(2026, 3, 29), date(2026, 10, 25)),
    "Australia/Lord_Howe": (date(2026, 4, 5), date(2026, 10, 4)),
    "Asia/Kolkata": (date(2026, 6, 1),),
    # Until 2011 this clock changed one minute after midnight, back into the day before.
    "America/St_Johns": (date(2009, 11, 1), date(2010, 3, 14), date(2026, 11, 1)),
    "America/Sao_Paulo": (date(2018, 2, 18), date(2018, 11, 4)),
    "Pacific/Apia": (date(2011, 12, 30), date(2012, 4, 1)),
    "Asia/Pyongyang": (date(2015, 8, 15), date(2018, 5, 5)),
    "Asia/Gaza": (date(2010, 3, 27),),
    "America/Havana": (date(2026, 3, 8), date(2026, 11, 1)),
    "UTC": (date(2026, 1, 1),),
}
DAYS = [(zone, day, starts) for zone, days in CHANGES.items() for day in days for starts in STARTS]


@cache
def calendar(zone: str, starts: time) -> Calendar:
    """Return one calendar per zone and start of day, so that tests also share what it remembers."""
    return Calendar(zone, starts)


def walk(zone: str, starts: time, around: date) -> list[tuple[int, datetime, date, int]]:
    """Return (instant, wall clock, day, hour start) of each minute of five days, by counting.

    Walking on, a new day begins when the clock first reaches its start; a new hour when the hour
    shown or the offset changes, or the day does. It knows nothing of folds and gaps.
    """
    reader = Calendar(zone, starts)
    first = reader.instant(datetime.combine(around - timedelta(days=3), time(12)))
    reached = date.min
    hour_start, before = 0, None
    steps = []
    for ms in range(first, first + 6 * 24 * 60 * MINUTE, MINUTE):
        wall = reader.local(ms)
        naive = wall.replace(tzinfo=None)
        shifted = naive - timedelta(hours=starts.hour, minutes=starts.minute)
        reached = max(reached, shifted.date())
        now = (wall.hour, wall.utcoffset(), reached)
        if now != before:
            hour_start, before = ms, now
        steps.append((ms, naive, reached, hour_start))
    return steps[24 * 60 :]


@pytest.mark.parametrize(("zone", "day", "starts"), DAYS)
def test_every_minute_around_a_change(zone: str, day: date, starts: time) -> None:
    """The day and the hour of each minute, and of its last millisecond, are those counted."""
    read = calendar(zone, starts)
    for ms, wall, of_day, hour_start in walk(zone, starts, day):
        for instant in (ms, ms + MINUTE - 1):
            assert read.day_of(instant) == of_day, wall
            assert read.hour_start(instant) == hour_start, wall


@pytest.mark.parametrize(("zone", "day", "starts"), DAYS)
def test_hours_fill_the_day(zone: str, day: date, starts: time) -> None:
    """Hours follow each other from the day's start to its end, each with the label of its clock."""
    read = calendar(zone, starts)
    for today in (day - timedelta(days=1), day, day + timedelta(days=1)):
        start, end = read.day_bounds(today)
        hours = read.hours_of(today)
        assert [hour.start_ms for hour in hours] == [start, *(h.end_ms for h in hours)][
            : len(hours)
        ]
        assert not hours or hours[-1].end_ms == end
        for hour in hours:
            assert hour.start_ms < hour.end_ms
            assert read.hour_start(hour.start_ms) == hour.start_ms
            assert read.hour_start(hour.end_ms - 1) == hour.start_ms
            assert read.day_of(hour.start_ms) == read.day_of(hour.end_ms - 1) == today
            assert {read.local(ms).hour for ms in (hour.start_ms, hour.end_ms - 1)} == {
                int(hour.label)
            }


@settings(max_examples=300)
@given(
    st.sampled_from(sorted(CHANGES)),
    st.sampled_from(STARTS),
    st.datetimes(FIRST, LAST),
)
def test_any_instant_lies_in_its_day_and_hour(zone: str, starts: time, utc: datetime) -> None:
    """Bounds contain the instant; days join; the day is the clock's date less the day's start."""
    read = calendar(zone, starts)
    ms = (utc - EPOCH) // timedelta(milliseconds=1)
    day = read.day_of(ms)
    start, end = read.day_bounds(day)
    assert start <= read.hour_start(ms) <= ms < end
    assert read.day_bounds(day + timedelta(days=1))[0] == end
    assert read.day_of(start) == day
    assert ms - read.hour_start(ms) < 60 * MINUTE
    shown = read.local(ms).replace(tzinfo=None)
    shifted = shown - timedelta(hours=starts.hour, minutes=starts.minute)
    assert day - shifted.date() in {timedelta(0), timedelta(days=1)}
    assert day == shifted.date() or read.local(ms).fold == 1


@settings(max_examples=50)
@given(
    st.sampled_from(sorted(CHANGES)),
    st.lists(st.integers(1_262_304_000_000, 1_893_456_000_000), min_size=1, max_size=20),
)
def test_what_was_asked_before_changes_nothing(zone: str, instants: list[int]) -> None:
    """Answers do not depend on what the calendar has remembered."""
    warm = calendar(zone, time(2, 30))
    for ms in instants:
        cold = Calendar(zone, time(2, 30))
        assert (warm.day_of(ms), warm.hour_start(ms)) == (cold.day_of(ms), cold.hour_start(ms))
