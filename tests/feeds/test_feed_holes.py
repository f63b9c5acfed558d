"""Gaps and history against real servers: fetched, given up, or never missed."""

import asyncio
import json

import pytest
from msgspec.structs import replace
from websockets.asyncio.server import ServerConnection

from tests.feeds.conftest import Following
from tests.feeds.stand import (
    QUICK,
    Memory,
    Script,
    Stand,
    event,
    events,
    hello,
    hold,
    replay,
    send,
    snapshot,
)
from wallboard.feeds.coverage import Coverage, Span
from wallboard.feeds.intake import Origin, Stage


def streams(*batches: tuple[int, int], oldest: int = 1, newest: int | None = None) -> Script:
    """A server that says hello and sends these spans, each as a batch."""
    top = newest if newest is not None else max((last for _, last in batches), default=0)

    async def script(connection: ServerConnection) -> None:
        await send(connection, [hello("a", oldest, top)])
        for first, last in batches:
            await send(connection, events(first, last))
        await hold(connection)

    return script


async def test_a_jump_is_fetched_newest_first_and_then_the_snapshot(
    memory: Memory, following: Following
) -> None:
    """What /events still has is had; nothing is lost."""
    stand = Stand(streams((1, 5), (41, 45)))
    stand.answers["/events"] = replay(lambda: range(1, 46))
    stand.answers["/snapshot"] = snapshot("a", 45, event(44))
    async with stand.listen():
        following(stand)
        await memory.until(lambda: str(memory.held) == "1-45" and bool(memory.snapshots))
    assert memory.lost_spans == []
    fetched = [number for origin, number in memory.order if origin is Origin.REPLAY]
    assert fetched[:10] == list(range(31, 41))
    assert sorted(fetched) == list(range(6, 41))
    assert memory.snapshots[0][1] == 45


async def test_a_jump_without_replay_is_lost(memory: Memory, following: Following) -> None:
    """A server with neither /events nor /snapshot: the gap is recorded once, whole."""
    stand = Stand(streams((1, 5), (41, 45)))
    async with stand.listen():
        following(stand)
        await memory.until(lambda: str(memory.held) == "1-45")
        await memory.until_stage(Stage.LIVE)
    assert memory.lost_spans == [Span(6, 40)]


async def test_what_the_server_no_longer_has_is_lost(memory: Memory, following: Following) -> None:
    """`after` is older than `oldest`: a huge gap is settled in a few requests."""
    memory.held.become(Coverage("a", [Span(1, 100)]))
    first = 1_000_000
    stand = Stand(streams((first + 20, first + 30), oldest=first + 20))
    stand.answers["/events"] = replay(lambda: range(first, first + 31))
    stand.answers["/snapshot"] = snapshot("a", first + 30)
    async with stand.listen():
        following(stand)
        await memory.until(lambda: str(memory.held) == f"1-{first + 30}" and bool(memory.snapshots))
    assert sum(span.length for span in memory.lost_spans) == first - 101
    assert len(stand.asked("/events")) < 10


async def test_a_number_that_is_far_too_high_is_no_storm_of_requests(
    memory: Memory, following: Following
) -> None:
    """What lies between is settled in some dozens of requests; the stream goes on below it."""
    stray, told = 10**15, range(1, 50)

    async def script(connection: ServerConnection) -> None:
        await send(connection, [hello("a", 1, told[-1])], events(1, 20), [event(stray)])
        await memory.until(lambda: memory.held.missing(1, stray) == [])
        await send(connection, events(told[-1] + 1, told[-1] + 3))
        await hold(connection)

    stand = Stand(script)
    stand.answers["/events"] = replay(lambda: told)
    stand.answers["/snapshot"] = snapshot("a", told[-1])
    async with stand.listen():
        following(stand)
        await memory.until(lambda: f"e{told[-1] + 3}" in memory.events)
    assert {f"e{number}" for number in told} <= memory.events.keys()
    assert sum(span.length for span in memory.lost_spans) == stray - 1 - told[-1]
    assert len(memory.lost_spans) < 5
    assert len(stand.asked("/events")) < 200


