"""Metrics 1 to 14, by hand: callers, what was decided, days, hours and ranges."""

from datetime import date, time

import pytest

from tests.metrics.asking import (
    CALLER,
    answered,
    arrive,
    ask,
    dial,
    end,
    figures,
    gave_up,
    leg,
    rows,
)
from tests.questions.conftest import NOON, Cache, Make
from wallboard.config import BusinessHours, OpenHours
from wallboard.reporting_time import Calendar

HOUR = 3_600.0
DAY = 24 * HOUR


def test_calls_are_inbound_and_have_a_start(cache: Cache) -> None:
    """A dial is no call that came in, and a call without a call.started counts nowhere."""
    answered(cache, "c1", 0, 5, 60)
    dial(cache, "o1", 0)
    end(cache, "nobody", 10)
    cache.feed()
    assert figures(cache, "total_calls") == (1, 1, None)


def test_without_any_call_started_nothing_is_known(cache: Cache) -> None:
    """Null with a note, not nought."""
    cache.say("agent.defined", 0, agent="a1", name="Ada")
    cache.feed()
    answer = ask(cache, "total_calls")
    assert (answer.value, answer.numerator) == (None, None)
    assert "call.started" in answer.note


def test_days_without_calls_have_none(cache: Cache) -> None:
    """Once calls were seen, a day without is 0 for every count."""
    arrive(cache, "c1", -3 * DAY)
    cache.feed()
    for slug in ("total_calls", "unique_callers", "first_time_callers", "repeat_callers"):
        assert figures(cache, slug) == (0, 0, None)


@pytest.mark.parametrize("number", [None, "", "  ", "anonymous", "+"])
def test_withheld_numbers_are_no_callers(cache: Cache, number: str | None) -> None:
    """They are calls all the same."""
    arrive(cache, "c1", 0, from_number=number)
    arrive(cache, "c2", 60, from_number=number)
    arrive(cache, "c3", 120)
    cache.feed()
    assert figures(cache, "total_calls")[0] == 3
    assert figures(cache, "unique_callers")[0] == 1
    assert figures(cache, "first_time_callers")[0] == 1
    assert figures(cache, "repeat_callers")[0] == 0


def test_first_and_again_in_one_period(cache: Cache) -> None:
    """A number may be both; one that called last week is only a repeat caller."""
    arrive(cache, "old", -7 * DAY, from_number="+14155550102")
    arrive(cache, "c1", 0)
    arrive(cache, "c2", 60)
    arrive(cache, "c3", 60, from_number="+14155550102")
    arrive(cache, "c4", 60, from_number="+14155550103")
    cache.feed()
    assert figures(cache, "unique_callers")[0] == 3
    assert figures(cache, "first_time_callers")[0] == 2
    assert figures(cache, "repeat_callers")[0] == 2


def test_a_dial_to_a_number_does_not_make_its_call_a_repeat(cache: Cache) -> None:
    """Only calls that came in make a caller."""
    dial(cache, "o1", -60)
    dial(cache, "o2", -50, from_number=CALLER)
    arrive(cache, "c1", 0)
    cache.feed()
    assert figures(cache, "first_time_callers")[0] == 1
    assert figures(cache, "repeat_callers")[0] == 0


def test_two_calls_of_one_instant_are_a_first_and_a_repeat(cache: Cache) -> None:
    """One of them is the first, whichever."""
    arrive(cache, "c1", 0)
    arrive(cache, "c2", 0)
    cache.feed()
    assert figures(cache, "first_time_callers")[0] == 1
    assert figures(cache, "repeat_callers")[0] == 1


def test_an_earlier_call_that_comes_late_moves_the_first(cache: Cache) -> None:
    """The result depends on the events, not on their order of arrival."""
    arrive(cache, "c1", 0)
    cache.feed()
    assert figures(cache, "first_time_callers")[0] == 1
    arrive(cache, "before", -2 * DAY)
    cache.feed()
    assert figures(cache, "first_time_callers")[0] == 0
    assert figures(cache, "repeat_callers")[0] == 1


