"""Thresholds over a cache: raised, escalated, ended, counted when they flap."""

import itertools

import msgspec
import pytest

from tests.alarms.conftest import Watched
from tests.questions.conftest import NOON
from wallboard.alarms.book import AlarmBook
from wallboard.alarms.evaluation import Evaluation
from wallboard.cache.acknowledgements import record_acknowledgement
from wallboard.config import Alarm
from wallboard.config.metric_slugs import DOWN, LISTS, LIVE, NEITHER, UP
from wallboard.feeds.intake import Stage
from wallboard.metrics.catalogue import CATALOGUE
from wallboard.metrics.live import live_answers
from wallboard.questions.alarms import rule_troubles

WAITING = Alarm(metric="calls_waiting", by="queue", warning=1, critical=3, for_seconds=10)
MISSED = Alarm(
    metric="missed_call_rate", by="queue", window="15m", critical=0.5, for_seconds=0,
    minimum_sample=2,
)  # fmt: skip


def call(watched: Watched, number: int, at: float, queue: str = "support") -> None:
    """An inbound call that waits."""
    watched.cache.say("call.started", at, call=f"c{number}", direction="inbound")
    watched.cache.say("queue.entered", at, call=f"c{number}", queue=queue)


def missed(watched: Watched, number: int, at: float) -> None:
    """An inbound call that was abandoned after ten seconds."""
    call(watched, number, at)
    watched.cache.say("call.ended", at + 10, call=f"c{number}", reason="abandoned")


def answered(watched: Watched, number: int, at: float) -> None:
    """An inbound call that was answered."""
    call(watched, number, at)
    of = {"call": f"c{number}", "leg": f"l{number}"}
    watched.cache.say("leg.started", at + 1, kind="A", agent="a1", **of)
    watched.cache.say("leg.answered", at + 2, **of)
    watched.cache.say("call.ended", at + 10, call=f"c{number}", reason="completed")


def test_slugs_are_those_of_the_catalogue() -> None:
    """What the configuration knows of the metrics is what the catalogue says."""
    lists = {metric.slug for metric in CATALOGUE if metric.unit == "breakdown"}
    assert lists == LISTS
    for better, slugs in (("up", UP), ("down", DOWN), ("none", NEITHER)):
        assert {m.slug for m in CATALOGUE if m.better == better} - lists == slugs
    assert {m.slug for m in CATALOGUE if m.category == "live"} - lists == LIVE
    assert live_answers.__module__ == "wallboard.metrics.live"


def test_raised_escalated_and_ended(watched: Watched) -> None:
    """A figure of now, by queue: warning, critical, warning, over; with its peak kept."""
    watched.alarms(WAITING)
    for number in range(2):
        call(watched, number, 1)
    watched.cache.feed()
    assert watched.at(2, 11) == []
    assert watched.at(12) == ["warning threshold support"]
    call(watched, 7, 13)
    call(watched, 8, 13)
    watched.cache.feed()
    assert watched.at(14, 24) == ["critical threshold support"]
    (line,) = watched.standing()
    assert (line.name, line.words, line.unit) == ("Support", "Calls waiting", "count")
    assert (line.value, line.threshold, line.started - NOON) == (4, 3, 2_000)
    assert line.critical_since == NOON + 24_000
    for number in (0, 1, 7, 8):
        watched.cache.say("call.ended", 30, call=f"c{number}", reason="abandoned")
    watched.cache.feed()
    assert watched.at(31) == []
    (over,) = watched.all()
    assert (over.ended, over.reason, over.level) == (NOON + 31_000, "", "critical")
    assert (over.peak, over.peak_at) == (4, NOON + 14_000)
    # As it stood in between.
    watched.seconds = 20
    assert [one.level for one in watched.standing()] == ["warning"]


def test_of_a_past_moment_nothing_is_shown_that_came_later(watched: Watched) -> None:
    """Its value and its worst are of afterwards, so they are unknown then."""
    watched.alarms(WAITING)
    for number in range(2):
        call(watched, number, 1)
    watched.cache.feed()
    watched.at(2, 13)
    for number in range(2, 6):
        call(watched, number, 100 + number)
    watched.cache.feed()
    watched.at(120, 131)
    watched.seconds = 14
    (then,) = watched.standing()
    assert (then.level, then.value, then.peak, then.threshold) == ("warning", None, None, None)
    watched.seconds = 131
    (now,) = watched.standing()
    assert (now.level, now.value, now.peak, now.threshold) == ("critical", 6, 6, 3)


