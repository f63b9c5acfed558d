"""The collector as a process: it holds the cache, follows the feeds, and ends cleanly.

Runs until SIGTERM, SIGINT, SIGHUP or, where a board started it, until that board is gone.
"""

import asyncio
import logging
import sqlite3
from pathlib import Path
from typing import Final

from sqlite_utils import Database

from wallboard.cache.errors import CacheError, DamagedCacheError
from wallboard.cache.lock import CacheLock
from wallboard.cache.log_mover import LogMover
from wallboard.cache.scribe import Scribe
from wallboard.cache.set_aside import BegunAnew, record_anew
from wallboard.cache.troubles import is_damage, why_unusable
from wallboard.cache.writing import open_for_writing
from wallboard.collector.collector import Collector
from wallboard.collector.companion import Beside
from wallboard.collector.ending import end_feeds, until_stopped_or_lost
from wallboard.collector.following import Following
from wallboard.collector.garbage import calm_garbage_collection
from wallboard.collector.handover import IMPORT_FEED, Handover
from wallboard.collector.housekeeping import keep_house
from wallboard.collector.in_force import InForce, watch_configuration
from wallboard.collector.ledger import Ledger
from wallboard.collector.reckoning import rebuild_if_needed, settings_of
from wallboard.collector.stopping import Stopped, Stopping, told_to_stop
from wallboard.collector.ward import Fate, Loss, Ward, begin_anew
from wallboard.config import Configuration
from wallboard.counted import counted
from wallboard.reporting_time import Calendar

log = logging.getLogger(__name__)

BUSY_MS: Final = 500
"""How long the collector stands still for another program that writes, before it tries later."""
ENDING_BUSY_MS: Final = 100
"""How long the collector stands still for another program once it was told to end."""
SIGN_OF_LIFE_SECONDS: Final = 5.0
"""How often the condition of every feed is written even if nothing happens: a board takes a cache
in which nothing was written for 15 s to be one that nobody collects into."""


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
    with told_to_stop(with_parent=with_parent) as stopping:
        anew: BegunAnew | None = None
        is_trusted = True
        while True:
            with CacheLock(cache) as lock:
                loss = await _collect_once(configuration, cache, lock, stopping, beside, anew)
                if loss is None:
                    return
                anew = begin_anew(cache, loss, is_trusted=is_trusted)
                # A cache that reads whole but is said to be damaged is given one more chance.
                is_trusted = anew is not None


async def _collect_once(
    configuration: Configuration,
    cache: Path,
    lock: CacheLock,
    stopping: Stopping,
    beside: Beside | None,
    anew: BegunAnew | None,
) -> Loss | None:
    """Collect until told to stop, or until the cache is lost: then return why.

    `anew` is kept in the cache as the reason for which it was begun, if it was.
    """
    try:
        db = open_for_writing(cache, configuration.cache.group)
    except DamagedCacheError:
        return Loss(Fate.UNREADABLE, "the file before was found damaged when it was opened")
    try:
        if anew is not None:
            record_anew(db.conn, anew)
        with LogMover(cache, db.conn) as mover, Scribe(cache, lock) as scribe:
            return await _run(db, configuration, cache, lock, stopping, beside, mover, scribe)
    except Stopped:
        log.info("Stopped while the calls were reckoned anew: the next start does it again.")
        return None
    except sqlite3.DatabaseError as error:
        if is_damage(error):
            return Loss(Fate.DAMAGED, "the file before was found damaged")
        if not isinstance(error, sqlite3.OperationalError):
            raise
        raise CacheError(why_unusable(error, cache, "writing")) from error
    finally:
        db.close()


async def _run(
    db: Database,
    configuration: Configuration,
    cache: Path,
    lock: CacheLock,
    stopping: Stopping,
    beside: Beside | None,
    mover: LogMover,
    scribe: Scribe,
) -> Loss | None:
    calendar = Calendar.of(configuration.reporting)
    ledger = Ledger(db, calendar, settings_of(configuration), mover.written, scribe)
    rebuild_if_needed(ledger, db, configuration, stopping.check)
    calm_garbage_collection()
    db.conn.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
    collector = Collector(ledger)
    handover = Handover(cache, collector)
    try:
        await handover.start()
    except OSError as error:
        log.warning("Files cannot be handed over while this collector runs: %s", error)
    companion = None if beside is None else beside(configuration, cache)
    stopped: asyncio.Task[None] | None = None
    if companion is not None:
        companion.start()
    try:
        async with asyncio.TaskGroup() as tasks:
            following = Following(collector, tasks)
            in_force = InForce(configuration, following, companion)
            for feed in _left_over(db, configuration):
                following.retire(feed)
            await following.become(configuration.feeds, configuration.asterisk)
            helpers = [
                tasks.create_task(keep_house(ledger, in_force.cache)),
                tasks.create_task(watch_configuration(configuration.path, in_force)),
                tasks.create_task(_say_again(ledger, collector, following)),
            ]
            log.info("Collecting %s into %s.", counted(len(configuration.feeds), "feed"), cache)
            ward = Ward(cache, lock, collector)
            loss = await until_stopped_or_lost(stopping, ward)
            db.conn.execute(f"PRAGMA busy_timeout = {ENDING_BUSY_MS}")
            if companion is not None:
                # Beside the feeds: either may have to wait for the cache.
                stopped = asyncio.create_task(asyncio.to_thread(companion.stop))
            for task in helpers:
                task.cancel()
            await asyncio.wait(helpers)
            is_written = await end_feeds(following, collector, is_lost=loss is not None)
    finally:
        if stopped is not None:
            await stopped
        elif companion is not None:
            await asyncio.to_thread(companion.stop)
    await handover.stop()
    waiting = collector.waiting
    if not is_written:
        collector.abandon()
    if loss is not None and loss.fate is Fate.GONE:
        # Else its log could not be moved into it once more before it goes.
        scribe.end()
        mover.end()
        ward.part(db.conn)
    if loss is None and is_written:
        db.conn.execute("PRAGMA optimize")
        log.info("Stopped; everything that was received is in the cache.")
    elif loss is None:
        unwritten = f"{counted(waiting, 'event')} that came last could not be written"
        log.warning(
            "Stopped; %s. %s The next start fetches what is missing.",
            unwritten if waiting else "no event waited to be written",
            collector.trouble,
        )
    return loss


def _left_over(db: Database, configuration: Configuration) -> list[str]:
    """Feeds that the cache knows as unfinished, and that are configured no more."""
    rows = db.conn.execute("SELECT feed FROM feeds WHERE stage IS NOT 'finished' ORDER BY feed")
    kept = {IMPORT_FEED, *(feed.name for feed in configuration.feeds)}
    return [feed for (feed,) in rows.fetchall() if feed not in kept]


async def _say_again(ledger: Ledger, collector: Collector, following: Following) -> None:
    """Write the feeds' conditions now and then, as proof that somebody collects."""
    while True:
        await asyncio.sleep(SIGN_OF_LIFE_SECONDS)
        for feed in following.names():
            if (condition := ledger.feeds[feed].condition) is not None:
                collector.report(feed, condition)
