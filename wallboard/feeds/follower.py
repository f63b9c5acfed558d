"""Attempts at a feed one after another, until it is stopped: what every live feed has in common."""

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Callable

from wallboard.config import ConfigurationError, Feed
from wallboard.feeds.address import shown
from wallboard.feeds.backoff import Backoff
from wallboard.feeds.intake import Intake
from wallboard.feeds.link import Link
from wallboard.feeds.reasons import Reason
from wallboard.feeds.reporting import Reporter
from wallboard.feeds.tuning import Tuning

CLOCK_SET_MS = 1_500
"""What the wall clock and the one that waits are apart by is the clock's being set."""

STOPPED = Reason(True, "The collector was stopped.")


class Follower(ABC):
    """Makes sessions for ever, with a wait after each; one kind of feed says what a session is."""

    def __init__(
        self,
        feed: Feed,
        intake: Intake,
        changed: asyncio.Event | None,
        clock: Callable[[], int],
        tuning: Tuning,
        draw: Callable[[], float],
    ) -> None:
        """`clock` gives UTC milliseconds, `draw` the jitter as a number from 0 to 1."""
        self._feed, self._tuning, self._clock = feed, tuning, clock
        self._changed = changed or asyncio.Event()
        self._now = asyncio.get_running_loop().time
        self._link = Link(tuning, clock())
        self._reporter = Reporter(feed.name, intake, tuning.report_seconds)
        self._backoff = Backoff(tuning, draw)
        self._token: str | None = None
        self._ending = False

    @abstractmethod
    async def session(self) -> Reason | None:
        """Make one session; return why it ended, None when it is to be made anew at once.

        The token is in `_token`. Raises only what the intake raises.
        """

    @abstractmethod
    async def close(self) -> bool:
        """Close what is open, so that the session ends by itself; False when nothing is open."""

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
        self._link.opening()
        try:
            self._token = self._feed.token()
        except ConfigurationError as error:
            self._token = None
            return Reason(False, str(error))
        self._reporter.report(self._link.condition, self._now())
        return await self.session()

    async def _wait(self, delay: float) -> None:
        """Wait before the next attempt; a token or a configuration that is another ends it."""
        until = self._now() + delay
        while (left := until - self._now()) > 0:
            self._tell_when(left)
            try:
                async with asyncio.timeout(min(left, self._tuning.token_seconds)):
                    await self._changed.wait()
            except TimeoutError:
                pass
            if self._changed.is_set() or self._token_is_another():
                self._backoff.reset()
                return

    def _tell_when(self, left: float) -> None:
        """Keep the time of the next attempt true where the clock that it is told by was set."""
        at, told = self._clock() + round(left * 1_000), self._link.condition.retry_at
        if told is not None and abs(at - told) > CLOCK_SET_MS:
            self._reporter.report(self._link.retried_at(at), self._now())

    def _token_is_another(self) -> bool:
        try:
            return self._feed.token() != self._token
        except ConfigurationError:
            return False

    async def finish(self, work: asyncio.Task[None]) -> None:
        """Close the connection, and let a message that is being taken in be taken."""
        self._ending = True
        if await self.close():
            await asyncio.wait({work}, timeout=self._tuning.stop_seconds)

    def stopped(self) -> None:
        """Report that nothing is followed any more."""
        self._report_end(STOPPED, None, self._clock())

    def _report_end(self, reason: Reason, retry_at: int | None, now: int) -> None:
        self._reporter.report(self._link.ended(reason, retry_at, now), self._now())


async def follow_until(follower: Follower, stop: asyncio.Event) -> None:
    """Let a follower run until `stop` is set, then end within a second.

    Nothing that the network or the server does is raised; what the intake raises is.
    """
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
