"""The collector as a process: it holds the cache, follows the feeds, and ends cleanly.

Runs until SIGTERM, SIGINT, SIGHUP or, where a board started it, until that board is gone.
"""

import asyncio
import gc
import logging
from collections.abc import Callable
from pathlib import Path
from typing import Final, Protocol, TypeAlias

from sqlite_utils import Database

from wallboard.cache.lock import CacheLock
from wallboard.cache.opening import open_for_writing
from wallboard.collector.collector import Collector
from wallboard.collector.following import Following
from wallboard.collector.handover import IMPORT_FEED, Handover
from wallboard.collector.housekeeping import keep_house
from wallboard.collector.ledger import Ledger
from wallboard.collector.reckoning import rebuild_if_needed, settings_of
from wallboard.collector.stopping import Stopped, Stopping, told_to_stop
from wallboard.config import Cache, Configuration, ConfigurationError, ConfigurationWatch
from wallboard.counted import counted
from wallboard.reporting_time import Calendar

log = logging.getLogger(__name__)

WATCH_SECONDS: Final = 2.0
SIGN_OF_LIFE_SECONDS: Final = 5.0
"""How often the condition of every feed is written even if nothing happens: a board takes a cache
in which nothing was written for 15 s to be one that nobody collects into."""


class Companion(Protocol):
    """What runs beside the collecting in threads of its own, such as the watch over alarms."""

    def start(self) -> None:
        """Begin; the cache is there and up to date."""
        ...

    def become(self, configuration: Configuration) -> None:
        """The configuration is another now."""
        ...

    def stop(self) -> None:
        """End; returns within seconds."""
        ...


Beside: TypeAlias = Callable[[Configuration, Path], Companion]
"""Makes the companion of a collector, of its configuration and cache."""


def calm_garbage_collection() -> None:
    """Collect garbage rarely: events hold no cycles, and what lives long is frozen.

    Halves the cost of a batch (docs/performance.md).
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(200_000, 20, 100)


async def collect(
    configuration: Configuration,
    cache: Path,
    *,
    with_parent: bool = False,
    beside: Beside | None = None,
) -> None:
    """Collect the configured feeds into the cache until told to stop.

    `with_parent`: also stop when standard input ends, that is when who started this is gone.
    `beside` makes what runs beside it.
    Raises CacheHeld when another process holds the cache, CacheError when it cannot be used.
    """
    with told_to_stop(with_parent=with_parent) as stopping, CacheLock(cache):
        db = open_for_writing(cache)
        try:
            await _run(db, configuration, cache, stopping, beside)
        except Stopped:
            log.info("Stopped while the calls were reckoned anew: the next start does it again.")
        finally:
            db.close()


async def _run(
    db: Database,
    configuration: Configuration,
    cache: Path,
    stopping: Stopping,
    beside: Beside | None,
) -> None:
    ledger = Ledger(db, Calendar.of(configuration.reporting), settings_of(configuration))
    rebuild_if_needed(ledger, db, configuration, stopping.check)
    calm_garbage_collection()
    collector = Collector(ledger)
    handover = Handover(cache, collector)
    try:
        await handover.start()
    except OSError as error:
        log.warning("Files cannot be handed over while this collector runs: %s", error)
    companion = None if beside is None else beside(configuration, cache)
    if companion is not None:
        companion.start()
    async with asyncio.TaskGroup() as tasks:
        following = Following(collector, tasks)
        current = _Current(configuration, following, companion)
        for feed in _left_over(db, configuration):
            following.retire(feed)
        await following.become(configuration.feeds, configuration.asterisk)
        helpers = [
            tasks.create_task(keep_house(ledger, current.cache)),
            tasks.create_task(_watch(configuration.path, current)),
            tasks.create_task(_say_again(ledger, collector, following)),
        ]
        log.info("Collecting %s into %s.", counted(len(configuration.feeds), "feed"), cache)
        await stopping.event.wait()
        for task in helpers:
            task.cancel()
        await asyncio.wait(helpers)
        await following.stop()
    if companion is not None:
        await asyncio.to_thread(companion.stop)
    await handover.stop()
    await collector.flush()
    db.conn.execute("PRAGMA optimize")
    log.info("Stopped; everything that was received is in the cache.")


class _Current:
    """The configuration in force, and what becomes of it when another is read."""

    def __init__(
        self, configuration: Configuration, following: Following, companion: Companion | None
    ) -> None:
        self._configuration = configuration
        self._following = following
        self._companion = companion

    def cache(self) -> Cache:
        """How long what is kept, now."""
        return self._configuration.cache

    async def become(self, new: Configuration) -> None:
        """Follow the feeds that are configured now, and keep things as long as is said now.

        What the figures rest on stays as it is until the next start, for the boards that are open
        reckon by it too; so does the place of the cache, which is held.
        """
        old, self._configuration = self._configuration, new
        later = [
            name
            for name, is_same in (
                ("[reporting]", old.reporting == new.reporting),
                ("[metrics]", old.metrics == new.metrics),
                ("[cache] path", old.cache.path == new.cache.path),
                ("[cache] group", old.cache.group == new.cache.group),
            )
            if not is_same
        ]
        log.info("The configuration changed: its feeds are followed from now on.")
        if later:
            log.warning(
                "What changed in %s takes effect when the collector is started the next time.",
                " and ".join(later),
            )
        if self._companion is not None:
            self._companion.become(new)
        await self._following.become(new.feeds, new.asterisk)


def _left_over(db: Database, configuration: Configuration) -> list[str]:
    """Feeds that the cache knows as unfinished, and that are configured no more."""
    rows = db.conn.execute("SELECT feed FROM feeds WHERE stage IS NOT 'finished' ORDER BY feed")
    kept = {IMPORT_FEED, *(feed.name for feed in configuration.feeds)}
    return [feed for (feed,) in rows.fetchall() if feed not in kept]


async def _watch(path: Path | None, current: _Current) -> None:
    """Put a changed configuration into force; of a wrong one only the mistakes are told."""
    watch = ConfigurationWatch(path)
    while True:
        await asyncio.sleep(WATCH_SECONDS)
        found = watch.changed()
        if isinstance(found, ConfigurationError):
            log.error("The configuration stays as it was: %s", found)
        elif found is not None:
            await current.become(found)


async def _say_again(ledger: Ledger, collector: Collector, following: Following) -> None:
    """Write the feeds' conditions now and then, as proof that somebody collects."""
    while True:
        await asyncio.sleep(SIGN_OF_LIFE_SECONDS)
        for feed in following.names():
            if (condition := ledger.feeds[feed].condition) is not None:
                collector.report(feed, condition)
