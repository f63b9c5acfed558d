"""The native feed client: sessions one after another, until it is stopped."""

import asyncio
import random
from collections.abc import Callable

from wallboard.config import Feed
from wallboard.feeds.address import shown
from wallboard.feeds.beginning import Beginning
from wallboard.feeds.connection import FeedConnection, close_connection, open_connection
from wallboard.feeds.follower import Follower, follow_until
from wallboard.feeds.intake import Intake
from wallboard.feeds.reasons import NETWORK_ERRORS, Reason, reason_of
from wallboard.feeds.replay import Replay
from wallboard.feeds.session import Session
from wallboard.feeds.tuning import Tuning
from wallboard.now import now_ms


async def follow(
    feed: Feed,
    intake: Intake,
    *,
    stop: asyncio.Event,
    changed: asyncio.Event | None = None,
    clock: Callable[[], int] = now_ms,
    tuning: Tuning | None = None,
    draw: Callable[[], float] = random.random,
) -> None:
    """Follow a native feed until `stop` is set, then end within a second.

    Nothing that the network or the server does is raised; what the intake raises is. `changed`,
    set when the token or the configuration is another, ends a wait at once; it is cleared here.
    `clock` gives UTC milliseconds, `draw` the jitter as a number from 0 to 1.
    """
    follower = _NativeFollower(feed, intake, changed, clock, tuning or Tuning(), draw)
    await follow_until(follower, stop)


class _NativeFollower(Follower):
    def __init__(
        self,
        feed: Feed,
        intake: Intake,
        changed: asyncio.Event | None,
        clock: Callable[[], int],
        tuning: Tuning,
        draw: Callable[[], float],
    ) -> None:
        super().__init__(feed, intake, changed, clock, tuning, draw)
        self._intake = intake
        self._beginning = Beginning(feed.name, intake, tuning)
        self._connection: FeedConnection | None = None

    async def session(self) -> Reason | None:
        """One connection, from its opening to its end."""
        coverage = self._intake.coverage(self._feed.name)
        after = self._beginning.resume_after(coverage)
        try:
            connection = await open_connection(
                self._feed, self._token, self._tuning, after=after, epoch=coverage.epoch
            )
        except NETWORK_ERRORS as error:
            return reason_of(error, shown(self._feed.url))
        self._connection = connection
        closing = self._tuning.stop_seconds
        try:
            async with Replay(self._feed.url, self._feed.token, self._tuning) as replay:
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

    async def close(self) -> bool:
        """Close the connection politely."""
        if self._connection is None:
            return False
        await close_connection(self._connection, self._tuning.stop_seconds)
        return True
