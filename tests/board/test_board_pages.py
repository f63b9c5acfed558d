"""Pages are read step by step, are good for a while, and stay whole while they are read again."""

import sqlite3
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import pytest

from wallboard.board.pages import STEP_SECONDS, PageReader, Question
from wallboard.board.periods import PERIODS, period_named
from wallboard.config import Configuration
from wallboard.questions.scope import Scope
from wallboard.reporting_time import Calendar, PeriodError

NOON = 1_793_620_800_000
"""2026-11-02T12:00:00Z, the day after New York set back its clocks."""

CALENDAR = Calendar("America/New_York")


@dataclass(frozen=True)
class Counting:
    """A page that takes so many steps, each as long as a reading may take."""

    steps: int
    fresh_seconds: float = 60.0

    def read(self, question: Question) -> Iterator[object]:
        for step in range(1, self.steps + 1):
            until = time.monotonic() + STEP_SECONDS
            while time.monotonic() < until:
                question.connection.execute("SELECT 1")
            yield step


def question(name: str = "today") -> Question:
    period = period_named(CALENDAR, name, NOON)
    connection = sqlite3.connect(":memory:")
    return Question(connection, CALENDAR, Configuration(), Scope(), period, NOON)


def test_a_long_page_is_shown_as_far_as_it_is_known() -> None:
    """One step a reading, until all is there; then it is good for a while."""
    reader, wanted = PageReader(), Counting(3)
    found = [reader.read(wanted, question()) for _ in range(5)]
    assert [page.content for page in found[:3]] == [1, 2, 3]
    assert found[-1].is_done
    assert not reader.is_reading
    assert found[-1] is reader.read(wanted, question())


def test_a_page_stays_whole_while_it_is_read_again() -> None:
    """What was complete is not replaced by what is half known."""
    reader, wanted = PageReader(), Counting(2, fresh_seconds=0.0)
    while not reader.read(wanted, question()).is_done:
        pass
    whole = reader.read(wanted, question())
    deadline = time.monotonic() + 30
    while not reader.is_reading and time.monotonic() < deadline:
        page = reader.read(wanted, question())
        assert page.is_done
    again = reader.read(wanted, question())
    assert again.is_done
    assert again.content == whole.content == 2


def test_another_period_is_another_page() -> None:
    """Nothing of the page before is shown for it."""
    reader, wanted = PageReader(), Counting(2)
    while not reader.read(wanted, question()).is_done:
        pass
    assert reader.read(wanted, question("yesterday")).content == 1


@pytest.mark.parametrize("name", PERIODS)
def test_every_period_has_whole_days(name: str) -> None:
    """Also over a change of the clock; none reaches into tomorrow."""
    period = period_named(CALENDAR, name, NOON)
    assert period.start_ms == CALENDAR.day_bounds(period.days[0])[0]
    assert period.end_ms == CALENDAR.day_bounds(period.days[-1])[1]
    assert period.days[-1] <= date(2026, 11, 2)
    assert len(period.days) == {"today": 1, "yesterday": 1, "7 days": 7, "30 days": 30}.get(
        name, len(period.days)
    )


def test_a_period_in_words_of_ones_own() -> None:
    """Two days with `to` between them; nonsense is refused with a sentence."""
    assert len(period_named(CALENDAR, "2026-10-30 to 2026-11-02", NOON).days) == 4
    with pytest.raises(PeriodError, match="a day such as"):
        period_named(CALENDAR, "next week", NOON)
