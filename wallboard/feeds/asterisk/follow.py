"""Following a PBX: sessions one after another, and what is remembered between them."""

import asyncio
import random
from collections.abc import Callable

from wallboard.config import Asterisk, Feed
from wallboard.feeds.address import shown
from wallboard.feeds.asterisk.ami_session import AmiSession
from wallboard.feeds.asterisk.ari_listener import AriListener
from wallboard.feeds.asterisk.connection import AmiConnection, open_ami
from wallboard.feeds.asterisk.memory import Memory
from wallboard.feeds.asterisk.outlet import PbxIntake, Tap
from wallboard.feeds.follower import Follower, follow_until
from wallboard.feeds.reasons import NETWORK_ERRORS, Reason, reason_of
from wallboard.feeds.tuning import Tuning
from wallboard.now import now_ms


async def follow_asterisk(
    feed: Feed,
    settings: Asterisk,
    intake: PbxIntake,
    *,
    stop: asyncio.Event,
    changed: asyncio.Event | None = None,
    clock: Callable[[], int] = now_ms,
    tuning: Tuning | None = None,
    draw: Callable[[], float] = random.random,
    tap: Tap | None = None,
) -> None:
    """Follow a PBX until `stop` is set, then end within a second.

    Nothing that the network or the PBX does is raised; what the intake raises is. `tap` is given
    every message as it comes, and the ends of connections. The rest is as for native feeds.
    """
    follower = _PbxFollower(feed, settings, intake, changed, clock, tuning or Tuning(), draw)
    follower.tap = tap
    await follow_until(follower, stop)


class _PbxFollower(Follower):
    def __init__(
        self,
        feed: Feed,
        settings: Asterisk,
        intake: PbxIntake,
        changed: asyncio.Event | None,
        clock: Callable[[], int],
        tuning: Tuning,
        draw: Callable[[], float],
    ) -> None:
        super().__init__(feed, intake, changed, clock, tuning, draw)
        self._settings = settings
        self._memory = Memory(feed, settings, intake)
        self._connection: AmiConnection | None = None
        self.tap: Tap | None = None

    async def session(self) -> Reason | None:
        """One connection, from its opening to its end."""
        where = shown(self._feed.url)
        if self._token is None:
            return Reason(
                False,
                f"{where} needs the secret of the AMI user: name it by token_env or token_file.",
            )
        try:
            connection = await open_ami(self._feed, self._settings, self._tuning)
        except NETWORK_ERRORS as error:
            return reason_of(error, where)
        self._connection = connection
        session = AmiSession(
            self._feed,
            self._settings,
            self._token,
            connection,
            self._memory,
            self._link,
            self._reporter,
            self._tuning,
            self._clock,
            self.tap,
        )
        ari = AriListener(
            self._feed,
            self._settings,
            self._memory,
            session.missing,
            self._tuning,
            self._clock,
            self.tap,
        )
        try:
            return await session.run(ari.run)
        finally:
            self._connection = None
            await connection.close(self._tuning.stop_seconds)
            self._memory.broke(session.heard_at)
            if self.tap is not None:
                self.tap(session.heard_at, {"kind": "break"})

    async def close(self) -> bool:
        """Close the connection."""
        if self._connection is None:
            return False
        await self._connection.close(self._tuning.stop_seconds)
        return True
