"""Periods as people write them, and sentences for what names none."""

from datetime import date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wallboard.reporting_time import Calendar, Period, PeriodError

NEW_YORK = Calendar("America/New_York")
NOW = NEW_YORK.instant(datetime.fromisoformat("2026-11-22T14:05"))


def period(since: str | None, until: str | None) -> Period:
    """Return the period in New York, as of 22 November 2026."""
    return NEW_YORK.period(since, until, NOW)


def written(since: str | None, until: str | None) -> tuple[str, str, int]:
    """Return start, end and the number of days of a period."""
    found = period(since, until)
    start, end = (NEW_YORK.format_time(ms, seconds=False) for ms in (found.start_ms, found.end_ms))
    return start, end, len(found.days)


def test_both_days_are_included() -> None:
    """The first to the thirtieth is November, its first day being an hour longer."""
    assert written("2026-11-01", "2026-11-30") == (
        "2026-11-01T00:00-04:00",
        "2026-12-01T00:00-05:00",
        30,
    )


def test_what_is_left_out() -> None:
    """Today by default; up to today without an end; one day without a start."""
    assert period(None, None).days == (date(2026, 11, 22),)
    assert period("", "") == period(None, None)
    assert written("2026-11-20", None)[1:] == ("2026-11-23T00:00-05:00", 3)
    assert period(None, "2026-11-03").days == (date(2026, 11, 3),)


@pytest.mark.parametrize(
    ("since", "until", "expected"),
    [
        (
            "2026-11-01T14:00",
            "2026-11-02",
            ("2026-11-01T14:00-05:00", "2026-11-03T00:00-05:00", 2),
        ),
        (
            "2026-11-01",
            "2026-11-01T14:00",
            ("2026-11-01T00:00-04:00", "2026-11-01T14:00-05:00", 1),
        ),
        (
            "2026-11-01 00:30",
            "2026-11-01T02:00:00",
            ("2026-11-01T00:30-04:00", "2026-11-01T02:00-05:00", 1),
        ),
        (
            "2026-11-01T01:30-05:00",
            "2026-11-01T08:00Z",
            ("2026-11-01T01:30-05:00", "2026-11-01T03:00-05:00", 1),
        ),
        (None, "2026-11-03T00:00", ("2026-11-02T00:00-05:00", "2026-11-03T00:00-05:00", 1)),
    ],
)
def test_either_may_be_a_time(
    since: str | None, until: str, expected: tuple[str, str, int]
) -> None:
    """A time as the end is not in the period; days touched in part are among its days."""
    assert written(since, until) == expected


def test_shift_days() -> None:
    """Days start when the calendar's do."""
    calendar = Calendar("UTC", time(6))
    found = calendar.period("2026-11-01", "2026-11-01", 0)
    assert calendar.format_clock(found.start_ms) == "06:00:00"
    assert found.days == (date(2026, 11, 1),)
    early = calendar.instant(datetime.fromisoformat("2026-11-02T05:59"))
    assert calendar.period(None, None, early) == found


def test_a_date_that_a_zone_skipped() -> None:
    """It is no day of a period, and alone it is none."""
    apia = Calendar("Pacific/Apia")
    assert apia.period("2011-12-29", "2011-12-31", 0).days == (
        date(2011, 12, 29),
        date(2011, 12, 31),
    )
    with pytest.raises(PeriodError, match="not after --from, 2011-12-30"):
        apia.period("2011-12-30", "2011-12-30", 0)


@pytest.mark.parametrize(
    ("since", "until", "sentence"),
    [
        ("yesterday", None, "--from is “yesterday” where a day such as 2026-11-01 or a time such"),
        ("2026-13-01", None, "--from is “2026-13-01”, which is in no calendar or on no clock."),
        (None, "2026-11-01T25:00", "--to is “2026-11-01T25:00”, which is in no calendar"),
        (None, "2026-11-01T14", "--to is “2026-11-01T14” where a day such as"),
        ("0001-01-01", None, "--from is “0001-01-01” where a year from 2000 to 2100 is expected."),
        ("9999-12-31", "9999-12-31", "--to is “9999-12-31” where a year from 2000 to 2100"),
        ("\x1b[2J", None, "--from is “\\u001b[2J” where a day"),
        ("2026-12-01", None, "--from is 2026-12-01, and without --to the period ends with today,"),
        ("2026-11-02", "2026-11-01", "--to is 2026-11-01, which is not after --from, 2026-11-02"),
        ("2026-11-02T10:00", "2026-11-02T10:00", "--to is 2026-11-02T10:00, which is not after"),
    ],
)
def test_what_is_no_period(since: str | None, until: str | None, sentence: str) -> None:
    """The sentence names the option, what was given, and what was expected."""
    with pytest.raises(PeriodError) as caught:
        period(since, until)
    assert str(caught.value).startswith(sentence)
    assert str(caught.value).endswith(".")


@given(st.text(), st.text())
def test_any_text_is_a_period_or_a_sentence(since: str, until: str) -> None:
    """Nothing else is raised."""
    try:
        found = period(since, until)
    except PeriodError as error:
        sentence = str(error)
    else:
        sentence = "."
        assert found.start_ms < found.end_ms
    assert sentence.endswith(".")


@given(st.dates(date(2000, 1, 2), date(2100, 12, 30)), st.integers(0, 60))
def test_days_cover_the_period(first: date, more: int) -> None:
    """The period is its days, one after the other."""
    last = min(first + timedelta(days=more), date(2100, 12, 31))
    found = period(first.isoformat(), last.isoformat())
    bounds = [NEW_YORK.day_bounds(day) for day in found.days]
    assert found.days[0] == first
    assert found.days[-1] == last
    assert (bounds[0][0], bounds[-1][1]) == (found.start_ms, found.end_ms)
    assert all(one[1] == other[0] for one, other in pairwise(bounds))
