"""The catalogue and one metric as pages: in steps, from memory, with an end to what is dear."""

import sqlite3
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wallboard.board.asked import asked_of, period_before, time_dimension
from wallboard.board.limited import limited
from wallboard.board.metric_steps import next_step, steps
from wallboard.board.pages import Question
from wallboard.config import Configuration
from wallboard.metrics.catalogue import CATALOGUE
from wallboard.questions.scope import Scope
from wallboard.reporting_time import Calendar

ZONE = "America/New_York"
CALENDAR = Calendar(ZONE)
FOREVER = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT sum(i) FROM n"


def at(text: str) -> int:
    """A moment of the zone as UTC ms."""
    return int(datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(ZONE)).timestamp() * 1000)


def question(since: str, until: str, now: int, scope: Scope | None = None) -> Question:
    """A question of some days."""
    period = CALENDAR.period(since, until, now)
    connection = sqlite3.connect(":memory:")
    return Question(connection, CALENDAR, Configuration(), scope or Scope(), period, now)


def before(since: str, until: str, now: str) -> tuple[str, str] | None:
    """The period before, as local times."""
    found = period_before(asked_of(question(since, until, at(now))))
    if found is None:
        return None
    first, last = (
        f"{CALENDAR.local(edge):%Y-%m-%d %H:%M}" for edge in (found.start_ms, found.end_ms)
    )
    return first, last


def test_a_period_that_is_over_is_compared_with_the_whole_before() -> None:
    """As `--compare` does."""
    found = before("2026-06-01", "2026-06-07", "2026-06-09T14:05")
    assert found == ("2026-05-25 00:00", "2026-06-01 00:00")


def test_a_day_that_is_not_over_is_compared_up_to_the_same_time() -> None:
    """To the minute within a day, to the hour over days; not at all where that is nothing."""
    assert before("2026-06-09", "2026-06-09", "2026-06-09T14:05") == (
        "2026-06-08 00:00", "2026-06-08 14:05",
    )  # fmt: skip
    assert before("2026-06-03", "2026-06-09", "2026-06-09T14:05") == (
        "2026-05-27 00:00", "2026-06-02 14:00",
    )  # fmt: skip
    assert before("2026-06-09", "2026-06-09", "2026-06-09T00:00") is None


def test_the_same_time_is_that_of_the_clock() -> None:
    """On the day on which the clock is set forward, 14:05 is compared with 14:05."""
    assert before("2026-03-08", "2026-03-08", "2026-03-08T14:05") == (
        "2026-03-07 00:00", "2026-03-07 14:05",
    )  # fmt: skip
    assert before("2026-03-09", "2026-03-09", "2026-03-09T14:05") == (
        "2026-03-08 00:00", "2026-03-08 14:05",
    )  # fmt: skip


@given(st.integers(0, 60), st.integers(1, 40), st.integers(0, 86_399))
@settings(max_examples=60, deadline=None)
def test_what_is_compared_with_lies_before_and_is_no_longer(
    ago: int, days: int, second: int
) -> None:
    """Whatever the day and the time."""
    last = date(2026, 3, 31).toordinal()
    first = date.fromordinal(last - days + 1).isoformat()
    until = date.fromordinal(last).isoformat()
    now = CALENDAR.day_bounds(date.fromordinal(last - min(ago, days - 1)))[0] + second * 1000
    asked = asked_of(question(first, until, now))
    found = period_before(asked)
    if found is not None:
        assert found.start_ms < found.end_ms <= asked.period.start_ms
        assert len(found.days) <= len(asked.period.days)
        assert found.days[0] == CALENDAR.day_of(found.start_ms)
        assert found.days[-1] == CALENDAR.day_of(found.end_ms - 1)


def test_one_day_is_seen_by_hour_and_more_by_day() -> None:
    """The dimension of a course."""
    now = at("2026-06-09T14:05")
    assert time_dimension(question("2026-06-09", "2026-06-09", now).period) == "hour"
    assert time_dimension(question("2026-06-08", "2026-06-09", now).period) == "day"


def test_filters_are_those_that_are_set() -> None:
    """Nothing is asked by an empty name."""
    now = at("2026-06-09T14:05")
    asked = asked_of(question("2026-06-09", "2026-06-09", now, Scope(None, "q1", None)))
    assert asked.filters == {"queue": "q1"}


def test_steps_take_each_metric_once_and_the_cheap_in_sight_first() -> None:
    """Every metric has one step for its figure; what is not wanted and is dear has none."""
    asked = asked_of(question("2026-06-09", "2026-06-09", at("2026-06-09T14:05")))
    slugs = [metric.slug for metric in CATALOGUE]
    everything = steps(CATALOGUE, asked, slugs)
    taken = [m.slug for one in everything if one.what in {"now", "live"} for m in one.metrics]
    assert sorted(taken) == sorted(slugs)
    few = steps(CATALOGUE, asked, ["lead_close_rate"])
    assert {m.slug for one in few if not one.is_cheap for m in one.metrics} == {"lead_close_rate"}
    first = next_step(everything, ["dials", "contacts_reached"])
    assert first.is_cheap
    assert first.what == "now"
    assert "dials" in {metric.slug for metric in first.metrics}


def test_a_team_makes_all_dear() -> None:
    """The rollups know nothing of teams, so nothing is read but what is in sight."""
    now = at("2026-06-09T14:05")
    asked = asked_of(question("2026-06-09", "2026-06-09", now, Scope(team="red")))
    found = steps(CATALOGUE, asked, ["answer_rate"])
    assert {m.slug for one in found if one.what == "now" for m in one.metrics} == {"answer_rate"}


def test_what_takes_too_long_is_stopped() -> None:
    """By the clock, or because nobody wants it any more; the connection is as good as before."""
    connection = sqlite3.connect(":memory:")
    assert (
        limited(connection, 0.05, lambda: True, lambda: connection.execute(FOREVER).fetchone())
        is None
    )
    assert (
        limited(connection, 60, lambda: False, lambda: connection.execute(FOREVER).fetchone())
        is None
    )
    assert connection.execute("SELECT 1").fetchone() == (1,)
    with pytest.raises(sqlite3.OperationalError, match="no such table"):
        limited(connection, 1, lambda: True, lambda: connection.execute("SELECT * FROM nowhere"))
