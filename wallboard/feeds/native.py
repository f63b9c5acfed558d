"""The native feed client: sessions one after another, until it is stopped."""

import asyncio
import random
import time
from collections.abc import Callable

from wallboard.config import ConfigurationError, Feed
from wallboard.feeds.address import shown
from wallboard.feeds.backoff import Backoff
from wallboard.feeds.beginning import Beginning
from wallboard.feeds.connection import FeedConnection, close_connection, open_connection
from wallboard.feeds.intake import Intake
from wallboard.feeds.link import Link
from wallboard.feeds.reasons import NETWORK_ERRORS, Reason, reason_of
from wallboard.feeds.replay import Replay
from wallboard.feeds.reporting import Reporter
from wallboard.feeds.session import Session
from wallboard.feeds.tuning import Tuning

STOPPED = Reason(True, "The collector was stopped.")


def milliseconds_now() -> int:
    """This machine's clock in UTC milliseconds."""
    return time.time_ns() // 1_000_000


async def follow(
    feed: Feed,
    intake: Intake,
    *,
    stop: asyncio.Event,
    changed: asyncio.Event | None = None,
    clock: Callable[[], int] = milliseconds_now,
    tuning: Tuning | None = None,
    draw: Callable[[], float] = random.random,
) -> None:
    """Follow a native feed until `stop` is set, then end within a second.

    Nothing that the network or the server does is raised; what the intake raises is. `changed`,
    set when the token or the configuration is another, ends a wait at once; it is cleared here.
    `clock` gives UTC milliseconds, `draw` the jitter as a number from 0 to 1.
    """
    follower = _Follower(feed, intake, changed, clock, tuning or Tuning(), draw)
    work = asyncio.create_task(follower.run())
    stopping = asyncio.create_task(stop.wait())
    try:
        await asyncio.wait({work, stopping}, return_when=asyncio.FIRST_COMPLETED)
        if not work.done():
            await follower.finish(work)
    finally:
        for task in (work, stopping):
            task.cancel()
        await asyncio.gather(work, stopping, return_exceptions=True)
        follower.stopped()
    if not work.cancelled():
        work.result()


class _Follower:
    def __init__(
        self,
        feed: Feed,
        intake: Intake,
        changed: asyncio.Event | None,
        clock: Callable[[], int],
        tuning: Tuning,
        draw: Callable[[], float],
    ) -> None:
        self._feed, self._intake, self._tuning, self._clock = feed, intake, tuning, clock
        self._changed = changed or asyncio.Event()
        self._now = asyncio.get_running_loop().time
        self._link = Link(tuning, clock())
        self._beginning = Beginning(feed.name, intake, tuning)
        self._reporter = Reporter(feed.name, intake, tuning.report_seconds)
        self._backoff = Backoff(tuning, draw)
        self._connection: FeedConnection | None = None
        self._token: str | None = None
        self._ending = False

    async def run(self) -> None:
        """Make sessions for ever; each end is followed by a wait, whatever kind of end it was."""
        anew = False
        while True:
            self._changed.clear()
            started = self._now()
            reason = await self._attempt()
            if self._ending:
                return
            # Made anew by our own wish: at once, but not for a server that wishes it every time.
            if reason is None and not anew:
                anew = True
                continue
            anew = False
            where = shown(self._feed.url)
            reason = reason or Reason(True, f"{where} begins a new numbering at every connection.")
            delay = self._backoff.delay(self._now() - started, reason)
            now = self._clock()
            self._report_end(reason, now + round(delay * 1_000), now)
            await self._wait(delay)

    async def _attempt(self) -> Reason | None:
        """Make one session; return why it ended, None when it is to be made anew."""
        self._link.opening()
        try:
            self._token = self._feed.token()
        except ConfigurationError as error:
            self._token = None
            return Reason(False, str(error))
        self._reporter.report(self._link.condition, self._now())
        coverage = self._intake.coverage(self._feed.name)
        after = self._beginning.newest(coverage)
        try:
            connection = await open_connection(
                self._feed, self._token, self._tuning, after=after, epoch=coverage.epoch
            )
        except NETWORK_ERRORS as error:
            return reason_of(error, shown(self._feed.url))
        self._connection = connection
        closing = self._tuning.stop_seconds
        try:
            async with Replay(self._feed.url, self._token, self._tuning) as replay:
                session = Session(
                    self._feed,
                    self._intake,
                    connection,
                    replay,
                    self._link,
                    self._beginning,
                    self._reporter,
                    self._tuning,
                    self._clock,
                    resumed=after is not None,
                )
                reason = await session.run()
            closing = self._tuning.close_seconds
            return reason
        finally:
            self._connection = None
            await close_connection(connection, closing)

    async def _wait(self, delay: float) -> None:
        """Wait before the next attempt; a token or a configuration that is another ends it."""
        until = self._now() + delay
        while (left := until - self._now()) > 0:
            try:
                async with asyncio.timeout(min(left, self._tuning.token_seconds)):
                    await self._changed.wait()
            except TimeoutError:
                pass
            if self._changed.is_set() or self._token_is_another():
                self._backoff.reset()
                return

    def _token_is_another(self) -> bool:
        try:
            return self._feed.token() != self._token
        except ConfigurationError:
            return False

    async def finish(self, work: asyncio.Task[None]) -> None:
        """Close the connection, and let a message that is being taken in be taken."""
        self._ending = True
        if self._connection is not None:
            await close_connection(self._connection, self._tuning.stop_seconds)
            await asyncio.wait({work}, timeout=self._tuning.stop_seconds)

    def stopped(self) -> None:
        """Report that nothing is followed any more."""
        self._report_end(STOPPED, None, self._clock())

    def _report_end(self, reason: Reason, retry_at: int | None, now: int) -> None:
        self._reporter.report(self._link.ended(reason, retry_at, now), self._now())
