"""The thread that evaluates: it starts, follows the configuration, outlives trouble, and ends."""

import sqlite3
import time
from pathlib import Path

from tests.alarms.conftest import Watched
from tests.endtoend.stage import until
from tests.questions.conftest import NOON
from wallboard.alarms.retention import forget_alarms
from wallboard.alarms.watch import AlarmWatch
from wallboard.cache.acknowledgements import record_acknowledgement
from wallboard.config import Alarm, Configuration

ALARM = Alarm(metric="calls_in_progress", critical=0, for_seconds=0)


def waits(watched: Watched) -> None:
    """A call is in progress."""
    watched.cache.say("call.started", 1, call="c1", direction="inbound")
    watched.cache.feed()
    watched.seconds = 10


def watch_of(path: Path, *alarms: Alarm) -> AlarmWatch:
    """A watch of many rounds a second, by a clock that stands at ten seconds past noon."""
    return AlarmWatch(
        Configuration(alarms=alarms), path, clock=lambda: NOON + 10_000, round_seconds=0.02
    )


def test_it_follows_the_configuration_and_ends(watched: Watched) -> None:
    """An alarm that is added is raised, one that is taken out ends, without a restart."""
    waits(watched)
    watch = watch_of(watched.cache.path)
    watch.start()
    try:
        watch.become(Configuration(alarms=(ALARM,)))
        until(watched.standing, "alarm")
        watch.become(Configuration())
        until(lambda: not watched.standing(), "end of the alarm")
    finally:
        began = time.monotonic()
        watch.stop()
    assert time.monotonic() - began < 5
    assert [one.reason for one in watched.all()] == ["it is configured no more"]


def test_a_cache_that_cannot_be_written_is_tried_again(watched: Watched) -> None:
    """While another holds the cache for long nothing is lost: it is written when that is over."""
    waits(watched)
    other = sqlite3.connect(watched.cache.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    watch = watch_of(watched.cache.path, ALARM)
    watch.start()
    try:
        time.sleep(0.2)
        assert not watched.standing()
        other.execute("COMMIT")
        until(watched.standing, "alarm")
    finally:
        watch.stop()
        other.close()


def test_what_is_over_its_time_goes_with_all_that_was_said(watched: Watched) -> None:
    """An alarm that stands is kept, however old; one that is over goes after the keep time."""
    watched.alarms(ALARM, Alarm(metric="calls_waiting", critical=0, for_seconds=0))
    waits(watched)
    watched.cache.say("queue.entered", 2, call="c1", queue="support")
    watched.cache.feed()
    watched.at(10)
    for alarm in watched.standing():
        record_acknowledgement(watched.cache.path, alarm.number, NOON, "mara", "")
    watched.cache.say("queue.left", 20, call="c1", queue="support", reason="answered")
    watched.cache.feed()
    assert watched.at(21) == ["critical threshold "]
    forget_alarms(watched.writing, NOON + 29 * 86_400_000, 30)
    assert len(watched.all()) == 2
    forget_alarms(watched.writing, NOON + 31 * 86_400_000, 30)
    assert [one.metric for one in watched.all()] == ["calls_in_progress"]
    rows = watched.cache.read().execute("SELECT count(*) FROM alarm_acknowledgements")
    assert rows.fetchall() == [(1,)]


def test_an_acknowledgement_of_what_is_not_there_is_nothing(watched: Watched) -> None:
    """No alarm of that number: nothing is written."""
    record_acknowledgement(watched.cache.path, 99, NOON, "mara", "")
    rows = watched.cache.read().execute("SELECT count(*) FROM alarm_acknowledgements")
    assert rows.fetchall() == [(0,)]