async def test_events_that_overtake_one_another_are_no_gap(
    memory: Memory, following: Following
) -> None:
    """A hole that closes by itself within the grace is never asked for."""

    async def script(connection: ServerConnection) -> None:
        await send(connection, [hello("a", 1, 4)], [event(1)], [event(4)], [event(2)], [event(3)])
        await hold(connection)

    stand = Stand(script)
    stand.answers["/events"] = replay(lambda: range(1, 5))
    async with stand.listen():
        following(stand, replace(QUICK, grace_seconds=0.3))
        await memory.until(lambda: str(memory.held) == "1-4")
        await memory.until(lambda: len(stand.requests) >= 2)
    assert {asked["after"] for asked in stand.asked("/events")} == {0}
    assert memory.lost_spans == []


async def test_a_failing_replay_loses_nothing(memory: Memory, following: Following) -> None:
    """While /events fails the hole stays, told in words; when it answers the hole is filled."""
    works = asyncio.Event()
    whole = replay(lambda: range(1, 46))
    stand = Stand(streams((1, 5), (41, 45)))
    stand.answers["/events"] = lambda asked: whole(asked) if works.is_set() else (503, b"later")
    async with stand.listen():
        following(stand)
        await memory.until(lambda: "cannot be fetched" in memory.condition.reason)
        await memory.until(lambda: memory.condition.backlog == 35)
        assert memory.condition.stage is Stage.LIVE
        assert memory.lost_spans == []
        works.set()
        await memory.until(lambda: str(memory.held) == "1-45")
        await memory.until(lambda: memory.condition.reason == "")
    assert memory.lost_spans == []


async def test_a_server_that_answers_with_less_than_asked(
    memory: Memory, following: Following
) -> None:
    """A limit of the server's own is no loss."""
    stand = Stand(streams((1, 5), (41, 45)))
    stand.answers["/events"] = replay(lambda: range(1, 46), most=3)
    async with stand.listen():
        following(stand)
        await memory.until(lambda: str(memory.held) == "1-45")
    assert memory.lost_spans == []


async def test_a_first_connection_to_much_history_begins_with_a_snapshot(
    memory: Memory, following: Following
) -> None:
    """Snapshot, live after it, and the history newest first beside the stream."""

    async def script(connection: ServerConnection) -> None:
        await send(connection, [hello("a", 1, 100)])
        if len(stand.handshakes) == 2:
            await send(connection, events(101, 103))
        await hold(connection)

    stand = Stand(script)
    stand.answers["/events"] = replay(lambda: range(1, 104))
    stand.answers["/snapshot"] = snapshot("a", 100, event(3), event(90))
    async with stand.listen():
        following(stand)
        await memory.until(lambda: str(memory.held) == "1-103")
        await memory.until(lambda: memory.condition.backlog == 0)
        assert Stage.DISCONNECTED not in memory.stages()
    assert len(memory.snapshots) == 1
    assert stand.handshakes[1].path == "/events?after=100&epoch=a"
    fetched = [number for origin, number in memory.order if origin is Origin.REPLAY]
    assert fetched[:10] == list(range(91, 101))
    assert memory.lost_spans == []
    assert any(condition.backlog for condition in memory.conditions)


async def test_a_first_connection_without_a_snapshot_streams_everything(
    memory: Memory, following: Following
) -> None:
    """A server with much history and no HTTP: the stream alone brings it."""
    stand = Stand(streams((1, 60), (61, 100)))
    async with stand.listen():
        following(stand)
        await memory.until(lambda: str(memory.held) == "1-100")
        await memory.until_stage(Stage.LIVE)
    assert len(stand.handshakes) == 1


async def test_history_that_comes_to_be_later_is_fetched(
    memory: Memory, following: Following
) -> None:
    """The server writes its history newest first: what appears below the oldest is fetched."""
    held = [range(91, 101)]
    stand = Stand(streams((91, 100), oldest=91))
    stand.answers["/events"] = replay(lambda: held[-1])
    async with stand.listen():
        following(stand)
        await memory.until(lambda: str(memory.held) == "91-100")
        for oldest in (75, 30, 1):
            held.append(range(oldest, 101))
            await memory.until(lambda: memory.held.oldest == held[-1].start)
    assert memory.lost_spans == []
    assert str(memory.held) == "1-100"


async def test_history_below_the_oldest_is_not_missed(memory: Memory, following: Following) -> None:
    """What the server never held is no gap, nor what it forgets before it was asked."""
    held = [100]
    stand = Stand(streams((101, 110), oldest=60))
    stand.answers["/events"] = replay(lambda: range(held[0], 111))
    async with stand.listen():
        following(stand)
        await memory.until(lambda: str(memory.held) == "100-110")
        await memory.until(lambda: memory.condition.backlog == 0)
    assert memory.lost_spans == []


