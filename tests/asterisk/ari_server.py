"""ARI as a server of tests: its websocket and the requests beside it, on one port."""

import asyncio
import base64
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from websockets.frames import Opcode
from websockets.http11 import Request
from websockets.server import ServerProtocol

USER = "wallboard"
SECRET = "a-secret-of-the-tests"


@dataclass
class AriServer:
    """Serves one application; the events are given by the test."""

    port: int = 0
    status: int = 200
    """What every handshake is answered with, where it is not 200."""
    read_only: bool = False
    filters: list[Any] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    _streams: list[tuple[ServerProtocol, asyncio.StreamWriter]] = field(default_factory=list)

    @property
    def url(self) -> str:
        """Where it is."""
        return f"http://127.0.0.1:{self.port}/ari"

    @property
    def listeners(self) -> int:
        """How many clients are connected."""
        return len(self._streams)

    @asynccontextmanager
    async def listen(self) -> AsyncIterator[None]:
        """Be there while the context lasts."""
        server = await asyncio.start_server(self._serve, "127.0.0.1", self.port)
        self.port = server.sockets[0].getsockname()[1]
        try:
            yield
        finally:
            server.close()
            for _, writer in self._streams:
                writer.transport.abort()

    def tell(self, event: dict[str, Any]) -> None:
        """Send an event to whoever listens."""
        for protocol, writer in self._streams:
            protocol.send_text(json.dumps(event).encode())
            writer.writelines(protocol.data_to_send())

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(asyncio.IncompleteReadError, ConnectionError):
            head = await reader.readuntil(b"\r\n\r\n")
            line = head.split(b"\r\n", 1)[0].decode()
            self.asked.append(line)
            right = base64.b64encode(f"{USER}:{SECRET}".encode())
            if b"Basic " + right not in head:
                await self._say(writer, 401)
            elif line.startswith("PUT"):
                await self._set_filter(head, reader, writer)
            elif self.status != 200:
                await self._say(writer, self.status)
            else:
                await self._stream(head, reader, writer)
        writer.close()

    async def _set_filter(
        self, head: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        length = head.lower().split(b"content-length:", 1)[1].split(b"\r\n", 1)[0]
        body = await reader.readexactly(int(length))
        if self.read_only:
            await self._say(writer, 403)
            return
        self.filters.append(json.loads(body))
        await self._say(writer, 200)

    @staticmethod
    async def _say(writer: asyncio.StreamWriter, status: int) -> None:
        phrase = HTTPStatus(status).phrase
        end = "Content-Length: 2\r\nConnection: close\r\n\r\n{}"
        writer.write(f"HTTP/1.1 {status} {phrase}\r\n{end}".encode())
        await writer.drain()

    async def _stream(
        self, head: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        protocol = ServerProtocol()
        protocol.receive_data(head)
        (request,) = protocol.events_received()
        assert isinstance(request, Request)
        protocol.send_response(protocol.accept(request))
        writer.writelines(protocol.data_to_send())
        self._streams.append((protocol, writer))
        try:
            while data := await reader.read(65_536):
                protocol.receive_data(data)
                closed = any(
                    getattr(frame, "opcode", None) is Opcode.CLOSE
                    for frame in protocol.events_received()
                )
                writer.writelines(protocol.data_to_send())
                if closed:
                    return
        finally:
            self._streams.remove((protocol, writer))
