"""The collector as a process: it holds the cache, follows the feeds, and ends cleanly.

Runs until SIGTERM, SIGINT or, where a board started it, until that board is gone.
"""

import asyncio
import gc
import logging
import os
import signal
import sqlite3
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from sqlite_utils import Database

from wallboard.cache.lock import CacheLock
from wallboard.cache.opening import open_for_writing
from wallboard.cache.retention import forget_identities
from wallboard.collector.collector import Collector, now_ms
from wallboard.collector.handover import Handover
from wallboard.collector.ledger import Ledger
from wallboard.collector.reckoning import rebuild_if_needed, settings_of
from wallboard.config import Configuration, ConfigurationError, ConfigurationWatch, Feed
from wallboard.feeds.file import FileError, read_lines
from wallboard.feeds.intake import Condition, Stage
from wallboard.feeds.native import follow
from wallboard.reporting_time import Calendar

log = logging.getLogger(__name__)

HOUSEKEEPING_SECONDS: Final = 3_600.0
WATCH_SECONDS: Final = 2.0


def calm_garbage_collection() -> None:
    """Collect garbage rarely: events hold no cycles, and what lives long is frozen.

    Halves the cost of a batch (docs/performance.md).
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(200_000, 20, 100)


async def collect(configuration: Configuration, cache: Path, *, with_parent: bool = False) -> None:
    """Collect the configured feeds into the cache until told to stop.

    `with_parent`: also stop when standard input ends, that is when who started this is gone.
    Raises CacheHeld when another process holds the cache, CacheError when it cannot be used.
    """
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    if with_parent:
        loop.add_reader(sys.stdin.fileno(), _stop_at_end, stop)
    with CacheLock(cache):
        db = open_for_writing(cache)
        try:
            await _run(db, configuration, cache, stop)
        finally:
            db.conn.execute("PRAGMA optimize")
            db.close()
            if with_parent:
                loop.remove_reader(sys.stdin.fileno())


def _stop_at_end(stop: asyncio.Event) -> None:
    if not os.read(sys.stdin.fileno(), 1):
        stop.set()


async def _run(
    db: Database, configuration: Configuration, cache: Path, stop: asyncio.Event
) -> None:
    calendar = Calendar.of(configuration.reporting)
    ledger = Ledger(db, calendar, settings_of(configuration))
    rebuild_if_needed(ledger, db, configuration)
    calm_garbage_collection()
    collector = Collector(ledger)
    handover = Handover(cache, collector)
    try:
        await handover.start()
    except OSError as error:
        log.warning("Files cannot be handed over while this collector runs: %s", error)
    changed = {feed.name: asyncio.Event() for feed in configuration.feeds}
    async with asyncio.TaskGroup() as tasks:
        helpers = [
            tasks.create_task(_housekeeping(db, ledger, configuration)),
            tasks.create_task(_watch(configuration, changed, stop)),
        ]
        feeds = [
            tasks.create_task(_follow(feed, collector, stop, changed[feed.name]))
            for feed in configuration.feeds
        ]
        log.info("Collecting %d feeds into %s.", len(feeds), cache)
        await stop.wait()
        await asyncio.wait(feeds) if feeds else None
        for task in helpers:
            task.cancel()
    await handover.stop()
    await collector.flush()
    log.info("Stopped; everything that was received is in the cache.")


async def _follow(
    feed: Feed, collector: Collector, stop: asyncio.Event, changed: asyncio.Event
) -> None:
    """Follow one feed by the kind of its address."""
    if feed.scheme in {"ws", "wss"}:
        await follow(feed, collector, stop=stop, changed=changed)
    elif feed.scheme == "file":
        await _read_file(feed, collector, stop)
    else:
        reason = f"Feeds of {feed.scheme}:// cannot be followed by this version."
        collector.report(feed.name, Condition(Stage.REFUSED, now_ms(), reason))
        await stop.wait()


async def _read_file(feed: Feed, collector: Collector, stop: asyncio.Event) -> None:
    """Take in a file once; what it holds that is known already is counted as repeated."""
    path = feed.url.removeprefix("file://")
    collector.report(feed.name, Condition(Stage.CATCHING_UP, now_ms()))
    try:
        for lines in lines_of((path,)):
            if stop.is_set():
                return
            await collector.take_lines(feed.name, lines)
    except FileError as error:
        collector.report(feed.name, Condition(Stage.REFUSED, now_ms(), str(error)))
    else:
        reason = f"The file {path} was read to its end."
        collector.report(feed.name, Condition(Stage.FINISHED, now_ms(), reason))
    await stop.wait()


def lines_of(paths: Iterable[Path | str]) -> Iterable[list[bytes]]:
    """The lines of files, in chunks. Raises FileError."""
    for path in paths:
        for chunk in read_lines(path):
            yield chunk.lines


async def _housekeeping(db: Database, ledger: Ledger, configuration: Configuration) -> None:
    """Delete what is over its time, now and every hour, a little at a time."""
    keep = configuration.cache
    day = -1
    while True:
        now = now_ms()
        try:
            while ledger.forget_old(now, keep.keep_days, keep.keep_event_days):  # noqa: ASYNC110
                await asyncio.sleep(0.05)
            if now // 86_400_000 != day:
                forget_identities(db.conn, now, keep.keep_days)
                day = now // 86_400_000
        except sqlite3.Error as error:
            log.warning("What is over its time could not be deleted (%s): later again.", error)
        await asyncio.sleep(HOUSEKEEPING_SECONDS)


async def _watch(
    configuration: Configuration, changed: dict[str, asyncio.Event], stop: asyncio.Event
) -> None:
    """Stop when the configuration changed, so that whoever runs this starts it anew with it.

    A wrong configuration changes nothing: it is logged, and the old one stays in force.
    """
    watch = ConfigurationWatch(configuration.path)
    while not stop.is_set():
        await asyncio.sleep(WATCH_SECONDS)
        found = watch.changed()
        if isinstance(found, ConfigurationError):
            log.error("The configuration stays as it was: %s", found)
        elif found is not None:
            log.info("The configuration changed: the feeds are tried again.")
            for event in changed.values():
                event.set()