def test_rate_over_a_window_with_a_minimum_sample(watched: Watched) -> None:
    """A rate by queue of a quarter of an hour: not of one call, and over when nothing is left."""
    watched.alarms(MISSED)
    answered(watched, 1, -100)
    missed(watched, 2, -60)
    watched.cache.feed()
    assert watched.at(0) == []
    missed(watched, 3, 1)
    watched.cache.feed()
    assert watched.at(20) == ["critical threshold support"]
    (line,) = watched.standing()
    assert line.value == pytest.approx(2 / 3)
    assert (line.sample, line.words) == (3, "Missed call rate, 15 minutes")
    # The window has moved on, and there was nothing since: as long as the window, it stands.
    assert watched.at(1_000, 1_700) == ["critical threshold support"]
    assert watched.at(1_000 + 900) == []
    assert watched.all()[0].reason == "nothing was measured any more"


def test_one_call_is_no_sample(watched: Watched) -> None:
    """Below the minimum nothing is raised."""
    watched.alarms(MISSED)
    missed(watched, 1, 1)
    watched.cache.feed()
    assert watched.at(20, 30) == []


def test_flapping_is_counted(watched: Watched) -> None:
    """What comes back at once is the same alarm; long after it is another."""
    watched.alarms(Alarm(metric="calls_waiting", critical=0, for_seconds=0))
    for n, at in enumerate((10, 70, 130, 1_000)):
        call(watched, n, at)
        watched.cache.say("call.ended", at + 20, call=f"c{n}", reason="abandoned")
    watched.cache.feed()
    for at in (10, 70, 130, 1_000):
        assert watched.at(at - 1) == []
        assert watched.at(at) == ["critical threshold "]
        assert watched.at(at + 25) == []
    later, first = watched.all()
    assert (first.flaps, later.flaps) == (2, 0)
    assert first.ended == NOON + 155_000


def test_while_no_feed_is_live_nothing_is_judged(watched: Watched) -> None:
    """A figure of a feed that is disconnected or catching up neither raises nor ends anything."""
    watched.alarms(Alarm(metric="calls_waiting", critical=0, for_seconds=0))
    call(watched, 1, 1)
    watched.cache.feed()
    watched.feed_is(Stage.CATCHING_UP)
    assert watched.at(2) == []
    watched.feed_is(Stage.LIVE)
    assert watched.at(3) == ["critical threshold "]
    watched.cache.say("call.ended", 4, call="c1", reason="abandoned")
    watched.cache.feed()
    watched.feed_is(Stage.CATCHING_UP)
    assert watched.at(5) == ["critical threshold "]
    watched.feed_is(Stage.LIVE)
    assert watched.at(6) == []


def test_what_stands_outlives_a_restart(watched: Watched) -> None:
    """A collector that starts anew goes on with what stood, with its beginning and its peak."""
    watched.alarms(WAITING)
    for number in range(5):
        call(watched, number, 1)
    watched.cache.feed()
    assert watched.at(1, 11) == ["critical threshold support"]
    for number in range(5):
        watched.cache.say("call.ended", 12, call=f"c{number}", reason="abandoned")
    watched.cache.feed()
    watched.start_anew()
    (before,) = watched.standing()
    assert watched.at(13) == []
    (after,) = watched.all()
    assert (after.number, after.started, after.peak) == (before.number, before.started, 5)


def test_what_is_configured_no_more_is_over(watched: Watched) -> None:
    """An alarm that is taken out of the file ends, and says why; also over a restart."""
    watched.alarms(WAITING)
    for number in range(5):
        call(watched, number, 1)
    watched.cache.feed()
    assert watched.at(1, 11) == ["critical threshold support"]
    watched.alarms()
    watched.start_anew()
    assert watched.at(12) == []
    assert watched.all()[0].reason == "it is configured no more"


def test_the_day_is_over(watched: Watched) -> None:
    """What was raised over a day ends with it, though nothing is measured of the next."""
    watched.alarms(Alarm(metric="missed_calls", warning=0, for_seconds=0))
    watched.cache.say("call.started", 11 * 3_600, call="c1", direction="inbound")
    watched.cache.say("call.ended", 11 * 3_600 + 9, call="c1", reason="abandoned")
    watched.cache.feed()
    midnight = 12 * 3_600
    assert watched.at(midnight - 60) == ["warning threshold "]
    assert watched.at(midnight + 1) == []
    assert watched.all()[0].reason == "its day is over"


def test_longest_wait_is_none_where_nobody_waits(watched: Watched) -> None:
    """The alarm on a wait ends when the queue is empty, though the wait is then null."""
    watched.alarms(Alarm(metric="longest_wait", by="queue", warning=30, for_seconds=0))
    call(watched, 1, 0)
    watched.cache.feed()
    assert watched.at(20) == []
    assert watched.at(31) == ["warning threshold support"]
    watched.cache.say("call.ended", 32, call="c1", reason="abandoned")
    watched.cache.feed()
    assert watched.at(33) == []


