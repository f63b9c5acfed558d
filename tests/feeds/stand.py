"""A feed server for tests, scripted by each of them, and an intake that keeps what it is given."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qs, urlsplit

from websockets.asyncio.server import Server, ServerConnection, serve
from websockets.datastructures import Headers
from websockets.http11 import Request, Response
from websockets.typing import Subprotocol

from wallboard.config import Feed
from wallboard.events import Event, Invalid, Unknown, decode_message
from wallboard.events.control import FeedHeartbeat, FeedHello
from wallboard.feeds.coverage import Coverage, Span
from wallboard.feeds.intake import Condition, Delivery, Heartbeat, Hello, Origin, Stage, Taken
from wallboard.feeds.tuning import Tuning

FEED = "main"
QUICK = Tuning(
    open_seconds=2.0,
    close_seconds=0.2,
    shortest_delay=0.01,
    longest_delay=0.05,
    settled_seconds=5.0,
    refused_seconds=30.0,
    token_seconds=0.02,
    tick_seconds=0.01,
    report_seconds=0.02,
    grace_seconds=0.05,
    oldest_soon_seconds=0.02,
    oldest_often_seconds=0.05,
    many_held=50,
    behind=20,
    chunk=10,
)
"""The times of a test."""

Script = Callable[[ServerConnection], Awaitable[None]]
Json = dict[str, Any]


def event(sequence: int, **changes: object) -> Json:
    """A valid event with this sequence."""
    made: Json = {
        "specversion": "1.0",
        "id": f"e{sequence}",
        "source": "stand",
        "type": "call.started",
        "time": "2026-03-02T10:00:00Z",
        "subject": f"c{sequence}",
        "sequence": f"{sequence:012d}",
        "data": {"call": f"c{sequence}", "direction": "inbound"},
    }
    return made | changes


def events(first: int, last: int) -> list[Json]:
    """Valid events with the sequences from `first` to `last`."""
    return [event(sequence) for sequence in range(first, last + 1)]


def _control(kind: str, data: Json) -> Json:
    now = datetime.now(UTC).isoformat()
    return {
        "specversion": "1.0",
        "id": f"{kind} {now}",
        "source": "stand",
        "type": kind,
        "time": now,
        "data": {"time": now} | data,
    }


def hello(epoch: str, oldest: int | None, newest: int | None, **more: object) -> Json:
    """The server's first message."""
    return _control("feed.hello", {"epoch": epoch, "oldest": oldest, "newest": newest} | more)


def heartbeat(newest: int | None, **more: object) -> Json:
    """A sign of life."""
    return _control("feed.heartbeat", {"newest": newest} | more)


class Memory:
    """An intake that decodes as the collector does and keeps everything in lists."""

    def __init__(self) -> None:
        self.held = Coverage()
        self.events: dict[str, Event] = {}
        self.order: list[tuple[Origin, int]] = []
        self.invalid: list[Invalid] = []
        self.unknown: list[Unknown] = []
        self.lost_spans: list[Span] = []
        self.epochs: list[str] = []
        self.snapshots: list[tuple[str, int | None, bytes]] = []
        self.conditions: list[Condition] = []
        self.slow: dict[int, float] = {}
        """How long taking in a message that ends with this sequence lasts, once, in seconds."""
        self._moved = asyncio.Event()

    def coverage(self, feed: str) -> Coverage:
        assert feed == FEED
        return self.held

    async def take(self, delivery: Delivery) -> Taken:
        decoded = decode_message(delivery.text)
        for item in decoded.events:
            self.events[item.id] = item
        self.invalid += decoded.invalid
        self.unknown += decoded.unknown
        numbers = sorted(decoded.sequences)
        self.order += [(delivery.origin, number) for number in numbers]
        self.held.add_all(numbers)
        said_hello = said_heartbeat = None
        for control in decoded.control:
            match control.data:
                case FeedHello(epoch=epoch, oldest=oldest, newest=newest):
                    said_hello = Hello(str(epoch), _int(oldest), _int(newest), control.time)
                case FeedHeartbeat(newest=newest):
                    said_heartbeat = Heartbeat(_int(newest), control.time)
        self._move()
        await asyncio.sleep(self.slow.pop(max(numbers, default=0), 0.0))
        return Taken(
            len(decoded.events),
            min(numbers, default=None),
            max(numbers, default=None),
            said_hello,
            said_heartbeat,
        )

    async def take_snapshot(
        self, feed: str, *, epoch: str, sequence: int | None, time: int, events: bytes
    ) -> None:
        assert feed == FEED
        assert time >= 1_772_445_600_000
        self.snapshots.append((epoch, sequence, events))
        self._move()

    async def new_epoch(self, feed: str, epoch: str) -> None:
        assert feed == FEED
        self.epochs.append(epoch)
        self.held.become(Coverage(epoch))
        self._move()

    async def lost(self, feed: str, span: Span) -> None:
        assert feed == FEED
        self.lost_spans.append(span)
        self.held.add(*span)
        self._move()

    def report(self, feed: str, condition: Condition) -> None:
        assert feed == FEED
        self.conditions.append(condition)
        self._move()

    @property
    def condition(self) -> Condition:
        """The last one reported."""
        return self.conditions[-1] if self.conditions else Condition(Stage.CONNECTING, 0)

    def stages(self) -> list[Stage]:
        """The stages reported, each once in a row."""
        seen: list[Stage] = []
        for condition in self.conditions:
            if not seen or seen[-1] is not condition.stage:
                seen.append(condition.stage)
        return seen

    def _move(self) -> None:
        moved, self._moved = self._moved, asyncio.Event()
        moved.set()

    async def until(self, true: Callable[[], bool], seconds: float = 5.0) -> None:
        """Wait until something is true, looking whenever the feed did anything, and now and then.

        What a server was asked does not come by here.
        """
        async with asyncio.timeout(seconds):
            while not true():
                await self._a_moment()

    async def _a_moment(self) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(0.02):
                await self._moved.wait()

    async def until_stage(self, stage: Stage, seconds: float = 5.0) -> Condition:
        """Wait until this stage is reported; return the condition."""
        await self.until(lambda: bool(self.conditions) and self.condition.stage is stage, seconds)
        return self.condition


