"""Sessions against real servers on the loopback: how they begin, go on, end and begin again."""

import asyncio
import itertools
import json
from urllib.parse import parse_qs, urlsplit

import pytest
from msgspec.structs import replace
from websockets.asyncio.server import ServerConnection

from tests.feeds.conftest import Following
from tests.feeds.stand import (
    QUICK,
    Memory,
    Stand,
    event,
    events,
    heartbeat,
    hello,
    hold,
    send,
)
from wallboard.feeds.coverage import Coverage, Span
from wallboard.feeds.intake import Stage
from wallboard.feeds.native import follow


async def test_a_batch_is_taken_and_the_feed_is_live(memory: Memory, following: Following) -> None:
    """Hello, a batch, a heartbeat: everything is held and the feed is live."""

    async def script(connection: ServerConnection) -> None:
        await send(connection, [hello("a", 1, 3)], events(1, 3), [heartbeat(3)])
        await hold(connection)

    stand = Stand(script)
    async with stand.listen():
        following(stand)
        await memory.until(lambda: str(memory.held) == "1-3")
        condition = await memory.until_stage(Stage.LIVE)
        await memory.until(lambda: memory.condition.newest == 3)
    assert memory.epochs == ["a"]
    assert condition.reason == ""
    assert memory.stages()[:2] == [Stage.CONNECTING, Stage.LIVE]
    assert condition.skew is not None
    assert abs(condition.skew) < 5
    assert memory.condition.heard is not None
    assert memory.lost_spans == []


@pytest.mark.parametrize("chosen", ["wallboard.batch.json", "cloudevents.json", "another"])
async def test_every_subprotocol(memory: Memory, following: Following, chosen: str) -> None:
    """Batches, single events, and a server that chooses no subprotocol are all read."""

    async def script(connection: ServerConnection) -> None:
        assert connection.subprotocol == (None if chosen == "another" else chosen)
        batched = chosen == "wallboard.batch.json"
        for message in (hello("a", 1, 2), event(1), event(2)):
            await send(connection, [message] if batched else message)
        await connection.send(json.dumps(event(3)).encode())
        await hold(connection)

    stand = Stand(script, subprotocols=(chosen,))
    async with stand.listen():
        following(stand)
        await memory.until(lambda: str(memory.held) == "1-3")
    offered = stand.handshakes[0].headers["Sec-WebSocket-Protocol"]
    assert offered == "wallboard.batch.json, cloudevents.json"


@pytest.mark.parametrize("compression", [True, False])
async def test_compression_is_as_configured(
    memory: Memory, following: Following, *, compression: bool
) -> None:
    """Deflate is offered only when the configuration asks for it."""

    async def script(connection: ServerConnection) -> None:
        await send(connection, [hello("a", None, None)])
        await hold(connection)

    stand = Stand(script)
    async with stand.listen():
        following(stand.feed(compression=compression))
        await memory.until_stage(Stage.LIVE)
    offered = stand.handshakes[0].headers.get("Sec-WebSocket-Extensions", "")
    assert ("permessage-deflate" in offered) is compression


async def test_one_bad_event_costs_only_itself(memory: Memory, following: Following) -> None:
    """A batch with a bad event and one of unknown type: no gap, and the rest is there."""

    async def script(connection: ServerConnection) -> None:
        bad = event(2, data={"call": 7})
        await send(connection, [hello("a", 1, 5)], [event(1), bad, event(3, type="x.y"), event(4)])
        await connection.send("[this is not JSON")
        await send(connection, [event(5)])
        await hold(connection)

    stand = Stand(script)
    async with stand.listen():
        following(stand)
        await memory.until(lambda: str(memory.held) == "1-5")
    assert sorted(memory.events) == ["e1", "e4", "e5"]
    assert len(memory.invalid) == 2
    assert len(memory.unknown) == 1
    assert memory.lost_spans == []


async def test_a_restart_in_mid_stream_is_resumed_after_the_newest(
    memory: Memory, following: Following
) -> None:
    """The second connection asks for what follows the newest number held, in the same epoch."""
    sessions = itertools.count()

    async def script(connection: ServerConnection) -> None:
        if next(sessions) == 0:
            await send(connection, [hello("a b&c", 1, 20)], events(1, 10))
            connection.transport.abort()
            return
        await send(connection, [hello("a b&c", 1, 20)], events(11, 20))
        await hold(connection)

    stand = Stand(script)
    async with stand.listen():
        following(stand)
        await memory.until(lambda: str(memory.held) == "1-20")
        await memory.until_stage(Stage.LIVE)
    assert "after" not in stand.handshakes[0].path
    assert stand.handshakes[1].path == "/events?after=10&epoch=a+b%26c"
    assert Stage.DISCONNECTED in memory.stages()
    assert memory.lost_spans == []


