"""What comes between a server and its client to messages: nothing is lost, doubled or invented."""

import random
from collections.abc import Callable, Iterator
from functools import partial

import msgspec
import pytest

from tests.collector.books import Tables
from tests.reliability.conftest import Follow
from tests.reliability.followed import assert_nothing_lost, serving, stream
from tests.reliability.proxy import Proxy
from tests.reliability.proxy_messages import (
    Events,
    Holed,
    MessageProxy,
    Mischief,
    Shuffled,
    honest,
    is_control,
    twice,
)
from wallboard.board.trust import State

LOST_FOR_GOOD = range(1_001, 1_041)


@pytest.mark.parametrize(
    "mischief",
    [twice, Shuffled(1), Shuffled(2), Holed(1, cut=False)],
    ids=["twice", "shuffled", "shuffled otherwise", "holed"],
)
async def test_swapped_repeated_left_out(
    follow_port: Follow, expected: Tables, mischief: Mischief
) -> None:
    """Live events in any order, more than once, or some of them not at all."""
    async with serving() as (port, _), MessageProxy(port, mischief).listen() as proxy:
        followed = follow_port(proxy.port)
        async with followed.running():
            await followed.until_whole()
    assert_nothing_lost(followed, expected, is_repeated=True)


async def test_texts_cut_in_the_middle(follow_port: Follow, expected: Tables) -> None:
    """What was cut is quarantined with its text, and what it held is asked for again."""
    async with serving() as (port, _), MessageProxy(port, Holed(4, cut=True)).listen() as proxy:
        followed = follow_port(proxy.port)
        async with followed.running():
            await followed.until_whole()
    assert followed.health is not None
    assert followed.health.quarantined > 0
    # An event that stands whole before the cut is taken from it, the rest is told as unreadable.
    assert_nothing_lost(followed, expected, is_repeated=True, but=("feeds", "invalid"))


async def test_the_end_of_a_stream_is_missed(follow_port: Follow, expected: Tables) -> None:
    """The last events are lost on the way, and nothing comes after them but heartbeats."""

    def without_the_end(events: Events) -> Iterator[bytes]:
        if is_control(events):
            yield msgspec.json.encode(events)
            return
        yield msgspec.json.encode([e for e in events if int(e["sequence"]) <= len(stream()) - 25])

    async with serving() as (port, _), MessageProxy(port, without_the_end).listen() as proxy:
        followed = follow_port(proxy.port)
        async with followed.running():
            await followed.until_whole()
    assert_nothing_lost(followed, expected, is_repeated=True)


@pytest.mark.parametrize("is_last", [False, True], ids=["in the middle", "at the end"])
async def test_what_nobody_has_is_a_gap(follow_port: Follow, *, is_last: bool) -> None:
    """Lost on the way, and not to be had beside the stream: said once, with its numbers."""
    held = stream()[:1_500] if not is_last else stream()[:1_040]

    def lossy(events: Events) -> Iterator[bytes]:
        yield msgspec.json.encode(
            [e for e in events if int(e.get("sequence", 0)) not in LOST_FOR_GOOD]
        )

    async with serving(held) as (port, _), MessageProxy(port, lossy).listen() as proxy:
        proxy.answer = lambda path: None if path == "websocket" else (404, {})
        followed = follow_port(proxy.port)
        async with followed.running():
            await followed.until_whole(len(held))
            assert followed.verdict.state is State.LIVE
    ((_, _, _, first, last, reason),) = followed.gaps
    assert (first, last) == (LOST_FOR_GOOD[0], LOST_FOR_GOOD[-1])
    assert "40 events could no longer be had" in reason


@pytest.mark.parametrize("seed", range(3))
async def test_everything_at_once(follow_port: Follow, expected: Tables, seed: int) -> None:
    """Connections cut at random bytes while what they carry is swapped, repeated and left out."""
    chance = random.Random(seed)
    ways: list[Callable[[Events], Iterator[bytes]]] = [
        honest,
        twice,
        Shuffled(seed),
        Holed(seed, cut=False),
    ]

    def any_way(events: Events) -> Iterator[bytes]:
        yield from chance.choice(ways)(events)

    async with (
        serving() as (port, _),
        MessageProxy(port, any_way).listen() as messages,
        Proxy(messages.port).listen() as proxy,
    ):
        followed = follow_port(proxy.port)
        async with followed.running():
            for _ in range(8):
                proxy.cut_after = chance.randrange(200, 60_000)
                before = proxy.connections
                proxy.cut(hard=chance.random() < 0.5)
                await followed.until(partial(proxy.has_more_than, before), "connection")
            proxy.cut_after = None
            proxy.cut()
            await followed.until_whole()
    assert_nothing_lost(followed, expected, is_repeated=True)
