"""A proxy of messages between a feed server and its client: it swaps, repeats, loses and cuts."""

import asyncio
import random
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from http import HTTPStatus
from typing import Any

import httpx
import msgspec
from websockets.asyncio.client import connect
from websockets.asyncio.server import ServerConnection, serve
from websockets.datastructures import Headers
from websockets.exceptions import ConnectionClosed
from websockets.http11 import Request, Response
from websockets.typing import Subprotocol

BATCH = Subprotocol("wallboard.batch.json")

Events = list[dict[str, Any]]
Mischief = Callable[[Events], Iterator[bytes]]
"""What is passed on in place of one message; hello and heartbeats are messages as well."""
Answer = Callable[[str], "tuple[int, dict[str, str]] | None"]
"""A status and headers to answer a path with, None to ask the server."""


class MessageProxy:
    """Passes messages on to a local feed server; what it does to them may be changed at any time.

    `port` is its own once it listens.
    """

    def __init__(self, target: int, mischief: Mischief | None = None) -> None:
        self.target = target
        self.mischief = mischief or honest
        self.answer: Answer = lambda _: None
        self.translate: dict[str, str] = {}
        """What the server is given in place of an Authorization."""
        self.port = 0
        self.asked: list[tuple[str, str]] = []
        """The path and the Authorization of every request over HTTP, in order."""
        self._open: set[ServerConnection] = set()

    @asynccontextmanager
    async def listen(self) -> AsyncIterator["MessageProxy"]:
        """Pass on while the context lasts."""
        # One for all: each reads the trusted certificates, which takes tens of milliseconds.
        async with (
            httpx.AsyncClient(trust_env=False) as self._client,
            serve(
                self._handle,
                "127.0.0.1",
                self.port,
                process_request=self._request,
                subprotocols=[BATCH],
                close_timeout=0.2,
                ping_interval=None,
            ) as server,
        ):
            self.port = next(iter(server.sockets)).getsockname()[1]
            yield self

    def restore(self) -> None:
        """Pass everything on as it comes."""
        self.mischief = honest
        self.answer = lambda _: None

    async def close_all(self, code: int, reason: str) -> None:
        """Close every stream with a code and a reason, as a server does."""
        for connection in list(self._open):
            await connection.close(code, reason)

    def _authorization(self, request: Request) -> str:
        given = request.headers.get("Authorization", "")
        return self.translate.get(given, given)

    async def _request(self, _: ServerConnection, request: Request) -> Response | None:
        given = request.headers.get("Authorization", "")
        path = request.path.partition("?")[0]
        upgrade = "Upgrade" in request.headers
        if not upgrade:
            self.asked.append((path, given))
        refusal = self.answer("websocket" if upgrade else path)
        if refusal is not None:
            return _response(refusal[0], b"no", refusal[1])
        if upgrade:
            return None
        address = f"http://127.0.0.1:{self.target}{request.path}"
        allowed = {"Authorization": self._authorization(request)}
        found = await self._client.get(address, headers=allowed)
        return _response(found.status_code, found.content)

    async def _handle(self, connection: ServerConnection) -> None:
        request = connection.request
        assert request is not None
        async with connect(
            f"ws://127.0.0.1:{self.target}{request.path}",
            subprotocols=[BATCH],
            additional_headers={"Authorization": self._authorization(request)},
            proxy=None,
            max_size=None,
            ping_interval=None,
            close_timeout=0.2,
        ) as server:
            self._open.add(connection)
            passing = asyncio.create_task(self._pass(server, connection))
            leaving = asyncio.create_task(connection.wait_closed())
            await asyncio.wait((passing, leaving), return_when=asyncio.FIRST_COMPLETED)
            for task in (passing, leaving):
                task.cancel()
            await asyncio.gather(passing, leaving, return_exceptions=True)
            self._open.discard(connection)

    async def _pass(self, server: Any, connection: ServerConnection) -> None:
        try:
            async for text in server:
                for message in self.mischief(msgspec.json.decode(text)):
                    await connection.send(message, text=True)
        except ConnectionClosed:
            return


def _response(status: int, body: bytes, more: dict[str, str] | None = None) -> Response:
    fields = {"Content-Length": str(len(body)), "Connection": "close"} | (more or {})
    return Response(status, HTTPStatus(status).phrase, Headers(fields), body)


def honest(events: Events) -> Iterator[bytes]:
    """As it came."""
    yield msgspec.json.encode(events)


def is_control(events: Events) -> bool:
    """Whether a message is what the server says of itself."""
    return any(event["type"].startswith("feed.") for event in events)


def twice(events: Events) -> Iterator[bytes]:
    """Every message comes again."""
    yield from (msgspec.json.encode(events),) * 2


class Shuffled:
    """Events overtake one another: within a message, and one message the next."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)

    def __call__(self, events: Events) -> Iterator[bytes]:
        """In another order and in pieces of another size."""
        if not is_control(events):
            self._random.shuffle(events)
        while events:
            size = self._random.randint(1, 60)
            yield msgspec.json.encode(events[:size])
            events = events[size:]


class Holed:
    """A share of the events is lost, or of the texts cut in the middle."""

    def __init__(self, seed: int, *, cut: bool) -> None:
        self._random = random.Random(seed)
        self._cut = cut

    def __call__(self, events: Events) -> Iterator[bytes]:
        """In pieces, of which some do not come, or not whole."""
        if is_control(events):
            yield msgspec.json.encode(events)
            return
        while events:
            size = self._random.randint(1, 200)
            text = msgspec.json.encode(events[:size])
            events = events[size:]
            if self._random.random() < 0.7:
                yield text
            elif self._cut:
                yield text[: self._random.randrange(1, len(text))]


class Flooding:
    """Many messages of no use come before each that has one."""

    def __init__(self, junk: bytes, times: int) -> None:
        self._messages = (junk,) * times

    def __call__(self, events: Events) -> Iterator[bytes]:
        """The junk, and then what came."""
        if not is_control(events):
            yield from self._messages
        yield msgspec.json.encode(events)
