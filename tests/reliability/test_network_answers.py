"""Servers that answer with something else: each is told, and followed again when it is well."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from msgspec.structs import replace

from tests.collector.books import Tables
from tests.reliability.conftest import Follow, write_token
from tests.reliability.followed import QUICK, TOKEN, assert_nothing_lost, serving, stream
from tests.reliability.proxy import Proxy
from tests.reliability.proxy_messages import Flooding, Holed, MessageProxy, honest
from wallboard.board.trust import State
from wallboard.feeds.replay import Replay, Unanswered

HALF = len(stream()) // 2


class Strangers:
    """A server that answers everyone alike, and keeps what it was told."""

    def __init__(self, answer: bytes) -> None:
        self.answer = answer
        self.heard: list[bytes] = []
        self.port = 0

    @asynccontextmanager
    async def listen(self) -> AsyncIterator["Strangers"]:
        """Answer while the context lasts."""
        async with await asyncio.start_server(self._serve, "127.0.0.1", 0) as server:
            self.port = server.sockets[0].getsockname()[1]
            yield self

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            self.heard.append(await reader.readuntil(b"\r\n\r\n"))
            writer.write(self.answer)
            await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            return
        finally:
            writer.close()


def answer(status: str, *headers: str) -> bytes:
    """An HTTP answer without a body."""
    lines = (f"HTTP/1.1 {status}", *headers, "Content-Length: 0", "Connection: close", "", "")
    return "\r\n".join(lines).encode()


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("401 Unauthorized", "does not accept the token (HTTP status 401)"),
        ("403 Forbidden", "does not accept the token (HTTP status 403)"),
        ("404 Not Found", "is not there"),
        ("429 Too Many Requests", "too many requests"),
        ("500 Internal Server Error", "is in trouble"),
        ("503 Service Unavailable", "is in trouble"),
    ],
)
async def test_a_status_in_mid_stream_and_its_end(
    follow_port: Follow, expected: Tables, status: str, words: str
) -> None:
    """A gateway that turns everybody away for a while, and the server behind it goes on."""
    turning_away = Strangers(answer(status, "Retry-After: 0"))
    async with (
        serving(stream()[:HALF]) as (port, history),
        turning_away.listen(),
        Proxy(port).listen() as proxy,
    ):
        followed = follow_port(proxy.port)
        async with followed.running():
            await followed.until_whole(HALF)
            proxy.target = turning_away.port
            proxy.cut()
            await followed.until_state(State.DISCONNECTED, words)
            history.append(stream()[HALF:])
            proxy.target = port
            await followed.until_whole()
    assert_nothing_lost(followed, expected)
    assert TOKEN not in followed.path.read_bytes().decode("latin-1")


async def test_the_token_goes_nowhere_else(follow_port: Follow, expected: Tables) -> None:
    """Redirects of the stream, of older events and of the snapshot lead to nobody.

    Whoever is there is not even connected to.
    """
    elsewhere = Strangers(answer("200 OK"))
    async with serving() as (port, _), elsewhere.listen(), MessageProxy(port).listen() as proxy:
        moved = {"Location": f"http://127.0.0.1:{elsewhere.port}/events?token=here"}
        followed = follow_port(proxy.port)
        proxy.answer = lambda _: (307, moved)
        async with followed.running():
            verdict = await followed.until_state(State.DISCONNECTED, "sends elsewhere")
            assert "token=here" not in verdict.detail
            proxy.answer = lambda path: None if path == "websocket" else (302, moved)
            proxy.mischief = Holed(1, cut=False)
            await followed.until_state(State.LIVE, "")
            await followed.until(lambda: "sends elsewhere" in followed.reason, "word of it")
            proxy.answer = lambda _: None
            await followed.until_whole()
    assert elsewhere.heard == []
    assert {given for _, given in proxy.asked} == {f"Bearer {TOKEN}"}
    assert_nothing_lost(followed, expected, is_repeated=True)


async def test_a_token_that_expires_while_the_stream_goes_on(
    follow_port: Follow, expected: Tables
) -> None:
    """The stream was let in by the old token; older events are asked for with the renewed one."""
    async with serving() as (port, _), MessageProxy(port).listen() as proxy:
        followed = follow_port(proxy.port, replace(QUICK, refused_seconds=600.0))
        proxy.mischief = Holed(2, cut=False)
        proxy.answer = lambda path: None if path == "websocket" else (401, {})
        async with followed.running():
            await followed.until(lambda: "does not accept the token" in followed.reason, "refusal")
            assert followed.verdict.state is not State.DISCONNECTED
            # The server takes the new one for the old: what counts is that it is shown.
            proxy.translate = {"Bearer renewed": f"Bearer {TOKEN}"}
            proxy.answer = lambda path: (
                None if path == "websocket" or proxy.asked[-1][1] == "Bearer renewed" else (401, {})
            )
            assert followed.token_file is not None
            write_token(followed.token_file, "renewed")
            await followed.until_whole()
    assert_nothing_lost(followed, expected, is_repeated=True)


async def test_a_token_that_expires_with_the_stream(follow_port: Follow, expected: Tables) -> None:
    """The server closes with a policy's code and lets nobody in before the file is another."""
    async with serving(stream()[:HALF]) as (port, history), MessageProxy(port).listen() as proxy:
        followed = follow_port(proxy.port, replace(QUICK, refused_seconds=600.0))
        async with followed.running():
            await followed.until_whole(HALF)
            proxy.answer = lambda _: (401, {})
            await proxy.close_all(3000, "token expired")
            await followed.until_state(State.DISCONNECTED, "does not accept the token")
            history.append(stream()[HALF:])
            proxy.translate = {"Bearer renewed": f"Bearer {TOKEN}"}
            proxy.answer = lambda _: None
            assert followed.token_file is not None
            # For an instant nothing is there, as when a file is written anew.
            write_token(followed.token_file, "")
            write_token(followed.token_file, "renewed")
            await followed.until_whole()
    assert_nothing_lost(followed, expected)


