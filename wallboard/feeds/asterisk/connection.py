"""A connection to AMI: opened, spoken to by actions, read in messages."""

import asyncio
import ssl
from typing import Final
from urllib.parse import urlsplit

from wallboard.config import Asterisk, Feed
from wallboard.feeds.asterisk.wire import Wire, action
from wallboard.feeds.tuning import Tuning

PORT: Final = 5038
TLS_PORT: Final = 5039
CHUNK: Final = 2**18
UNREAD: Final = 16 * 2**20
"""Bytes held here while the cache is busy: a PBX cuts off whoever leaves about 3 MB unread."""


class AmiConnection:
    """An open connection. Reading raises what NETWORK_ERRORS lists, and NotAmi."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer
        self._wire = Wire()
        self._number = 0

    async def read(self) -> list[dict[str, str | list[str]]]:
        """The next messages, at least none; EOFError when the PBX has ended the connection."""
        data = await self._reader.read(CHUNK)
        if not data:
            raise EOFError
        return self._wire.take(data)

    def send(self, name: str, **fields: str) -> str:
        """Send an action; returns the number that its answer carries."""
        self._number += 1
        number = f"wallboard-{self._number}"
        self._writer.write(action(name, number, fields))
        return number

    async def close(self, seconds: float) -> None:
        """Close within so many seconds, else drop the socket."""
        self._writer.close()
        try:
            async with asyncio.timeout(seconds):
                await self._writer.wait_closed()
        except (TimeoutError, OSError):
            self._writer.transport.abort()


def user_of(feed: Feed, settings: Asterisk) -> str:
    """The AMI user: the one in the feed's address, else the configured one."""
    return urlsplit(feed.url).username or settings.user


async def open_ami(feed: Feed, settings: Asterisk, tuning: Tuning) -> AmiConnection:
    """Connect to the AMI of a feed. Raises what NETWORK_ERRORS lists."""
    parts = urlsplit(feed.url)
    host = parts.hostname or ""
    port = parts.port or (TLS_PORT if settings.tls else PORT)
    secure = ssl.create_default_context(cafile=settings.ca_file) if settings.tls else None
    async with asyncio.timeout(tuning.open_seconds):
        reader, writer = await asyncio.open_connection(host, port, ssl=secure, limit=UNREAD)
    return AmiConnection(reader, writer)
