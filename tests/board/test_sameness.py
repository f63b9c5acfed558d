"""What only time or a heartbeat changed waits for the clocks; anything else is shown at once."""

from typing import cast

import pytest
from msgspec.structs import replace

from wallboard.board.sameness import is_as_before
from wallboard.board.snapshot import CallsPage, CallsWanted, Interest, Snapshot
from wallboard.questions.alarms import AlarmLine
from wallboard.questions.feed_answers import FeedHealth
from wallboard.questions.floor_answers import Floor, Headline, Ratio, WaitingNow
from wallboard.questions.names import Name, Names

NOTHING = Ratio(0, 0)
HEADLINE = Headline(
    answer_rate=NOTHING, service_level=NOTHING, abandonment=NOTHING, drop_rate=NOTHING,
    drops_allowed=None, drops_left=None, handle_seconds=None, talk_seconds=None,
    wrap_seconds=None, handled=0, service_level_seconds=20, service_level_target=0.8,
    drop_limit=0.03,
)  # fmt: skip
FLOOR = Floor(
    at=1_000, headline=HEADLINE, before=None, waiting=WaitingNow(0, None, None), occupancy=0.5,
    occupancy_agents=3, queues=(), agents=(), hours=(), calls_in_progress=0, complete=True, note="",
)  # fmt: skip
FEED = FeedHealth(
    feed="main", stage="live", since=0, reason="", heard=900, last_event=900, updated=900,
    skew_seconds=0.1, behind=0, backlog=0, retry_at=None, events=10, applied=10, repeated=0,
    unknown=0, quarantined=0, gaps=0,
)  # fmt: skip
ALARM = cast(AlarmLine, "any alarm")
BEFORE = Snapshot(1_000, Interest(floor=True), feeds=(FEED,), floor=FLOOR)

LATER = replace(BEFORE, at=2_000, floor=replace(FLOOR, at=2_000))


def test_a_heartbeat_changes_nothing_to_see() -> None:
    """Nor do an event that was there already and the feed's own counts."""
    heard = replace(FEED, heard=1_900, updated=1_950, events=11, repeated=1, skew_seconds=0.2)
    assert is_as_before(BEFORE, replace(LATER, feeds=(heard,)))


@pytest.mark.parametrize(
    "changed",
    [
        replace(LATER, problem="The cache cannot be read."),
        replace(LATER, interest=Interest(floor=True, period="yesterday")),
        replace(LATER, feeds=(replace(FEED, stage="stale"),)),
        replace(LATER, feeds=(replace(FEED, quarantined=1),)),
        replace(LATER, feeds=(replace(FEED, backlog=5),)),
        replace(LATER, feeds=()),
        replace(LATER, floor=None),
        replace(LATER, floor=replace(FLOOR, occupancy=0.51)),
        replace(LATER, floor=replace(FLOOR, note="a gap")),
        replace(LATER, alarms=(ALARM,)),
        replace(LATER, names=Names((Name("c", "Spring"),), (), (), ())),
        replace(LATER, calls=CallsPage(CallsWanted(), (), 0)),
        replace(LATER, is_reading_on=True),
    ],
)
def test_anything_else_is_seen_at_once(changed: Snapshot) -> None:
    """A state, a figure, an alarm, a name: none of it waits for the next second."""
    assert not is_as_before(BEFORE, changed)


def test_a_wait_that_has_grown_turns_with_the_clocks() -> None:
    """Another who waits is seen at once."""
    before = replace(BEFORE, floor=replace(FLOOR, waiting=WaitingNow(1, 5.0, 20.0)))
    after = replace(LATER, floor=replace(FLOOR, at=2_000, waiting=WaitingNow(1, 6.0, 20.0)))
    assert is_as_before(before, after)
    more = replace(LATER, floor=replace(FLOOR, at=2_000, waiting=WaitingNow(2, 6.0, 30.0)))
    assert not is_as_before(before, more)


def test_the_first_snapshot_is_seen_at_once() -> None:
    """There was none before."""
    assert not is_as_before(None, BEFORE)
