"""Reaching a feed once: what `wallboard check` says of it."""

import asyncio
import json
from datetime import UTC, datetime, timedelta

import pytest
from websockets.asyncio.server import ServerConnection

from tests.feeds.conftest import Following
from tests.feeds.stand import QUICK, Memory, Stand, events, hello, hold, replay, send
from tests.feeds.stand import snapshot as answer
from wallboard.feeds.coverage import Coverage
from wallboard.feeds.intake import Delivery, Taken
from wallboard.feeds.native import follow
from wallboard.feeds.probe import probe
from wallboard.simulation.feed_server import FeedServer
from wallboard.simulation.history import History, pack


async def greet(connection: ServerConnection) -> None:
    """A good server."""
    await send(connection, [hello("a", 1, 1_234)], events(1, 3))
    await hold(connection)


async def test_a_good_feed() -> None:
    """What is held, and what is offered beside the stream."""
    stand = Stand(greet)
    stand.answers |= {"/events": replay(lambda: range(1, 4)), "/snapshot": answer("a", 3)}
    async with stand.listen():
        found = await probe(stand.feed(), tuning=QUICK)
    assert found.ok
    assert "1,234 events held (1 to 1234)" in found.sentence
    assert "It has a snapshot." in found.sentence
    assert "It gives older events again." in found.sentence
    assert "clock" not in found.sentence


async def test_a_feed_without_http_and_with_another_clock() -> None:
    """Both are told, and neither keeps it from being followed."""
    ahead = (datetime.now(UTC) + timedelta(seconds=90)).isoformat()

    async def script(connection: ServerConnection) -> None:
        await send(connection, hello("a", None, None, time=ahead))
        await hold(connection)

    stand = Stand(script)
    async with stand.listen():
        found = await probe(stand.feed(), tuning=QUICK)
    assert found.ok
    assert "no events yet" in found.sentence
    assert "s ahead of this machine's" in found.sentence
    assert "has no snapshot" in found.sentence


@pytest.mark.parametrize("status", [401, 404, 503])
async def test_a_feed_that_refuses(status: int) -> None:
    """The same sentences as the board's."""
    stand = Stand(greet, status=status)
    async with stand.listen():
        found = await probe(stand.feed(), tuning=QUICK)
    assert not found.ok
    assert str(status) in found.sentence


async def test_a_feed_that_says_no_hello(monkeypatch: pytest.MonkeyPatch) -> None:
    """A websocket that is no feed, one that hangs up, a token that is not there."""
    stand = Stand(hold)
    async with stand.listen():
        found = await probe(stand.feed(), tuning=QUICK, hello_seconds=0.05)
        assert "no event of type feed.hello within" in found.sentence
        stand.script = None
        assert "closed the connection" in (await probe(stand.feed(), tuning=QUICK)).sentence
        monkeypatch.delenv("STAND_TOKEN", raising=False)
        found = await probe(stand.feed(token_env="STAND_TOKEN"), tuning=QUICK)
        assert "STAND_TOKEN" in found.sentence


async def test_a_feed_whose_snapshot_fails() -> None:
    """The stream works, but a gap could not be mended: not ok."""
    stand = Stand(greet)
    stand.answers["/snapshot"] = lambda _: (200, b"<html>")
    async with stand.listen():
        found = await probe(stand.feed(), tuning=QUICK)
    assert not found.ok
    assert "/snapshot cannot be used" in found.sentence


async def test_the_simulated_center_is_followed(memory: Memory, following: Following) -> None:
    """A server of another hand: snapshot first, live, history in front of it later."""
    made = [json.dumps(_without_sequence(found)).encode() for found in events(1, 299)]
    history = History(first=1_000, epoch="s")
    history.append(made[100:200])
    async with FeedServer(history, "t", heartbeat=0.05).listen("127.0.0.1") as port:
        stand = Stand(port=port)
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("STAND_TOKEN", "t")
            following(stand.feed(token_env="STAND_TOKEN"))
            await memory.until(lambda: str(memory.held) == "1000-1099")
            history.append(made[200:])
            history.prepend([pack(made[:100])])
            await memory.until(lambda: str(memory.held) == "900-1198")
    assert memory.lost_spans == []
    assert len(memory.events) == 299
    assert len(memory.snapshots) == 1


def _without_sequence(found: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in found.items() if name != "sequence"}


class Full(Memory):
    """An intake whose disk is full."""

    async def take(self, delivery: Delivery) -> Taken:
        raise OSError(28, f"No space left for {delivery.feed}")


async def test_what_the_intake_raises_is_not_the_networks_fault() -> None:
    """A full disk is not taken for a broken connection."""
    stand = Stand(greet)
    memory = Full()
    assert memory.coverage("main").newest is Coverage().newest
    async with stand.listen():
        with pytest.raises(OSError, match="No space left"):
            await follow(stand.feed(), memory, stop=asyncio.Event(), tuning=QUICK)
