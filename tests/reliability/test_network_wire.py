"""What a network does to bytes: each fault is told in words and ends by itself when it is over."""

import logging
from functools import partial

import pytest
from msgspec.structs import replace

from tests.collector.books import Tables
from tests.reliability.conftest import Follow
from tests.reliability.followed import QUICK, assert_nothing_lost, serving, stream
from tests.reliability.proxy import Proxy, Way, Welcome
from wallboard.board.trust import State

HALF = len(stream()) // 2


async def test_cut_at_any_byte(follow_port: Follow, expected: Tables) -> None:
    """Wherever a stream is cut, in a header or a message, it goes on after what is held."""
    async with serving() as (port, _), Proxy(port).listen() as proxy:
        followed = follow_port(proxy.port)
        proxy.cut_after = 5
        async with followed.running():
            await followed.until_state(State.DISCONNECTED)
            for cut_after in (300, 2_000, 40_001, 150_000, 400_003):
                proxy.cut_after = cut_after
                before = proxy.connections
                await followed.until(partial(proxy.has_more_than, before + 1), "next connection")
            proxy.cut_after = None
            await followed.until_whole()
    assert_nothing_lost(followed, expected)


@pytest.mark.parametrize("hard", [True, False])
async def test_reset_and_clean_end(follow_port: Follow, expected: Tables, *, hard: bool) -> None:
    """In mid-stream, and again as soon as it is live."""
    async with serving(stream()[:HALF]) as (port, history), Proxy(port).listen() as proxy:
        followed = follow_port(proxy.port)
        async with followed.running():
            await followed.until_whole(HALF)
            proxy.welcome = Welcome.CLOSED
            proxy.cut(hard=hard)
            verdict = await followed.until_state(State.DISCONNECTED)
            assert "127.0.0.1" in verdict.detail
            history.append(stream()[HALF:])
            proxy.revive()
            await followed.until_whole()
    assert_nothing_lost(followed, expected)


async def test_half_open(follow_port: Follow, expected: Tables) -> None:
    """Both ways dead without a word: noticed by a ping, and what waited is not taken twice."""
    async with serving(stream()[:HALF]) as (port, history), Proxy(port).listen() as proxy:
        followed = follow_port(proxy.port)
        async with followed.running():
            await followed.until_whole(HALF)
            proxy.dead = frozenset(Way)
            history.append(stream()[HALF:])
            await followed.until_state(State.DISCONNECTED, "no longer answers")
            await followed.until_state(State.DISCONNECTED, "did not answer in time")
            proxy.revive()
            await followed.until_whole()
    assert_nothing_lost(followed, expected)


@pytest.mark.parametrize(
    ("way", "state"), [(Way.DOWN, State.DISCONNECTED), (Way.UP, State.LIVE)], ids=["down", "up"]
)
async def test_one_way_dead(follow_port: Follow, expected: Tables, way: Way, state: State) -> None:
    """Nothing heard is no connection; not being heard costs nothing while heartbeats come."""
    async with serving(stream()[:HALF]) as (port, history), Proxy(port).listen() as proxy:
        followed = follow_port(proxy.port)
        async with followed.running():
            await followed.until_whole(HALF)
            proxy.dead = frozenset({way})
            if state is State.LIVE:
                history.append(stream()[HALF:])
            await followed.until_state(state)
            if state is State.LIVE:
                await followed.until_whole()
            else:
                history.append(stream()[HALF:])
                proxy.revive()
            await followed.until_whole()
    assert_nothing_lost(followed, expected)


@pytest.mark.parametrize(
    ("welcome", "words"),
    [(Welcome.CLOSED, "dropped it unanswered"), (Welcome.IGNORED, "did not answer in time")],
)
async def test_accepted_and_left(
    follow_port: Follow, expected: Tables, welcome: Welcome, words: str
) -> None:
    """From the first connection on; a server that closes at once is not stormed."""
    async with serving() as (port, _), Proxy(port).listen() as proxy:
        proxy.welcome = welcome
        tuning = replace(QUICK, shortest_delay=0.1, longest_delay=0.2)
        followed = follow_port(proxy.port, tuning)
        async with followed.running():
            await followed.until_state(State.DISCONNECTED, words)
            assert proxy.connections <= 3
            proxy.revive()
            await followed.until_whole()
    assert_nothing_lost(followed, expected)


async def test_nobody_listens_and_then_somebody(follow_port: Follow, expected: Tables) -> None:
    """A server that is down, from the start and in between."""
    async with serving() as (port, _):
        proxy = Proxy(port)
        async with proxy.listen():
            pass
        followed = follow_port(proxy.port)
        async with followed.running():
            for _ in range(2):
                await followed.until_state(State.DISCONNECTED, "refused the connection")
                async with proxy.listen():
                    await followed.until_whole()
    assert_nothing_lost(followed, expected)


async def test_late_and_slow(
    follow_port: Follow, expected: Tables, caplog: pytest.LogCaptureFixture
) -> None:
    """A long way, and a thin line: what comes for longer than silence may last is no silence.

    It is told as what it is, and never begun anew for ever.
    """
    async with serving() as (port, _), Proxy(port).listen() as proxy:
        caplog.set_level(logging.INFO, "wallboard")
        proxy.delay = 0.05
        proxy.speed = 40_000
        tuning = replace(QUICK, open_seconds=5.0, dead_seconds=1.0)
        followed = follow_port(proxy.port, tuning)
        async with followed.running():
            await followed.until_state(State.STALE, "arriving")
            proxy.delay = 0.0
            await followed.until(lambda: followed.coverage, "message on the thin line")
            assert "disconnected" not in caplog.text
            proxy.speed = None
            await followed.until_whole()
    assert_nothing_lost(followed, expected)


async def test_a_server_that_drips(follow_port: Follow, expected: Tables) -> None:
    """A few bytes now and then are no message that is on its way: it is left, and tried anew."""
    async with serving() as (port, _), Proxy(port).listen() as proxy:
        followed = follow_port(proxy.port, replace(QUICK, open_seconds=5.0, least_bytes=10**7))
        proxy.speed = 2_000
        async with followed.running():
            await followed.until_state(State.DISCONNECTED, "not even a heartbeat")
            proxy.speed = None
            await followed.until_whole()
    assert_nothing_lost(followed, expected)


async def test_bytes_of_another(
    follow_port: Follow, expected: Tables, caplog: pytest.LogCaptureFixture
) -> None:
    """Foreign bytes before the answer or in mid-stream: told, left, and begun anew."""
    async with serving(stream()[:HALF]) as (port, history), Proxy(port).listen() as proxy:
        followed = follow_port(proxy.port)
        proxy.before_each = b"SSH-2.0-OpenSSH_9.6\r\n"
        async with followed.running():
            await followed.until_state(State.DISCONNECTED, "does not answer in HTTP")
            proxy.before_each = b""
            await followed.until_whole(HALF)
            caplog.set_level(logging.INFO, "wallboard")
            proxy.say(b"\xff" * 300)
            await followed.until(lambda: "no part of a websocket" in caplog.text, "word of it")
            history.append(stream()[HALF:])
            await followed.until_whole()
    assert_nothing_lost(followed, expected)
