"""A server and a network at their worst: in the end everything is held and nothing is lost."""

import asyncio
import random

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
    replay,
    send,
    snapshot,
)
from wallboard.feeds.intake import Stage

NEWEST = 400


@pytest.mark.parametrize("seed", range(6))
async def test_whatever_breaks_everything_is_had_in_the_end(
    memory: Memory, following: Following, seed: int
) -> None:
    """Connections cut in mid-stream, batches out of order or left out, failing requests."""
    chance = random.Random(seed)

    async def script(connection: ServerConnection) -> None:
        assert connection.request is not None
        after = int(connection.request.path.partition("after=")[2].partition("&")[0] or 0)
        await send(connection, [hello("a", 1, NEWEST)])
        first = after + 1
        while first <= NEWEST:
            last = min(NEWEST, first + chance.randrange(40))
            batch = events(first, last)
            chance.shuffle(batch)
            if chance.random() < 0.8 or last == NEWEST:
                await send(connection, batch, [heartbeat(NEWEST)])
            if chance.random() < 0.1:
                connection.transport.abort()
                return
            first = last + 1
        await connection.wait_closed()

    whole = replay(lambda: range(1, NEWEST + 1), most=30)
    stand = Stand(script)
    stand.answers["/events"] = lambda asked: (
        (503, b"later") if chance.random() < 0.3 else whole(asked)
    )
    stand.answers["/snapshot"] = lambda _: (500, b"never")
    async with stand.listen():
        following(stand, replace(QUICK, many_held=chance.choice([50, 10_000])))
        await memory.until(lambda: str(memory.held) == f"1-{NEWEST}", seconds=10.0)
        await memory.until_stage(Stage.LIVE)
    assert len(memory.events) == NEWEST
    assert memory.lost_spans == []
    assert memory.epochs == ["a"]


async def test_a_feed_without_hello_is_followed_and_its_holes_filled(
    memory: Memory, following: Following
) -> None:
    """Against the contract, but no reason to stay blind."""

    async def script(connection: ServerConnection) -> None:
        await send(connection, event(1), event(9))
        await connection.wait_closed()

    stand = Stand(script)
    stand.answers["/events"] = replay(lambda: range(1, 10))
    async with stand.listen():
        following(stand, replace(QUICK, hello_seconds=0.05))
        await memory.until(lambda: str(memory.held) == "1-9")
        await memory.until_stage(Stage.LIVE)


@pytest.mark.parametrize("says_hello", [True, False])
async def test_a_first_stream_of_heartbeats_only_has_what_they_name_fetched(
    memory: Memory, following: Following, *, says_hello: bool
) -> None:
    """What the server holds, and what is true now: nothing of it comes by itself."""

    async def script(connection: ServerConnection) -> None:
        if says_hello:
            await send(connection, [hello("a", 3, 40)])
        while True:
            await send(connection, [heartbeat(40)])
            await asyncio.sleep(0.02)

    stand = Stand(script)
    stand.answers["/events"] = replay(lambda: range(3, 41))
    stand.answers["/snapshot"] = snapshot("a", 40, event(30))
    async with stand.listen():
        following(stand, replace(QUICK, hello_seconds=0.05))
        await memory.until(lambda: str(memory.held) == "3-40" and bool(memory.snapshots))
        await memory.until_stage(Stage.LIVE)
    assert memory.lost_spans == []