def _int(value: object) -> int | None:
    return None if value is None else int(str(value))


@dataclass
class Stand:
    """A server on a free local port; what it does is set by the test."""

    script: Script | None = None
    answers: dict[str, Callable[[dict[str, int]], tuple[int, bytes]]] = field(default_factory=dict)
    status: int | None = None
    headers: dict[str, str] = field(default_factory=dict)
    token: str | None = None
    subprotocols: Sequence[str] = ("wallboard.batch.json", "cloudevents.json")
    port: int = 0
    requests: list[tuple[str, str, dict[str, int]]] = field(default_factory=list)
    handshakes: list[Request] = field(default_factory=list)
    secure: Any = None

    def url(self, path: str = "/events") -> str:
        """The address of the feed."""
        return f"{'wss' if self.secure else 'ws'}://localhost:{self.port}{path}"

    def feed(self, path: str = "/events", **more: Any) -> Feed:
        """A feed as configured for this server."""
        return Feed(name=FEED, url=self.url(path), **more)

    def asked(self, path: str) -> list[dict[str, int]]:
        """The parameters of the HTTP requests for this path, in order."""
        return [parameters for _, found, parameters in self.requests if found == path]

    @asynccontextmanager
    async def listen(self) -> AsyncIterator[Server]:
        """Serve while the context lasts."""
        async with serve(
            self._handle,
            "127.0.0.1",
            self.port,
            process_request=self._request,
            select_subprotocol=self._select,
            ping_interval=None,
            close_timeout=0.2,
            ssl=self.secure,
        ) as server:
            self.port = next(iter(server.sockets)).getsockname()[1]
            yield server

    def _select(self, _: ServerConnection, offered: Sequence[Subprotocol]) -> Subprotocol | None:
        return next((known for known in offered if known in self.subprotocols), None)

    def _request(self, _: ServerConnection, request: Request) -> Response | None:
        parts = urlsplit(request.path)
        parameters = {name: int(values[0]) for name, values in _numbers(parts.query)}
        upgrade = "Upgrade" in request.headers
        if upgrade:
            self.handshakes.append(request)
        else:
            given = request.headers.get("Authorization", "")
            self.requests.append((given, parts.path, parameters))
        if self.token is not None and request.headers.get("Authorization") != (
            f"Bearer {self.token}"
        ):
            return _response(401, b"no")
        if upgrade:
            return None if self.status is None else _response(self.status, b"no", self.headers)
        if parts.path not in self.answers:
            return _response(404, b"nothing here")
        return _response(*self.answers[parts.path](parameters))

    async def _handle(self, connection: ServerConnection) -> None:
        if self.script is not None:
            await self.script(connection)


def _numbers(query: str) -> list[tuple[str, list[str]]]:
    return [(name, values) for name, values in parse_qs(query).items() if values[0].isdigit()]


def _response(status: int, body: bytes, headers: dict[str, str] | None = None) -> Response:
    fields = {"Content-Length": str(len(body)), "Connection": "close"} | (headers or {})
    return Response(status, HTTPStatus(status).phrase, Headers(fields), body)


def replay(held: Callable[[], Sequence[int]], most: int = 1_000_000) -> Callable[..., Any]:
    """An answer of /events over the sequences held, at most `most` at once."""

    def answer(parameters: dict[str, int]) -> tuple[int, bytes]:
        limit = min(parameters["limit"], most)
        numbers = sorted(number for number in held() if number > parameters["after"])
        return 200, json.dumps([event(number) for number in numbers[:limit]]).encode()

    return answer


def snapshot(epoch: str, sequence: int | None, *found: Json) -> Callable[..., Any]:
    """An answer of /snapshot."""
    text = json.dumps(
        {
            "epoch": epoch,
            "sequence": None if sequence is None else str(sequence),
            "time": "2026-03-02T10:00:00Z",
            "events": list(found),
        }
    )
    return lambda _: (200, text.encode())


async def send(connection: ServerConnection, *messages: Json | list[Json]) -> None:
    """Send messages, each as its own."""
    for message in messages:
        await connection.send(json.dumps(message))


async def hold(connection: ServerConnection) -> None:
    """Keep the connection until the client closes it."""
    await connection.wait_closed()
