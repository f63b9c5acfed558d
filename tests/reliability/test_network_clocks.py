"""Servers that number anew, and clocks that jump on either side."""

import pytest
from msgspec.structs import replace

from tests.collector.books import Tables
from tests.reliability.conftest import Follow
from tests.reliability.followed import (
    QUICK,
    assert_nothing_lost,
    serving,
    stream,
    without,
)
from tests.reliability.proxy import Proxy
from tests.reliability.rows import assert_equal, rows
from wallboard.board.snapshot import Interest, Snapshot
from wallboard.board.trust import State, judge

HALF = len(stream()) // 2
FIRST = 1_500
HOUR_MS = 3_600_000


async def test_a_server_that_numbers_anew(follow_port: Follow, expected: Tables) -> None:
    """The rest comes under another epoch: taken in whole, and a gap of unknown size is said."""
    async with (
        serving(stream()[:FIRST]) as (old, _),
        serving(stream()[FIRST:], epoch="another") as (new, _),
        Proxy(old).listen() as proxy,
    ):
        followed = follow_port(proxy.port)
        async with followed.running():
            await followed.until_whole(FIRST)
            proxy.target = new
            proxy.cut()
            await followed.until_whole(len(stream()) - FIRST)
            assert followed.verdict.state is State.LIVE
    ((_, started, ended, first, last, reason),) = followed.gaps
    assert (first, last) == (None, None)
    assert started < ended
    assert "numbering started anew" in reason
    found = rows(followed.path)
    # The other tables hold the numbers of the events as well.
    for name in ("call_measures", "minute_rollup", "hour_rollup"):
        assert found[name] == expected[name], name
    but = ("gaps", "seen", "entries", "lasting_calls")
    sizes = {name: len(table) for name, table in without(found, *but).items()}
    assert sizes == {name: len(table) for name, table in without(expected, *but).items()}


async def test_a_server_that_comes_back_under_its_old_numbering(
    follow_port: Follow, expected: Tables
) -> None:
    """A standby that knows little is followed for a while.

    What was going on is lost sight of by its snapshot, until the right server tells how it went on;
    what is known already is repeated.
    """
    async with (
        serving(stream()[:FIRST]) as (right, history),
        serving(stream()[:200], epoch="strayed") as (other, _),
        Proxy(right).listen() as proxy,
    ):
        followed = follow_port(proxy.port)
        async with followed.running():
            await followed.until_whole(FIRST)
            proxy.target = other
            proxy.cut()
            await followed.until_whole(200)
            proxy.target = right
            proxy.cut()
            await followed.until_whole(FIRST)
            history.append(stream()[FIRST:])
            await followed.until_whole()
    assert len(followed.gaps) == 2
    found = rows(followed.path)
    ((*_, applied, repeated, unknown, quarantined),) = found["feeds"]
    assert (applied, unknown, quarantined) == (len(stream()), 0, 0)
    assert repeated >= FIRST + 200
    # That they were lost sight of, and when, stays known of these calls.
    but = ("feeds", "gaps", "seen", "entries", "lasting_calls")
    assert_equal(without(found, *but), without(expected, *but))


@pytest.mark.parametrize("hours", [-9, 5], ids=["server behind", "server ahead"])
async def test_clocks_that_differ_by_hours(
    follow_port: Follow, expected: Tables, hours: int
) -> None:
    """Told as a skew; what is taken in is the same, and silence is measured by no wall clock."""
    async with serving() as (port, _):
        followed = follow_port(port)
        followed.shift = -hours * HOUR_MS
        async with followed.running():
            await followed.until_whole()
            health = followed.health
            assert health is not None
            assert health.skew_seconds == pytest.approx(hours * 3_600, abs=60)
    assert_nothing_lost(followed, expected)


@pytest.mark.parametrize("hours", [-26, 3], ids=["set back", "set on"])
async def test_a_clock_that_is_set(follow_port: Follow, expected: Tables, hours: int) -> None:
    """While the feed is live, and while the next attempt is waited for."""
    async with serving(stream()[:HALF]) as (port, history), Proxy(port).listen() as proxy:
        # Of the last eight heartbeats one that was late makes a server look slow: see Link.
        followed = follow_port(proxy.port, replace(QUICK, longest_delay=0.3))
        async with followed.running():
            await followed.until_whole(HALF)
            followed.shift = hours * HOUR_MS
            await followed.until(
                lambda: abs(_skew(followed.health) + hours * 3_600) < 60, "other skew"
            )
            await followed.until_state(State.LIVE)
            proxy.target = 1
            proxy.cut()
            await followed.until_state(State.DISCONNECTED)
            followed.shift = 0
            history.append(stream()[HALF:])
            proxy.target = port
            await followed.until_whole()
            await followed.until(lambda: abs(_skew(followed.health)) < 60, "no skew")
    assert_nothing_lost(followed, expected)


def _skew(health: object) -> float:
    return getattr(health, "skew_seconds", None) or 0.0


async def test_a_collector_that_died_before_the_clock_was_set_back(follow_port: Follow) -> None:
    """What it wrote last is of the future now, which is no sign that it lives."""
    async with serving() as (port, _):
        followed = follow_port(port)
        async with followed.running():
            await followed.until_whole()
            health = followed.health
    assert health is not None
    now = followed.clock()
    for shift, state in (
        (0, State.LIVE),
        (-10_000, State.LIVE),
        (-HOUR_MS, State.NOT_COLLECTING),
        (HOUR_MS, State.NOT_COLLECTING),
    ):
        snapshot = Snapshot(at=now + shift, interest=Interest(), feeds=(health,))
        verdict = judge(snapshot, now + shift, configured=(), clock=str)
        assert verdict.state is state
        assert verdict.age is None or verdict.age >= 0
