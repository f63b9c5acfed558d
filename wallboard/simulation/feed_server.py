"""A feed server: websocket, snapshot and older events on one port, as events.md has it."""

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from http import HTTPStatus
from uuid import uuid4

import msgspec
from websockets.asyncio.server import ServerConnection, serve
from websockets.datastructures import Headers
from websockets.exceptions import ConnectionClosed
from websockets.http11 import Request, Response
from websockets.typing import Subprotocol

from wallboard.now import now_ms
from wallboard.simulation.history import History
from wallboard.simulation.outbox import Data, rfc3339
from wallboard.simulation.requests import Asked, RefusedError, authorize

BATCH = Subprotocol("wallboard.batch.json")
SINGLE = Subprotocol("cloudevents.json")
CATCH_UP = 1_000
"""The most events in one message."""
BREATH = 0.05
"""Seconds between two messages of a client that has caught up."""
HEARTBEAT = 5.0
"""Seconds between heartbeats."""


class FeedServer:
    """Serves a history to any number of clients.

    Each client reads the shared history from a position of its own and is sent the next
    message when the last one has left, so a slow one costs no memory.
    """

    def __init__(
        self, history: History, token: str | None = None, *, heartbeat: float = HEARTBEAT
    ) -> None:
        self.history = history
        self._token = token
        self._heartbeat = heartbeat
        self._name = f"feed-{uuid4().hex[:12]}"
        self._said = 0

    @asynccontextmanager
    async def listen(self, host: str, port: int = 0) -> AsyncIterator[int]:
        """Serve while the context lasts; its value is the port (asked for 0: a free one)."""
        async with serve(
            self._handle,
            host,
            port,
            select_subprotocol=_choose,
            process_request=self._answer,
            # A slow reader answers pings late, which is no reason to lose it.
            ping_timeout=60,
            close_timeout=2,
        ) as server:
            yield next(iter(server.sockets)).getsockname()[1]

    def _answer(self, connection: ServerConnection, request: Request) -> Response | None:
        """Answer plain HTTP; None lets a websocket handshake go on."""
        try:
            asked = Asked.parse(request.path)
            authorize(request.headers, self._token)
        except RefusedError as refusal:
            response = connection.respond(HTTPStatus(refusal.status), refusal.sentence + "\n")
            if refusal.status == HTTPStatus.UNAUTHORIZED:
                response.headers["WWW-Authenticate"] = "Bearer"
            return response
        upgrade = "websocket" in ",".join(request.headers.get_all("Upgrade")).lower()
        if asked.path == "/events":
            return None if upgrade else _json(self._events(asked))
        if asked.path == "/snapshot" and not upgrade:
            return _json(self._snapshot())
        return connection.respond(
            HTTPStatus.NOT_FOUND, f"There is nothing at {asked.path}; try /events or /snapshot.\n"
        )

    def _events(self, asked: Asked) -> bytes:
        _, events = self.history.read(asked.after or 0, asked.limit)
        return _array(events)

    def _snapshot(self) -> bytes:
        head = msgspec.json.encode(
            {
                "epoch": self.history.epoch,
                "sequence": str(self.history.newest),
                "time": _now(),
            }
        )
        return b'%b,"events":%b}' % (head[:-1], _array(self.history.present.events()))

    async def _handle(self, connection: ServerConnection) -> None:
        sending = asyncio.create_task(self._stream(connection))
        listening = asyncio.create_task(_listen(connection))
        await asyncio.wait((sending, listening), return_when=asyncio.FIRST_COMPLETED)
        sending.cancel()
        listening.cancel()
        for result in await asyncio.gather(sending, listening, return_exceptions=True):
            if isinstance(result, Exception) and not isinstance(result, ConnectionClosed):
                raise result

    async def _stream(self, connection: ServerConnection) -> None:
        request = connection.request
        asked = Asked.parse(request.path if request else "/events")
        batched = connection.subprotocol == BATCH
        history = self.history
        known = asked.epoch in {None, history.epoch}
        after = asked.after if asked.after is not None and known else history.oldest - 1
        await _send(connection, [self._hello()], batched)
        beat = time.monotonic()
        while True:
            first, events = history.read(after, CATCH_UP)
            if events:
                await _send(connection, events, batched)
                after = first + len(events) - 1
                await asyncio.sleep(0 if after < history.newest else BREATH)
            else:
                left = self._heartbeat - (time.monotonic() - beat)
                await history.grow(after, max(0.001, left))
            if time.monotonic() - beat >= self._heartbeat:
                beat = time.monotonic()
                await _send(connection, [self._beat()], batched)

    def _hello(self) -> bytes:
        history = self.history
        held: Data = {"oldest": str(history.oldest), "newest": str(history.newest)}
        return self._say("feed.hello", {"epoch": history.epoch, **held, "time": _now()})

    def _beat(self) -> bytes:
        return self._say("feed.heartbeat", {"newest": str(self.history.newest), "time": _now()})

    def _say(self, kind: str, data: Data) -> bytes:
        self._said += 1
        return msgspec.json.encode(
            {
                "specversion": "1.0",
                "id": f"{self._name}-{self._said}",
                "source": self._name,
                "type": kind,
                "time": _now(),
                "data": data,
            }
        )


def _choose(_: ServerConnection, offered: Sequence[Subprotocol]) -> Subprotocol | None:
    """Batches where the client knows them; a client that offers nothing gets single events."""
    return next((known for known in (BATCH, SINGLE) if known in offered), None)


async def _listen(connection: ServerConnection) -> None:
    """What a client says is of no interest, but it must be read for its close to be noticed."""
    async for _ in connection:
        continue


async def _send(connection: ServerConnection, events: list[bytes], batched: bool) -> None:
    if batched:
        await connection.send(_array(events), text=True)
        return
    for event in events:
        await connection.send(event, text=True)


def _array(events: list[bytes]) -> bytes:
    return b"[%b]" % b",".join(events)


def _json(body: bytes) -> Response:
    headers = Headers(
        [
            ("Content-Type", "application/json"),
            ("Content-Length", str(len(body))),
            ("Connection", "close"),
        ]
    )
    return Response(HTTPStatus.OK, HTTPStatus.OK.phrase, headers, body)


def _now() -> str:
    return rfc3339(now_ms())
