"""`wallboard import`: files of events into the cache, exactly as the feed would."""

import argparse
import asyncio
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from wallboard.cache.lock import CacheHeld, CacheLock
from wallboard.cache.opening import CacheError, open_for_writing
from wallboard.collector.collector import Collector
from wallboard.collector.feed_book import Counts
from wallboard.collector.handover import (
    IMPORT_FEED,
    HandoverError,
    NobodyTakes,
    difference,
    finished,
    hand_over,
)
from wallboard.collector.ledger import Ledger
from wallboard.collector.reckoning import rebuild_if_needed, settings_of
from wallboard.collector.service import calm_garbage_collection
from wallboard.commands.command import Subparsers
from wallboard.commands.import_quarantine import last_entry, set_aside
from wallboard.commands.words import Progress, give, say
from wallboard.config import Configuration
from wallboard.counted import counted
from wallboard.feeds.file import FileError, read_lines
from wallboard.reporting_time import Calendar

PATIENCE_SECONDS: Final = 300.0
"""How long to wait for another import to end."""

PAUSE_SECONDS: Final = 0.2


def add_to(subparsers: Subparsers) -> None:
    """Add the command to the command line."""
    parser = subparsers.add_parser(
        "import",
        help="files of events into the cache",
        description="Import JSON Lines of CloudEvents (plain, gzip, or - for standard input) as "
        "the feed would bring them. While a collector holds the cache the file is handed to it.",
    )
    parser.add_argument("files", nargs="+", metavar="FILE")


def run(arguments: argparse.Namespace, configuration: Configuration, cache: Path) -> int:
    """Import the files and print what became of their events."""
    progress = Progress()
    chunks = _chunks(arguments.files, progress)
    before = last_entry(cache)
    try:
        counts = _bring_in(configuration, cache, chunks)
    except (CacheError, HandoverError, FileError) as error:
        progress.clear()
        say(str(error))
        return 1
    progress.clear()
    give(
        f"events {counts.events}  applied {counts.applied}  repeated {counts.repeated}  "
        f"unknown {counts.unknown}  quarantined {counts.quarantined}"
    )
    if counts.quarantined > 0:
        for sentence in set_aside(cache, before, counts.quarantined, arguments.files):
            say(sentence)
    return 0


def _bring_in(configuration: Configuration, cache: Path, chunks: Iterator[list[bytes]]) -> Counts:
    """Import, or hand over to who holds the cache; wait for one that takes nothing to be through.

    Raises CacheError, FileError, HandoverError.
    """
    until = time.monotonic() + PATIENCE_SECONDS
    waiting = False
    while True:
        try:
            with CacheLock(cache):
                return _import(configuration, cache, chunks)
        except CacheHeld as held:
            try:
                return hand_over(cache, chunks)
            except NobodyTakes:
                if time.monotonic() > until:
                    raise
                if not waiting:
                    say(f"{held} It takes no files now: waiting for it.")
                waiting = True
        time.sleep(PAUSE_SECONDS)


def _import(configuration: Configuration, cache: Path, chunks: Iterator[list[bytes]]) -> Counts:
    """Import into a cache that nobody collects into."""
    db = open_for_writing(cache)
    try:
        ledger = Ledger(db, Calendar.of(configuration.reporting), settings_of(configuration))
        rebuild_if_needed(ledger, db, configuration)
        calm_garbage_collection()
        return asyncio.run(_take_all(Collector(ledger), chunks))
    finally:
        db.close()


async def _take_all(collector: Collector, chunks: Iterator[list[bytes]]) -> Counts:
    known = collector.counts(IMPORT_FEED)
    before = Counts(*(getattr(known, name) for name in Counts.__struct_fields__))
    for lines in chunks:
        await collector.take_lines(IMPORT_FEED, lines)
    collector.report(IMPORT_FEED, finished())
    await collector.flush()
    return difference(collector.counts(IMPORT_FEED), before)


def _chunks(files: list[str], progress: Progress) -> Iterator[list[bytes]]:
    lines = 0
    for name in files:
        for chunk in read_lines(name if name == "-" else Path(name)):
            lines += len(chunk.lines)
            share = f" {chunk.read_bytes / chunk.total_bytes:4.0%}" if chunk.total_bytes else ""
            progress.show(f"{name}:{share}  {counted(lines, 'event')}")
            yield chunk.lines