def test_the_first_call_is_found_without_the_filters(cache: Cache) -> None:
    """Who called another campaign before is no first-time caller of this one."""
    arrive(cache, "c1", -60, campaign="north")
    arrive(cache, "c2", 0, campaign="south")
    cache.feed()
    assert figures(cache, "first_time_callers", filters={"campaign": "south"})[0] == 0
    assert figures(cache, "repeat_callers", filters={"campaign": "south"})[0] == 1
    assert figures(cache, "first_time_callers", filters={"campaign": "north"})[0] == 1
    assert rows(cache, "first_time_callers", by="campaign")["north"] == 1


def test_what_was_decided_of_calls(cache: Cache) -> None:
    """Voicemail after an answer is not missed; lost and open calls are nothing yet."""
    answered(cache, "c1", 0, 5, 60)
    arrive(cache, "c2", 0)
    leg(cache, "c2", "S", 0, 3, 40)
    end(cache, "c2", 40, "voicemail")
    gave_up(cache, "c3", 0, 30)
    for name, reason in {"c4": "voicemail", "c5": "rejected", "c6": "lost"}.items():
        arrive(cache, name, 0)
        end(cache, name, 20, reason)
    arrive(cache, "open", 0)
    leg(cache, "open", "B", 0, 1)
    cache.feed()
    assert figures(cache, "total_calls")[0] == 7
    assert figures(cache, "answered_calls")[0] == 2
    assert figures(cache, "missed_calls")[0] == 3
    assert figures(cache, "connected_calls")[0] == 2
    assert figures(cache, "voicemail_calls")[0] == 2


def test_after_hours_by_the_hours_and_holidays_configured(make: Make) -> None:
    """An opening hour includes its start and not its end; a holiday is closed all day."""
    open_hours = (OpenHours(9 * 60, 17 * 60),)
    hours = BusinessHours(wednesday=open_hours, thursday=open_hours)
    calendar = Calendar("UTC", holidays=(date(2024, 6, 13),), business_hours=hours)
    cache = make("hours", calendar=calendar)
    for name, at in {"c1": -3 * HOUR, "c2": -3 * HOUR - 0.001, "c3": 5 * HOUR - 0.001}.items():
        arrive(cache, name, at)
    arrive(cache, "c4", 5 * HOUR)
    arrive(cache, "c5", DAY)
    cache.feed()
    assert figures(cache, "after_hours_calls")[0] == 2
    assert figures(cache, "after_hours_calls", period=("2024-06-13", "2024-06-13"))[0] == 1


def test_days_and_weekdays_begin_where_days_start(make: Make) -> None:
    """A call at 01:00 belongs to the day before when days start at four; its hour is its own."""
    cache = make("late", calendar=Calendar("UTC", time(4)))
    arrive(cache, "c1", 13 * HOUR)
    arrive(cache, "c2", 0)
    cache.feed()
    both = {"period": ("2024-06-12", "2024-06-13"), "now": NOON + 3 * 86_400_000}
    assert rows(cache, "calls_by_day", **both) == {"2024-06-12": 2, "2024-06-13": 0}
    assert rows(cache, "calls_by_weekday", **both) == {"Wednesday": 2, "Thursday": 0}
    hours = {key: value for key, value in rows(cache, "calls_by_hour", **both).items() if value}
    assert hours == {"01": 1, "12": 1}


def test_weekdays_are_in_the_order_of_the_week(cache: Cache) -> None:
    """Monday first, wherever the range begins."""
    for day in range(7):
        arrive(cache, f"c{day}", day * DAY)
    cache.feed()
    week = rows(
        cache, "calls_by_weekday", period=("2024-06-12", "2024-06-18"), now=NOON + 9 * 86_400_000
    )
    assert list(week)[:3] == ["Monday", "Tuesday", "Wednesday"]
    assert set(week.values()) == {1}