async def test_a_hole_in_the_servers_own_history_is_lost(
    memory: Memory, following: Following
) -> None:
    """Older events are there, but some between are not: these are lost, not asked for for ever."""
    stand = Stand(streams((101, 110), oldest=60))
    stand.answers["/events"] = replay(lambda: [*range(60, 70), *range(80, 111)])
    async with stand.listen():
        following(stand)
        await memory.until(lambda: str(memory.held) == "60-110")
    assert sum(span.length for span in memory.lost_spans) == 10
    assert min(span.first for span in memory.lost_spans) == 70


async def test_an_interrupted_history_goes_on_where_it_was(
    memory: Memory, following: Following
) -> None:
    """After a restart of the board the holes of before are filled, without a grace."""
    memory.held.become(Coverage("a", [Span(51, 60), Span(71, 100)]))
    stand = Stand(streams(oldest=1, newest=100))
    stand.answers["/events"] = replay(lambda: range(1, 101))
    async with stand.listen():
        following(stand, replace(QUICK, grace_seconds=60.0))
        await memory.until(lambda: str(memory.held) == "1-100")
    assert stand.handshakes[0].path == "/events?after=100&epoch=a"
    assert memory.lost_spans == []


async def test_a_server_that_holds_nothing_any_more(memory: Memory, following: Following) -> None:
    """Its newest is far above what is held, but no event is left: all of it is lost at once."""
    memory.held.become(Coverage("a", [Span(1, 100)]))

    async def script(connection: ServerConnection) -> None:
        await send(connection, [hello("a", None, 500)])
        await hold(connection)

    stand = Stand(script)
    stand.answers["/events"] = lambda _: (200, b"[]")
    async with stand.listen():
        following(stand)
        await memory.until(lambda: str(memory.held) == "1-500")
    assert sum(span.length for span in memory.lost_spans) == 400


async def test_the_token_goes_with_every_request(
    memory: Memory, following: Following, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Handshake, older events and snapshot all carry the bearer token, and no address does."""
    monkeypatch.setenv("STAND_TOKEN", "s3cret")
    stand = Stand(streams((1, 5), (41, 45)), token="s3cret")
    stand.answers["/events"] = replay(lambda: range(1, 46))
    stand.answers["/snapshot"] = snapshot("a", 45)
    async with stand.listen():
        following(stand.feed(token_env="STAND_TOKEN"))
        await memory.until(lambda: str(memory.held) == "1-45" and bool(memory.snapshots))
    assert {given for given, _, _ in stand.requests} == {"Bearer s3cret"}
    assert "s3cret" not in json.dumps([h.path for h in stand.handshakes])


async def test_no_proxy_is_asked_for_this_machine_itself(
    memory: Memory, following: Following, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A demo works behind any company's proxy settings: neither stream nor history go there."""
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    stand = Stand(streams((1, 5), (41, 45)))
    stand.answers["/events"] = replay(lambda: range(1, 46))
    async with stand.listen():
        following(stand)
        await memory.until(lambda: str(memory.held) == "1-45")
    assert memory.lost_spans == []


@pytest.mark.parametrize("works", [True, False])
async def test_what_is_true_now_comes_before_history(
    memory: Memory, following: Following, *, works: bool
) -> None:
    """Gap, snapshot, history; and a snapshot that fails holds up no history."""
    memory.held.become(Coverage("a", [Span(201, 205), Span(241, 245)]))
    stand = Stand(streams(newest=245))
    stand.answers["/events"] = replay(lambda: range(1, 246))
    answer = snapshot("a", 245)
    stand.answers["/snapshot"] = lambda asked: answer(asked) if works else (500, b"no")
    async with stand.listen():
        following(stand)
        await memory.until(lambda: str(memory.held) == "1-245")
    asked = [(path, parameters.get("after", 0)) for _, path, parameters in stand.requests]
    first = next(at for at, (path, _) in enumerate(asked) if path == "/snapshot")
    assert all(after >= 200 or after == 0 for _, after in asked[:first])
    assert any(0 < after < 200 for _, after in asked[first:])
    assert len(memory.snapshots) == (1 if works else 0)
