"""What every test of a feed begins with."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from tests.feeds.stand import QUICK, Memory, Stand
from wallboard.config import Feed
from wallboard.feeds.native import follow
from wallboard.feeds.tuning import Tuning


class Following:
    """Follows feeds into one memory."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory
        self._stop = asyncio.Event()
        self.tasks: list[asyncio.Task[None]] = []

    def __call__(
        self, feed: Feed | Stand, tuning: Tuning = QUICK, changed: asyncio.Event | None = None
    ) -> asyncio.Task[None]:
        """Begin to follow; the task ends when it is stopped."""
        configured = feed.feed() if isinstance(feed, Stand) else feed
        work = follow(configured, self._memory, stop=self._stop, changed=changed, tuning=tuning)
        self.tasks.append(asyncio.create_task(work))
        return self.tasks[-1]

    def stop(self) -> None:
        """Ask all to end."""
        self._stop.set()


@pytest.fixture
async def memory() -> Memory:
    """An intake that keeps what it is given."""
    return Memory()


@pytest.fixture
async def following(memory: Memory) -> AsyncIterator[Following]:
    """Follow feeds; all are stopped at the end of the test and must end within a second."""
    following = Following(memory)
    yield following
    following.stop()
    async with asyncio.timeout(1.0):
        await asyncio.gather(*following.tasks)
