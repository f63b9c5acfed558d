"""A TCP proxy between a feed server and its client, as unreliable as a test wishes it to be."""

import asyncio
import ssl
import struct
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from enum import Enum, auto
from socket import SO_LINGER, SOL_SOCKET, socket
from typing import Final, NamedTuple

LARGEST_PIECE: Final = 65_536
SLOW_PIECE: Final = 512
"""In bytes: so much at once where the speed is limited."""
AT_ONCE_AND_HARD: Final = struct.pack("ii", 1, 0)
"""For SO_LINGER: a close is a reset, as of a machine that knows nothing of the connection."""


class Way(Enum):
    """A direction in which bytes go."""

    UP = auto()
    """From the client to the server."""
    DOWN = auto()


class Welcome(Enum):
    """What becomes of a new connection."""

    THROUGH = auto()
    CLOSED = auto()
    """Accepted and closed at once."""
    IGNORED = auto()
    """Accepted, and then nothing: neither passed on nor closed."""


class _Ends(NamedTuple):
    client: asyncio.StreamWriter
    server: asyncio.StreamWriter | None


class Proxy:
    """Passes connections on to a local port; each fault is an attribute that takes effect at once.

    `port` is its own once it listens.
    """

    def __init__(self, target: int, secure: ssl.SSLContext | None = None) -> None:
        """`secure`: TLS with the clients; the server is spoken to in plain."""
        self._secure = secure
        self.target = target
        """The port of the server; another one holds for the next connections."""
        self.port = 0
        self.welcome = Welcome.THROUGH
        self.dead: frozenset[Way] = frozenset()
        """Ways on which nothing gets through; what waits goes on when they are alive again."""
        self.delay = 0.0
        """Seconds that every piece is late, in both directions."""
        self.speed: float | None = None
        """Bytes a second towards the client, None for all that it takes."""
        self.cut_after: int | None = None
        """Bytes towards the client after which a connection is cut, wherever that is."""
        self.before_each: bytes = b""
        """What a connection is told before anything of the server, as by another service."""
        self.passed_up = 0
        """How many bytes were passed on to the server."""
        self.connections = 0
        """How many were accepted."""
        self._ends: set[_Ends] = set()
        self._handling: set[asyncio.Task[None]] = set()
        self._moved = asyncio.Event()

    @asynccontextmanager
    async def listen(self) -> AsyncIterator["Proxy"]:
        """Pass on while the context lasts."""
        await self.open()
        try:
            yield self
        finally:
            self.close()
            await asyncio.gather(*self._handling, return_exceptions=True)

    async def open(self) -> None:
        """Listen, on the same port as before."""
        self._server = await asyncio.start_server(
            self._accept, "127.0.0.1", self.port, ssl=self._secure
        )
        self.port = self._server.sockets[0].getsockname()[1]

    def close(self) -> None:
        """Listen no more, and cut what is open."""
        self._server.close()
        self.cut()

    def has_more_than(self, connections: int) -> bool:
        """Whether more connections than so many were accepted."""
        return self.connections > connections

    def revive(self) -> None:
        """All that was dead or ignored is as it should be, for old and new connections."""
        self.dead = frozenset()
        self.welcome = Welcome.THROUGH
        moved, self._moved = self._moved, asyncio.Event()
        moved.set()

    def cut(self, *, hard: bool = True) -> None:
        """Cut every open connection: with a reset, or cleanly as by a server that ends."""
        for ends in list(self._ends):
            _end(ends, hard=hard)

    def say(self, text: bytes) -> None:
        """Write bytes to every client, wherever its stream is just now."""
        for ends in self._ends:
            ends.client.write(text)

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.create_task(self._handle(reader, writer))
        self._handling.add(task)
        task.add_done_callback(self._handling.discard)

    async def _handle(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        if self.welcome is Welcome.CLOSED:
            writer.close()
            return
        if self.welcome is Welcome.IGNORED:
            self._ends.add(_Ends(writer, None))
            return
        try:
            from_server, to_server = await asyncio.open_connection("127.0.0.1", self.target)
        except OSError:
            writer.close()
            return
        ends = _Ends(writer, to_server)
        self._ends.add(ends)
        writer.write(self.before_each)
        pumps = [
            asyncio.create_task(self._pump(Way.UP, reader, ends)),
            asyncio.create_task(self._pump(Way.DOWN, from_server, ends)),
        ]
        try:
            await asyncio.wait(pumps, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for pump in pumps:
                pump.cancel()
            await asyncio.gather(*pumps, return_exceptions=True)
            self._ends.discard(ends)
            _end(ends, hard=False)

    async def _pump(self, way: Way, reader: asyncio.StreamReader, ends: _Ends) -> None:
        writer = ends.client if way is Way.DOWN else ends.server
        assert writer is not None
        passed = 0
        while data := await reader.read(self._piece(way)):
            while way in self.dead:
                await self._moved.wait()
            if self.delay:
                await asyncio.sleep(self.delay)
            if way is Way.DOWN:
                if self.speed:
                    await asyncio.sleep(len(data) / self.speed)
                if self.cut_after is not None and passed + len(data) >= self.cut_after:
                    writer.write(data[: self.cut_after - passed])
                    await writer.drain()
                    return
                passed += len(data)
            else:
                self.passed_up += len(data)
            writer.write(data)
            await writer.drain()

    def _piece(self, way: Way) -> int:
        return SLOW_PIECE if way is Way.DOWN and self.speed else LARGEST_PIECE


def _end(ends: _Ends, *, hard: bool) -> None:
    for writer in ends:
        if writer is None or writer.is_closing():
            continue
        if hard:
            plain: socket = writer.get_extra_info("socket")
            plain.setsockopt(SOL_SOCKET, SO_LINGER, AT_ONCE_AND_HARD)
            writer.transport.abort()
        else:
            writer.close()