def test_clock_changes_make_one_hour_of_two_and_skip_one(make: Make) -> None:
    """Back: 01 is two hours long. Forward: there is no 02 at all."""
    zone = make("zone", calendar=Calendar("America/New_York"))
    back = (1730611800 - NOON / 1_000, 1730615400 - NOON / 1_000)  # 01:30, twice
    for name, at in zip(("c1", "c2"), back, strict=True):
        arrive(zone, name, at)
    forward = 1710054000 - NOON / 1_000  # 03:00, just after 01:59
    arrive(zone, "c3", forward)
    zone.feed()
    ever = NOON + 400 * 86_400_000
    autumn = {"period": ("2024-11-03", "2024-11-03"), "now": ever}
    assert rows(zone, "calls_by_hour", **autumn)["01"] == 2
    assert rows(zone, "peak_call_periods", **autumn) == {"2024-11-03T01:00": 2}
    spring = rows(zone, "calls_by_hour", period=("2024-03-10", "2024-03-10"), now=ever)
    assert "02" not in spring
    assert spring["03"] == 1


def test_peaks_are_the_three_busiest_dated_hours(cache: Cache) -> None:
    """Hours of a date, not of the day; among equals the earlier first; a share of all calls."""
    counts = {0: 2, HOUR: 3, 2 * HOUR: 1, DAY: 2, DAY + HOUR: 2}
    for at, count in counts.items():
        for number in range(count):
            arrive(cache, f"c{at}-{number}", at + number)
    cache.feed()
    both = {"period": ("2024-06-12", "2024-06-13"), "now": NOON + 3 * 86_400_000}
    answer = ask(cache, "peak_call_periods", **both)
    assert answer.value is None
    assert [(row["key"], row["value"], row["share"]) for row in answer.breakdown or ()] == [
        ("2024-06-12T13:00", 3, 0.3),
        ("2024-06-12T12:00", 2, 0.2),
        ("2024-06-13T12:00", 2, 0.2),
    ]


def test_a_range_is_set_beside_as_many_days_before(cache: Cache) -> None:
    """Calls on the edge belong to the range that they begin."""
    for number, at in enumerate((-12 * HOUR, 0, 11 * HOUR, -12 * HOUR - 0.001, -36 * HOUR)):
        arrive(cache, f"c{number}", at)
    arrive(cache, "older", -36 * HOUR - 0.001)
    arrive(cache, "out", 0, campaign="x")
    cache.feed()
    assert rows(cache, "calls_by_date_range") == {"now": 4, "before": 2, "change": 1.0}
    assert figures(cache, "calls_by_date_range") == (4, 4, None)
    only = {"campaign": "x"}
    assert rows(cache, "calls_by_date_range", filters=only) == {
        "now": 1,
        "before": 0,
        "change": None,
    }


def test_a_range_of_hours_is_set_beside_as_long_a_time(cache: Cache) -> None:
    """Ranges that are no whole days look back by their length, to the minute."""
    for number, minutes in enumerate((-91, -90, -1, 0, 89, 90)):
        arrive(cache, f"c{number}", minutes * 60)
    cache.feed()
    found = rows(cache, "calls_by_date_range", period=("2024-06-12T12:00", "2024-06-12T13:30"))
    assert found == {"now": 2, "before": 2, "change": 0.0}


def test_splits_count_every_call_once(cache: Cache) -> None:
    """By queue, calls in no queue are (none); the shares are of all."""
    for number in range(3):
        arrive(cache, f"c{number}", number)
        cache.say("queue.entered", number, call=f"c{number}", queue="sales")
    arrive(cache, "c3", 9)
    cache.feed()
    answer = ask(cache, "total_calls", by="queue")
    assert [(row["key"], row["value"], row["share"]) for row in answer.breakdown or ()] == [
        ("sales", 3, 0.75),
        ("(none)", 1, 0.25),
    ]


def test_the_range_before_may_begin_within_an_hour(make: Make) -> None:
    """From 01:00 to 24:00; 23 hours earlier it was 01:30, as half an hour was skipped since."""
    cache = make("howe", calendar=Calendar("Australia/Lord_Howe"))
    before, begin = (at - NOON / 1_000 for at in (1_791_039_600, 1_791_122_400))
    for number, at in enumerate((before - 1, before, begin - 1, begin)):
        arrive(cache, f"c{number}", at)
    cache.feed()
    some = {"period": ("2026-10-05T01:00", "2026-10-06T00:00"), "now": 2 * NOON}
    assert rows(cache, "calls_by_date_range", **some) == {"now": 1, "before": 2, "change": -0.5}