def test_what_cannot_be_evaluated_is_said(watched: Watched) -> None:
    """An alarm on what the feed never sent is no alarm, and says so where one looks."""
    watched.alarms(Alarm(metric="sales_value", warning=10, for_seconds=0), WAITING)
    assert watched.at(1, 20) == []
    call(watched, 1, 21)
    watched.cache.feed()
    assert watched.at(30) == []
    (trouble,) = rule_troubles(watched.cache.read())
    assert trouble.rule == "sales_value/today"
    assert trouble.trouble.startswith("The feed never sent ")


def test_two_campaigns(watched: Watched) -> None:
    """Each campaign has an alarm of its own, by its name, also of figures of the instant."""
    watched.alarms(
        Alarm(metric="missed_calls", by="campaign", warning=1, for_seconds=0),
        Alarm(metric="calls_in_progress", by="campaign", warning=0, for_seconds=0),
    )
    for campaign, name in (("x", "Spring"), ("y", "Autumn")):
        of = {"campaign": campaign, "name": name, "direction": "inbound", "channel": "voice"}
        watched.cache.say("campaign.defined", -99, **of)
    for n, campaign in enumerate("xxy"):
        watched.cache.say("call.started", n, call=f"c{n}", direction="inbound", campaign=campaign)
        watched.cache.say("call.ended", 10 + n, call=f"c{n}", reason="abandoned")
    watched.cache.say("call.started", 12, call="c9", direction="inbound", campaign="y")
    watched.cache.say("queue.entered", 12, call="c9", queue="support")
    watched.cache.feed()
    watched.at(20)
    assert {(one.metric, one.name) for one in watched.standing()} == {
        ("missed_calls", "Spring"),
        ("calls_in_progress", "Autumn"),
    }


def test_what_takes_too_long_is_given_up(watched: Watched) -> None:
    """A question without end holds up nothing else; it is said, and the cheap ones go on."""
    jumps = itertools.count(0, 20)
    watched.alarms(WAITING, Alarm(metric="unique_callers", warning=1, for_seconds=0))
    for number in range(2_000):
        of = {"direction": "inbound", "from_number": f"+1415555{number:04}"}
        watched.cache.say("call.started", -100 + number / 100, call=f"c{number}", **of)
        watched.cache.say("call.ended", -90 + number / 100, call=f"c{number}", reason="abandoned")
    watched.cache.feed()
    evaluation = Evaluation(
        watched.cache.read(), watched.writing, AlarmBook(watched.writing), watched.configuration,
        lambda: float(next(jumps)),
    )  # fmt: skip
    evaluation.round(NOON + 30_000)
    found = {one.rule: one.trouble for one in rule_troubles(watched.cache.read())}
    assert found["unique_callers/today"].startswith("It takes longer than 15 s")
    assert "longer" not in found.get("calls_waiting/queue/now", "")
    assert watched.at(31) == []
    assert "unique_callers/today" not in {one.rule for one in rule_troubles(watched.cache.read())}


def test_what_becomes_critical_calls_again(watched: Watched) -> None:
    """Who has acknowledged a warning has not seen to what came of it."""
    watched.alarms(WAITING)
    call(watched, 1, 1)
    call(watched, 2, 1)
    watched.cache.feed()
    watched.at(2, 13)
    (warning,) = watched.standing()
    record_acknowledgement(watched.cache.path, warning.number, NOON + 14_000, "mara", "")
    assert watched.standing()[0].is_acknowledged is False
    watched.at(15)
    assert watched.standing()[0].is_acknowledged
    call(watched, 3, 16)
    call(watched, 4, 16)
    watched.cache.feed()
    watched.at(17, 28)
    (critical,) = watched.standing()
    assert (critical.level, critical.is_acknowledged) == ("critical", False)
    assert critical.acknowledged_by == "mara"
    record_acknowledgement(watched.cache.path, critical.number, NOON + 29_000, "mara", "")
    watched.at(30)
    assert watched.standing()[0].is_acknowledged


def test_a_feed_that_offers_nothing_older_is_judged_by_what_there_is(watched: Watched) -> None:
    """Its numbers show that it had more once; nobody waits for what will never come."""
    watched.alarms(msgspec.structs.replace(MISSED, window="30d"))
    watched.writing.execute("UPDATE feeds SET coverage = '500-900', whole_since = ?", (NOON,))
    for number in range(3):
        missed(watched, number, number)
    watched.cache.feed()
    assert watched.at(20) == ["critical threshold support"]
    assert rule_troubles(watched.cache.read()) == ()