@pytest.mark.parametrize("path", ["/events", "/snapshot"])
async def test_retry_after_beside_the_stream(follow_port: Follow, path: str) -> None:
    """One request, and none before the time that the server asked for; the stream goes on."""
    async with serving() as (port, _), MessageProxy(port, Holed(3, cut=False)).listen() as proxy:
        followed = follow_port(proxy.port)
        proxy.answer = lambda asked: (429, {"Retry-After": "600"}) if asked == path else None
        async with followed.running():
            await followed.until(lambda: "too many requests" in followed.reason, "word of it")
            proxy.mischief = honest
            before = [asked for asked, _ in proxy.asked].count(path)
            heard = followed.heard
            await followed.until(lambda: followed.heard > heard + 500, "half a second of stream")
            assert [asked for asked, _ in proxy.asked].count(path) == before == 1
            assert followed.verdict.state is State.LIVE


@pytest.mark.parametrize("head", [b"", b"HTTP/1.1 200 OK\r\nContent-Length: 9000\r\n\r\n["])
async def test_older_events_that_drip(head: bytes) -> None:
    """A byte now and then is no answer: it is given up, in words, and asked for again later."""
    left = asyncio.Event()

    async def drip(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(head)
        leaving = asyncio.create_task(reader.read())
        while not leaving.done():
            writer.write(b"H" if not head else b" ")
            await asyncio.wait({leaving}, timeout=0.02)
        writer.close()
        left.set()

    async with await asyncio.start_server(drip, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        async with Replay(f"ws://127.0.0.1:{port}/events", lambda: None, QUICK) as replay:
            with pytest.raises(Unanswered, match="did not answer in time"):
                await replay.events(0, 10)
        await left.wait()


async def test_a_flood_of_no_use(follow_port: Follow, expected: Tables) -> None:
    """A thousand messages of an unknown type between any two that matter: counted, no more."""
    junk = json.dumps(
        [
            {
                "specversion": "1.0",
                "id": "again and again",
                "source": "junk",
                "type": "weather.changed",
                "time": "2026-03-03T10:00:00Z",
                "data": {"sky": "blue" * 20},
            }
        ]
    ).encode()
    async with serving() as (port, _), MessageProxy(port).listen() as proxy:
        proxy.mischief = Flooding(junk, 1_000)
        followed = follow_port(proxy.port)
        async with followed.running():
            await followed.until_whole()
    assert followed.health is not None
    assert followed.health.events >= len(stream()) + 1_000
    assert followed.health.quarantined == 0
    assert_nothing_lost(followed, expected, but=("feeds", "seen", "unknown_types"))