async def test_a_server_that_goes_away_and_comes_back(memory: Memory, following: Following) -> None:
    """While nobody listens the feed is disconnected with a time to retry; then it goes on."""
    rounds = itertools.count()

    async def script(connection: ServerConnection) -> None:
        first = next(rounds) * 10 + 1
        await send(connection, [hello("a", 1, first + 9)], events(first, first + 9))
        await hold(connection)

    stand = Stand(script)
    async with stand.listen():
        following(stand)
        await memory.until(lambda: str(memory.held) == "1-10")
    await memory.until(lambda: "refused the connection" in memory.condition.reason)
    condition = memory.condition
    assert condition.stage is Stage.DISCONNECTED
    assert condition.retry_at is not None
    async with stand.listen():
        await memory.until(lambda: str(memory.held) == "1-20")
        live = await memory.until_stage(Stage.LIVE)
    assert live.reason == ""


async def test_a_server_that_accepts_and_closes_is_not_stormed(
    memory: Memory, following: Following
) -> None:
    """A clean end is an end: the delays grow."""

    async def script(connection: ServerConnection) -> None:
        await connection.close()

    stand = Stand(script)
    async with stand.listen():
        following(stand, QUICK)
        await memory.until(lambda: len(stand.handshakes) >= 3)
        condition = await memory.until_stage(Stage.DISCONNECTED)
    ends = [c for c in memory.conditions if c.stage is Stage.DISCONNECTED and c.retry_at]
    assert "closed the connection" in condition.reason
    assert all((c.retry_at or 0) >= c.since for c in ends)


async def test_a_silent_server_is_stale_and_then_left(memory: Memory, following: Following) -> None:
    """It answers pings, so it is there, but sends nothing: stale, then a new connection."""

    async def script(connection: ServerConnection) -> None:
        await send(connection, [hello("a", 1, 1)], events(1, 1))
        await hold(connection)

    tuning = replace(QUICK, stale_seconds=0.1, dead_seconds=0.3, ping_after_seconds=0.05)
    stand = Stand(script)
    async with stand.listen():
        following(stand, tuning)
        stale = await memory.until_stage(Stage.STALE)
        left = await memory.until_stage(Stage.DISCONNECTED)
        await memory.until(lambda: len(stand.handshakes) == 2)
    assert "has sent nothing" in stale.reason
    assert "not even a heartbeat" in left.reason


async def test_a_half_open_peer_is_noticed_by_a_ping(memory: Memory, following: Following) -> None:
    """A peer that stops reading and writing answers no ping."""

    async def script(connection: ServerConnection) -> None:
        await send(connection, [hello("a", 1, 1)], events(1, 1))
        connection.transport.pause_reading()
        await hold(connection)

    tuning = replace(QUICK, ping_after_seconds=0.1, ping_seconds=0.1)
    stand = Stand(script)
    async with stand.listen():
        following(stand, tuning)
        condition = await memory.until_stage(Stage.DISCONNECTED)
    assert "no longer answers" in condition.reason


async def test_a_busy_cache_is_no_silent_server(memory: Memory, following: Following) -> None:
    """While the intake takes its time the feed is neither stale nor cut off."""

    async def script(connection: ServerConnection) -> None:
        await send(connection, [hello("a", 1, 2)], events(1, 1), events(2, 2), [heartbeat(2)])
        while True:
            await asyncio.sleep(0.05)
            await send(connection, [heartbeat(2)])

    memory.slow = {1: 0.5}
    tuning = replace(
        QUICK, stale_seconds=0.2, dead_seconds=0.3, ping_after_seconds=0.1, ping_seconds=0.1
    )
    stand = Stand(script)
    async with stand.listen():
        following(stand, tuning)
        await memory.until(lambda: str(memory.held) == "1-2")
        assert len(stand.handshakes) == 1
    assert Stage.STALE not in memory.stages()


async def test_far_behind_is_catching_up(memory: Memory, following: Following) -> None:
    """While much of the live stream is still to come the stage says so."""
    go_on = asyncio.Event()

    async def script(connection: ServerConnection) -> None:
        await send(connection, [hello("a", 1, 40)], events(1, 5))
        await go_on.wait()
        await send(connection, events(6, 40))
        await hold(connection)

    stand = Stand(script)
    async with stand.listen():
        following(stand)
        await memory.until_stage(Stage.CATCHING_UP)
        go_on.set()
        await memory.until_stage(Stage.LIVE)
    assert str(memory.held) == "1-40"


