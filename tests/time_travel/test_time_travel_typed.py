"""Moments as somebody types them: what is understood, what is refused, what is ambiguous."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wallboard.reporting_time import Calendar, PeriodError
from wallboard.reporting_time.typed import in_full, typed_moment

ZONE = ZoneInfo("America/New_York")
CALENDAR = Calendar("America/New_York")


def ms(*parts: int, fold: int = 0) -> int:
    """The instant of a time of the clock in New York."""
    year, month, day, hour, minute, second = (*parts, 0, 0, 0)[:6]
    moment = datetime(year, month, day, hour, minute, second, tzinfo=ZONE, fold=fold)
    return round(moment.timestamp() * 1_000)


NOW = ms(2026, 11, 20, 15, 30)


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("14:05", ms(2026, 11, 20, 14, 5)),
        ("14:05:30", ms(2026, 11, 20, 14, 5, 30)),
        (" 9:00 ", ms(2026, 11, 20, 9)),
        ("yesterday 14:05", ms(2026, 11, 19, 14, 5)),
        ("Yesterday  23:59:59", ms(2026, 11, 19, 23, 59, 59)),
        ("today 00:00", ms(2026, 11, 20)),
        ("2026-11-18 14:05:30", ms(2026, 11, 18, 14, 5, 30)),
        ("2026-11-18T14:05", ms(2026, 11, 18, 14, 5)),
        ("2026-11-18T14:05Z", ms(2026, 11, 18, 9, 5)),
        ("2026-11-18", ms(2026, 11, 18)),
    ],
)
def test_what_is_understood(text: str, at: int) -> None:
    """Times, with a word or a date before them."""
    typed = typed_moment(CALENDAR, text, NOW)
    assert (typed.at, typed.said) == (at, "")


def test_a_time_alone_is_of_the_day_that_is_looked_at() -> None:
    """But yesterday and today are those of the clock."""
    shown = ms(2026, 11, 3, 8)
    assert typed_moment(CALENDAR, "23:00", NOW, shown).at == ms(2026, 11, 3, 23)
    assert typed_moment(CALENDAR, "yesterday 23:00", NOW, shown).at == ms(2026, 11, 19, 23)
    assert typed_moment(CALENDAR, "today 12:00", NOW, shown).at == ms(2026, 11, 20, 12)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "A time such as 14:05, yesterday 14:05, 2026-11-20 14:05:30 is expected."),
        ("noon", "“noon” is not understood: a time such as 14:05"),
        ("14.05", "“14.05” is not understood"),
        ("25:00", "“25:00” is on no clock."),
        ("12:60", "“12:60” is on no clock."),
        ("tomorrow 10:00", "is not understood"),
        ("2026-13-01 10:00", "in no calendar"),
        ("2026-11-20 14", "is expected"),
        ("1999-11-20 14:05", "2000 to 2100"),
        ("15:31", "is still to come: it is Fri 20 Nov 2026 15:30:00 EST now."),
        ("\x1b[31m", "is not understood"),
    ],
)
def test_what_is_refused_is_told_why(text: str, words: str) -> None:
    """In a sentence, which shows no control character."""
    with pytest.raises(PeriodError) as refused:
        typed_moment(CALENDAR, text, NOW)
    assert words in str(refused.value)
    assert str(refused.value).isprintable()


def test_a_time_that_the_clock_showed_twice() -> None:
    """The first is taken, it is said, and what to type for the second."""
    typed = typed_moment(CALENDAR, "2026-11-01 01:30", NOW)
    assert typed.at == ms(2026, 11, 1, 1, 30)
    assert "twice that day: the first, EDT, is taken" in typed.said
    second = typed.said.partition("The second is ")[2].removesuffix(".")
    assert typed_moment(CALENDAR, second, NOW).at == ms(2026, 11, 1, 1, 30, fold=1)
    assert typed_moment(CALENDAR, second, NOW).at - typed.at == 3_600_000


def test_a_time_that_the_clock_skipped() -> None:
    """The moment of the change is taken, and it is said."""
    typed = typed_moment(CALENDAR, "2026-03-08 02:30", NOW)
    assert typed.at == ms(2026, 3, 8, 3)
    assert "was set on past 02:30:00 that day: Sun 08 Mar 2026 03:00:00 EDT is taken" in typed.said


@given(st.text(max_size=80))
def test_no_text_is_too_odd(text: str) -> None:
    """It names a moment up to now, or is refused in a sentence."""
    try:
        said = "" if typed_moment(CALENDAR, text, NOW).at <= NOW else "to come"
    except PeriodError as refused:
        said = str(refused)
    assert not said or said.endswith(".")


def test_a_moment_in_full() -> None:
    """With the weekday, the date and the zone."""
    assert in_full(CALENDAR, NOW) == "Fri 20 Nov 2026 15:30:00 EST"
