"""Following the configured feeds, each in a task of its own, also when they become others."""

import asyncio
import logging
from collections.abc import Iterable
from typing import NamedTuple

from wallboard.collector.collector import Collector
from wallboard.config import Asterisk, Feed
from wallboard.feeds.asterisk.follow import follow_asterisk
from wallboard.feeds.file import FileError, read_lines
from wallboard.feeds.intake import Condition, Stage
from wallboard.feeds.native import follow
from wallboard.now import now_ms

log = logging.getLogger(__name__)


class Followed(NamedTuple):
    """A feed, the task that follows it, and the events that end it or its waiting."""

    feed: Feed
    asterisk: Asterisk
    task: asyncio.Task[None]
    stop: asyncio.Event
    changed: asyncio.Event


class Following:
    """The feeds that are followed; their tasks belong to `tasks`, which a fault of one ends."""

    def __init__(self, collector: Collector, tasks: asyncio.TaskGroup) -> None:
        self._collector = collector
        self._tasks = tasks
        self._followed: dict[str, Followed] = {}

    def names(self) -> list[str]:
        """The feeds that are followed now."""
        return list(self._followed)

    async def become(self, feeds: Iterable[Feed], asterisk: Asterisk | None = None) -> None:
        """Follow these feeds and no others; returns when those that are none of them have ended.

        `asterisk` is how what a PBX says is named; a feed of one begins anew where it is another.

        One that is configured as before goes on, and a wait of its own ends: its token may be
        another.
        """
        wanted = {feed.name: feed for feed in feeds}
        settings = asterisk or Asterisk()
        old = [
            one
            for name, one in self._followed.items()
            if wanted.get(name) != one.feed
            or (one.feed.scheme == "asterisk" and one.asterisk != settings)
        ]
        await self._end(old)
        for one in old:
            if one.feed.name not in wanted:
                self.retire(one.feed.name)
        for name, feed in wanted.items():
            if name in self._followed:
                self._followed[name].changed.set()
                continue
            log.info("Following the feed %s.", name)
            stop, changed = asyncio.Event(), asyncio.Event()
            task = self._tasks.create_task(self._follow(feed, settings, stop, changed))
            self._followed[name] = Followed(feed, settings, task, stop, changed)

    async def stop(self) -> None:
        """Follow nothing any more; returns when all have ended."""
        await self._end(list(self._followed.values()))

    def abandon(self) -> None:
        """End all at once, wherever they are: what they were about to write cannot be written."""
        for one in self._followed.values():
            one.task.cancel()

    def retire(self, feed: str) -> None:
        """Say of a feed that nobody waits for it any longer."""
        log.info("The feed %s is no longer configured.", feed)
        reason = "This feed is no longer configured."
        self._collector.report(feed, Condition(Stage.FINISHED, now_ms(), reason))

    async def _end(self, which: list[Followed]) -> None:
        for one in which:
            one.stop.set()
        if which:
            await asyncio.wait([one.task for one in which])
        for one in which:
            del self._followed[one.feed.name]

    async def _follow(
        self, feed: Feed, asterisk: Asterisk, stop: asyncio.Event, changed: asyncio.Event
    ) -> None:
        """Follow one feed by the kind of its address."""
        if feed.scheme in {"ws", "wss"}:
            await follow(feed, self._collector, stop=stop, changed=changed)
        elif feed.scheme == "asterisk":
            await follow_asterisk(feed, asterisk, self._collector, stop=stop, changed=changed)
        else:
            await self._read_file(feed, stop)

    async def _read_file(self, feed: Feed, stop: asyncio.Event) -> None:
        """Take in a file once; what it holds that is known already is counted as repeated."""
        report = self._collector.report
        path = feed.url.removeprefix("file://")
        report(feed.name, Condition(Stage.CATCHING_UP, now_ms()))
        try:
            for chunk in read_lines(path):
                if stop.is_set():
                    reason = "The collector was stopped before the end of the file."
                    report(feed.name, Condition(Stage.DISCONNECTED, now_ms(), reason))
                    return
                await self._collector.take_lines(feed.name, chunk.lines)
        except FileError as error:
            await self._collector.end_file(feed.name)
            report(feed.name, Condition(Stage.REFUSED, now_ms(), str(error)))
        else:
            await self._collector.end_file(feed.name)
            reason = f"The file {path} was read to its end."
            report(feed.name, Condition(Stage.FINISHED, now_ms(), reason))
        await stop.wait()
