"""What cannot be evaluated is told where one looks, holds up nothing else, and recovers."""

import logging
import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.alarms.conftest import Watched
from tests.alarms.test_alarm_watch import ALARM, waits, watch_of
from tests.endtoend.stage import until
from tests.questions.conftest import NOON
from wallboard.alarms.aside import Aside
from wallboard.alarms.book import AlarmBook
from wallboard.alarms.evaluation import Evaluation
from wallboard.alarms.thresholds import Measured
from wallboard.config import Alarm
from wallboard.questions.alarms import rule_evaluations, rule_troubles
from wallboard.screens.alarm_trouble import trouble_lines

Question = Callable[[sqlite3.Connection], Measured | None]
SALES = Alarm(metric="sales_value", warning=10, for_seconds=0)
STARTED = Alarm(metric="total_calls", warning=2, for_seconds=0, minimum_sample=0)
CALLERS = Alarm(metric="unique_callers", window="30d", warning=2, for_seconds=0, minimum_sample=0)


def told(watched: Watched) -> list[str]:
    """The sentences of troubles, as the screens Feed and Alarms and the status have them."""
    found = rule_troubles(watched.cache.read())
    return trouble_lines((), found, lambda at: f"noon + {(at - NOON) / 1_000:g} s")


def break_table(watched: Watched, table: str, *, is_broken: bool) -> None:
    """Take a table away, as a damaged cache would; or put it back."""
    before, after = (table, f"{table}_away") if is_broken else (f"{table}_away", table)
    watched.writing.execute("PRAGMA legacy_alter_table = ON")
    watched.writing.execute(f"ALTER TABLE {before} RENAME TO {after}")


def test_a_threshold_whose_question_fails(
    watched: Watched, caplog: pytest.LogCaptureFixture
) -> None:
    """It is told with its reason and logged once; the others go on; it recovers by itself."""
    caplog.set_level(logging.INFO)
    watched.alarms(SALES, ALARM)
    watched.cache.say("sale.recorded", 0, sale="s1", amount=5, currency="USD")
    waits(watched)
    break_table(watched, "sales", is_broken=True)
    assert watched.at(10, 41, 72) == ["critical threshold "]
    (line,) = told(watched)
    assert line.startswith("! The alarm sales_value/today cannot be evaluated since noon + 10 s: ")
    assert "no such table" in line
    errors = [record for record in caplog.records if record.levelno == logging.ERROR]
    assert len(errors) == 1
    assert "sales_value/today" in errors[0].getMessage()
    break_table(watched, "sales", is_broken=False)
    watched.at(103)
    assert told(watched) == []
    assert caplog.messages[-1] == "The alarm sales_value/today is evaluated again."


def test_states_that_cannot_be_looked_at(watched: Watched) -> None:
    """What is stuck or impossible has a trouble of its own; thresholds go on."""
    watched.alarms(STARTED)
    waits(watched)
    break_table(watched, "agent_changes", is_broken=True)
    assert watched.at(12) == ["warning threshold "]
    (line,) = told(watched)
    assert line.startswith("! What is stuck or impossible is not looked for since noon + 12 s: ")
    break_table(watched, "agent_changes", is_broken=False)
    assert watched.at(14) == ["warning threshold "]
    assert told(watched) == []


def test_no_alarm_is_evaluated_at_all(watched: Watched, caplog: pytest.LogCaptureFixture) -> None:
    """The thread tells it in the cache, since the last round; and that it looks again."""
    caplog.set_level(logging.INFO)
    waits(watched)
    watched.at(5)
    break_table(watched, "campaigns", is_broken=True)
    watch = watch_of(watched.cache.path, ALARM)
    watch.start()
    try:
        until(lambda: told(watched), "trouble")
        (line,) = told(watched)
        assert line.startswith("! Alarms have not been evaluated since noon + 5 s: ")
        break_table(watched, "campaigns", is_broken=False)
        watch.become(watched.configuration)
        until(lambda: not told(watched), "recovery")
        until(lambda: "Alarms are evaluated again." in caplog.messages, "word of it")
    finally:
        watch.stop()
    assert sum("no such table" in message for message in caplog.messages) == 1


def test_an_evaluation_that_stopped_without_a_word(watched: Watched) -> None:
    """Events come and nobody looks: that is seen by the times alone."""
    watched.at(5)
    assert told(watched) == []
    watched.seconds = 90
    book = watched.cache.ledger.feeds["main"]
    book.changed = True
    watched.cache.ledger.write_feeds(NOON + 90_000)
    (line,) = told(watched)
    assert line.startswith("! Alarms have not been evaluated since noon + 5 s: ")


class Held(Aside[Measured | None]):
    """Questions that are put when the test says so."""

    def __init__(self, cache: Path) -> None:
        super().__init__(cache)
        self.gate = threading.Event()
        self.asked = 0

    def ask(self, question: Question) -> None:
        """Have it answered once the gate is open."""
        self.asked += 1
        super().ask(lambda reading: question(reading) if self.gate.wait(10) else None)


def test_a_long_question_holds_up_no_other(watched: Watched) -> None:
    """While one over 30 days is answered aside, the quick ones are raised; then it is too."""
    aside = Held(watched.cache.path)
    watched.alarms(CALLERS, ALARM)
    watched.cache.say("call.started", 1, call="c1", direction="inbound", from_number="+14155550100")
    watched.cache.feed()
    evaluation = Evaluation(
        watched.cache.read(), watched.writing, AlarmBook(watched.writing), watched.configuration,
        lambda: watched.seconds, aside,
    )  # fmt: skip

    def round_at(seconds: float) -> set[str | None]:
        watched.seconds = seconds
        evaluation.round(NOON + round(seconds * 1_000))
        return {one.metric for one in watched.standing()}

    assert round_at(10) == round_at(12) == {"calls_in_progress"}
    assert [one.rule for one in rule_evaluations(watched.cache.read())] == ["calls_in_progress/now"]
    aside.gate.set()
    until(lambda: "unique_callers" in round_at(13), "the answer")
    evaluated = {one.rule: one.at for one in rule_evaluations(watched.cache.read())}
    assert evaluated["unique_callers/30d"] == NOON + 13_000
    # It took three seconds by the clock of the test, and so is asked seldom from now on.
    round_at(309)
    assert aside.asked == 1
    round_at(310)
    assert aside.asked == 2
    aside.stop()
