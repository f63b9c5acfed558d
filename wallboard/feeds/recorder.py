"""Recording a feed: what it says, as it says it, with the time of its arrival."""

import asyncio
from collections.abc import Callable
from typing import Any, Final, TypeAlias

import msgspec
from websockets.exceptions import ConnectionClosed

from wallboard.config import Asterisk, Feed
from wallboard.events.faults import FAILURES
from wallboard.feeds.address import shown
from wallboard.feeds.asterisk.follow import follow_asterisk
from wallboard.feeds.asterisk.nobody import Nobody
from wallboard.feeds.connection import FeedConnection, close_connection, open_connection
from wallboard.feeds.pseudonyms import LEFT_OUT, Pseudonyms, without_secrets
from wallboard.feeds.reasons import NETWORK_ERRORS, reason_of
from wallboard.feeds.tuning import Tuning
from wallboard.now import now_ms

Write: TypeAlias = Callable[[bytes], object]
_ANY: Final = msgspec.json.Decoder(Any)
_ENCODE: Final = msgspec.json.Encoder().encode


class RecordingError(Exception):
    """The feed could not be recorded, or not further; the text is a sentence."""


class Lines:
    """Makes a line of JSON of each message, without secrets, and masked where that is asked for."""

    def __init__(self, write: Write, *, mask: bool) -> None:
        self._write = write
        self._pseudonyms = Pseudonyms() if mask else None
        self.count = 0

    def add(self, received: int, message: dict[str, Any]) -> None:
        """Write one message that came at `received` (UTC ms)."""
        try:
            kept = without_secrets(message)
            if self._pseudonyms is not None:
                kept = self._pseudonyms.masked(kept)
        except RecursionError:
            # What cannot be looked through may hold anything.
            kept = {"message": LEFT_OUT}
        said = kept if isinstance(kept, dict) else {}
        self._write(_ENCODE({"ts": received / 1_000} | said) + b"\n")
        self.count += 1


async def record(
    feed: Feed,
    settings: Asterisk,
    lines: Lines,
    *,
    stop: asyncio.Event,
    said: Callable[[str], None],
    tuning: Tuning | None = None,
) -> None:
    """Record a feed until `stop` is set; `said` is told how the connection fares, in sentences.

    Raises RecordingError for a native feed that cannot be reached or ends, and for a PBX that lets
    nobody in; one that ends is called again.
    Raises ConfigurationError when its token cannot be had.
    """
    tuning = tuning or Tuning()
    if feed.scheme == "asterisk":
        await _record_pbx(feed, settings, lines, stop, said, tuning)
    elif feed.scheme in {"ws", "wss"}:
        await _record_native(feed, lines, stop, tuning)
    else:
        raise RecordingError(f"The feed “{feed.name}” is a file already: {shown(feed.url)}.")


async def _record_pbx(
    feed: Feed,
    settings: Asterisk,
    lines: Lines,
    stop: asyncio.Event,
    said: Callable[[str], None],
    tuning: Tuning,
) -> None:
    ending = asyncio.Event()
    refusals: list[str] = []

    def refused(reason: str) -> None:
        refusals.append(reason)
        ending.set()

    told = asyncio.create_task(stop.wait())
    told.add_done_callback(lambda _: ending.set())
    try:
        nobody = Nobody(said, refused)
        await follow_asterisk(feed, settings, nobody, stop=ending, tuning=tuning, tap=lines.add)
    finally:
        told.cancel()
    if refusals:
        raise RecordingError(refusals[0])


async def _record_native(feed: Feed, lines: Lines, stop: asyncio.Event, tuning: Tuning) -> None:
    where = shown(feed.url)
    try:
        connection = await open_connection(feed, feed.token(), tuning, after=None, epoch=None)
    except NETWORK_ERRORS as error:
        raise RecordingError(reason_of(error, where).sentence) from error
    receiving = asyncio.create_task(_receive(connection, lines))
    stopping = asyncio.create_task(stop.wait())
    try:
        await asyncio.wait({receiving, stopping}, return_when=asyncio.FIRST_COMPLETED)
        if receiving.done():
            try:
                receiving.result()
            except ConnectionClosed as error:
                raise RecordingError(reason_of(error, where).sentence) from error
    finally:
        for task in (receiving, stopping):
            task.cancel()
        await asyncio.gather(receiving, stopping, return_exceptions=True)
        await close_connection(connection, tuning.stop_seconds)


async def _receive(connection: FeedConnection, lines: Lines) -> None:
    while True:
        text = await connection.recv(decode=False)
        message: object
        try:
            message = _ANY.decode(text)
        except FAILURES:
            message = text.decode("utf-8", "replace")
        lines.add(now_ms(), {"message": message})
