"""Opening a websocket the way a feed needs it."""

import asyncio

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ProxyError
from websockets.typing import Subprotocol

from wallboard.config import Feed
from wallboard.feeds.address import is_local, stream_address
from wallboard.feeds.tuning import Tuning

SUBPROTOCOLS = (Subprotocol("wallboard.batch.json"), Subprotocol("cloudevents.json"))
"""Batches first: catching up with them goes several times faster."""


class FeedConnection(ClientConnection):
    """A connection that knows when the last byte came: a pong, or a part of a long message."""

    byte_at: float = 0.0
    """In seconds of the event loop's clock."""
    bytes_received: int = 0
    """How many came in all."""

    def data_received(self, data: bytes) -> None:
        """Note the time and the size, and pass on."""
        self.byte_at = self.loop.time()
        self.bytes_received += len(data)
        super().data_received(data)


class _Connect(connect):
    """Without redirects: where they lead the token has no business, and no one chose to go."""

    def process_redirect(self, exc: Exception) -> Exception:
        return exc


async def open_connection(
    feed: Feed, token: str | None, tuning: Tuning, *, after: int | None, epoch: str | None
) -> FeedConnection:
    """Connect to the stream of a feed. Raises what NETWORK_ERRORS lists.

    No keepalive of the library's own: while the cache is busy, reading pauses, so pongs wait
    unread, and a slow disk would look like a dead server. The session pings when it is waiting.
    """
    try:
        connection = await _Connect(
            stream_address(feed.url, after, epoch),
            subprotocols=SUBPROTOCOLS,
            compression="deflate" if feed.compression else None,
            additional_headers={} if token is None else {"Authorization": f"Bearer {token}"},
            proxy=None if is_local(feed.url) else True,
            open_timeout=tuning.open_seconds,
            ping_interval=None,
            close_timeout=tuning.close_seconds,
            max_size=tuning.largest_message,
            create_connection=FeedConnection,
        )
    except ImportError as error:
        raise ProxyError("a SOCKS proxy needs the Python package python-socks") from error
    if not isinstance(connection, FeedConnection):
        raise TypeError("websockets made another connection than it was asked for")
    connection.byte_at = asyncio.get_running_loop().time()
    return connection


async def close_connection(connection: FeedConnection, seconds: float) -> None:
    """Close politely within so many seconds, else drop the socket."""
    try:
        async with asyncio.timeout(seconds):
            await connection.close()
    except TimeoutError:
        connection.transport.abort()