async def test_a_new_epoch_begins_anew_with_a_snapshot(
    memory: Memory, following: Following
) -> None:
    """The numbering of the server starts anew: what was held is forgotten, the present asked."""
    memory.held.become(Coverage("old", [Span(1, 500)]))

    async def script(connection: ServerConnection) -> None:
        await send(connection, [hello("new", 1, 3)])
        if len(stand.handshakes) > 1:
            await send(connection, events(1, 3))
        await hold(connection)

    stand = Stand(script)
    text = {"epoch": "new", "sequence": "3", "time": "2026-03-02T10:00:00Z", "events": []}
    stand.answers["/snapshot"] = lambda _: (200, json.dumps(text).encode())
    async with stand.listen():
        following(stand)
        await memory.until(lambda: str(memory.held) == "1-3" and bool(memory.snapshots))
    assert memory.epochs == ["new"]
    assert stand.handshakes[0].path == "/events?after=500&epoch=old"
    assert stand.handshakes[1].path == "/events"
    assert memory.snapshots == [("new", 3, b"[]")]


@pytest.mark.parametrize("says_nothing_at_first", [False, True])
@pytest.mark.parametrize("held", [10, 500])
async def test_a_numbering_that_starts_anew_under_its_old_epoch(
    memory: Memory, following: Following, *, held: int, says_nothing_at_first: bool
) -> None:
    """As of a server that keeps no epoch, or was restored: what it sends under old numbers comes.

    Of many numbers the numbering is another; a few are only asked for again.
    """
    memory.held.become(Coverage("a", [Span(1, held)]))
    new = [event(number, id=f"new {number}") for number in range(1, 5)]

    async def script(connection: ServerConnection) -> None:
        after = parse_qs(urlsplit(stand.handshakes[-1].path).query).get("after", ["0"])
        unsaid = says_nothing_at_first and len(stand.handshakes) == 1
        greeting = hello("a", None, None) if unsaid else hello("a", 1, 3)
        await send(connection, [greeting], [heartbeat(3)])
        if sent := [made for made in new if int(made["sequence"]) > int(after[0])]:
            await send(connection, sent)
        await hold(connection)

    stand = Stand(script)
    async with stand.listen():
        following(stand)
        await memory.until(lambda: "new 4" in memory.events)
        await memory.until_stage(Stage.LIVE)
    assert [handshake.path for handshake in stand.handshakes] == [
        f"/events?after={held}&epoch=a",
        "/events",
    ]
    assert sorted(memory.events) == ["new 1", "new 2", "new 3", "new 4"]
    assert memory.epochs == (["a"] if held == 500 else [])
    assert str(memory.held) == ("1-4" if held == 500 else "1-10")


async def test_a_standby_that_is_behind_goes_on(memory: Memory, following: Following) -> None:
    """It is asked for a few known events again, once a connection, and nothing is forgotten."""
    memory.held.become(Coverage("a", [Span(1, 100)]))

    async def script(connection: ServerConnection) -> None:
        await send(connection, [hello("a", 1, 98)])
        if len(stand.handshakes) > 1:
            await send(connection, events(79, 101))
        await hold(connection)

    stand = Stand(script)
    async with stand.listen():
        following(stand)
        await memory.until(lambda: str(memory.held) == "1-101")
    assert [handshake.path for handshake in stand.handshakes] == [
        "/events?after=100&epoch=a",
        "/events?after=78&epoch=a",
    ]
    assert memory.epochs == []
    assert memory.lost_spans == []


async def test_a_new_epoch_at_every_connection_is_not_stormed(
    memory: Memory, following: Following
) -> None:
    """A server that never keeps its numbering is waited for like one that fails."""

    async def script(connection: ServerConnection) -> None:
        await send(connection, [hello(f"epoch {len(stand.handshakes)}", 1, 1)], events(1, 1))
        await hold(connection)

    memory.held.become(Coverage("old", [Span(1, 5)]))
    stand = Stand(script)
    async with stand.listen():
        following(stand, replace(QUICK, shortest_delay=5.0, longest_delay=5.0))
        await memory.until(lambda: memory.held.epoch == "epoch 2")
        await memory.until_stage(Stage.LIVE)


@pytest.mark.parametrize("hours", [-1, 1])
async def test_a_clock_that_is_set_moves_the_time_of_the_next_attempt(
    memory: Memory, hours: int
) -> None:
    """What waits is no wall clock: a clock set back does not make it an hour more."""
    now, shift = 1_000_000_000, 0
    stop = asyncio.Event()

    async def script(connection: ServerConnection) -> None:
        await connection.close()

    stand = Stand(script)
    async with stand.listen():
        feed = stand.feed()
    slow = replace(QUICK, shortest_delay=20.0, longest_delay=20.0)
    work = follow(feed, memory, stop=stop, clock=lambda: now + shift, tuning=slow, draw=lambda: 1.0)
    following = asyncio.create_task(work)
    told = (await memory.until_stage(Stage.DISCONNECTED)).retry_at
    assert told is not None
    assert 0 < told - now <= 30_000
    shift = hours * 3_600_000
    await memory.until(lambda: memory.condition.retry_at != told)
    again = memory.condition.retry_at
    assert again is not None
    assert abs((again - shift) - told) < 10_000
    stop.set()
    await following
