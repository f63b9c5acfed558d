"""Reaching a feed once, to say in words how it stands."""

import asyncio
from typing import NamedTuple

from websockets.exceptions import ConnectionClosed

from wallboard.config import ConfigurationError, Feed
from wallboard.counted import counted
from wallboard.events import decode_message
from wallboard.events.control import FeedHello
from wallboard.feeds.address import shown
from wallboard.feeds.connection import FeedConnection, close_connection, open_connection
from wallboard.feeds.reasons import NETWORK_ERRORS, reason_of
from wallboard.feeds.replay import NotOffered, Replay, Unanswered
from wallboard.feeds.tuning import Tuning
from wallboard.now import now_ms

HELLO_SECONDS = 5.0
FASTEST_CLOCK = 2.0
"""Seconds that two clocks may differ before it is worth saying (readings 2)."""


class Probe(NamedTuple):
    """What was found: `ok` when the feed can be followed, and a sentence or two about it."""

    ok: bool
    sentence: str


async def probe(
    feed: Feed, *, tuning: Tuning | None = None, hello_seconds: float = HELLO_SECONDS
) -> Probe:
    """Reach a native feed once: the handshake, the hello, the snapshot. Never raises for those."""
    tuning = tuning or Tuning()
    where = shown(feed.url)
    try:
        token = feed.token()
        connection = await open_connection(feed, token, tuning, after=None, epoch=None)
    except ConfigurationError as error:
        return Probe(False, str(error))
    except NETWORK_ERRORS as error:
        return Probe(False, reason_of(error, where).sentence)
    try:
        async with asyncio.timeout(hello_seconds):
            hello, received = await _hello(connection)
    except TimeoutError:
        words = f"but sent no event of type feed.hello within {hello_seconds:g} s."
        return Probe(False, f"{where} accepted the connection, {words}")
    except ConnectionClosed as error:
        return Probe(False, reason_of(error, where).sentence)
    finally:
        await close_connection(connection, tuning.stop_seconds)
    async with Replay(feed.url, feed.token, tuning) as replay:
        beside = [await _snapshot(replay), await _older(replay)]
    words = f"{where} is a feed of {_held(hello)}{_clock(hello, received)}."
    return Probe(all(ok for ok, _ in beside), " ".join((words, *(said for _, said in beside))))


async def _hello(connection: FeedConnection) -> tuple[FeedHello, int]:
    while True:
        text = await connection.recv(decode=False)
        received = now_ms()
        for control in decode_message(text).control:
            if isinstance(control.data, FeedHello):
                return control.data, received


def _held(hello: FeedHello) -> str:
    if hello.oldest is None or hello.newest is None or int(hello.newest) < int(hello.oldest):
        return "no events yet"
    count = int(hello.newest) - int(hello.oldest) + 1
    return f"{counted(count, 'event')} held ({int(hello.oldest)} to {int(hello.newest)})"


def _clock(hello: FeedHello, received: int) -> str:
    ahead = hello.time.timestamp() - received / 1_000
    if abs(ahead) <= FASTEST_CLOCK:
        return ""
    side = "ahead of" if ahead > 0 else "behind"
    return f"; its clock is {abs(ahead):,.0f} s {side} this machine's"


async def _snapshot(replay: Replay) -> tuple[bool, str]:
    try:
        await replay.snapshot()
    except NotOffered:
        return True, "It has no snapshot: after a gap, what is true now is known only bit by bit."
    except Unanswered as unanswered:
        return False, unanswered.reason.sentence
    return True, "It has a snapshot."


async def _older(replay: Replay) -> tuple[bool, str]:
    try:
        await replay.first_after(0)
    except NotOffered:
        return True, "It does not give older events again: what a gap loses stays lost."
    except Unanswered as unanswered:
        return False, unanswered.reason.sentence
    return True, "It gives older events again."
