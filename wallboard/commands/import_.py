"""`wallboard import`: files of events into the cache, exactly as the feed would."""

import argparse
import asyncio
import hashlib
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from msgspec.structs import replace

from wallboard.cache.errors import CacheError
from wallboard.cache.lock import CacheHeld, CacheLock
from wallboard.cache.scribe import Scribe
from wallboard.cache.writing import open_for_writing
from wallboard.collector.collector import Collector
from wallboard.collector.feed_book import Counts
from wallboard.collector.garbage import calm_garbage_collection
from wallboard.collector.handover import (
    IMPORT_FEED,
    HandoverError,
    NobodyTakes,
    added,
    difference,
    finished,
    hand_over,
)
from wallboard.collector.ledger import Ledger
from wallboard.collector.reckoning import rebuild_if_needed, settings_of
from wallboard.commands.command import Subparsers
from wallboard.commands.import_quarantine import last_entry, set_aside
from wallboard.commands.words import Progress, give, say
from wallboard.config import Configuration
from wallboard.counted import counted
from wallboard.feeds.asterisk.recorded import Recording
from wallboard.feeds.file import FileError, read_lines
from wallboard.feeds.recorded import unpacked
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
    parser.add_argument(
        "--as",
        dest="what",
        choices=("events", "asterisk"),
        default="events",
        help="what the files hold: events (as they are), or what an Asterisk said, as `wallboard "
        "record` writes it or as AMI sends it; files of one PBX belong into one command",
    )


def run(arguments: argparse.Namespace, configuration: Configuration, cache: Path) -> int:
    """Import the files and print what became of their events."""
    progress = Progress()
    before = last_entry(cache)
    recording = Recording(configuration.asterisk) if arguments.what == "asterisk" else None
    try:
        counts = _bring_in(configuration, cache, _Files(arguments.files, progress, recording))
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
    if recording is not None:
        for sentence in recording.remarks():
            say(sentence)
    return 0


class _Files:
    """Files that are still to be imported, each as chunks of its events in lines."""

    def __init__(
        self, names: list[str], progress: Progress, recording: Recording | None = None
    ) -> None:
        """`recording` makes events of the lines, where they are none."""
        self._names = names
        self._progress = progress
        self._recording = recording
        self._lines = 0
        self._had: dict[bytes, str] = {}

    def __iter__(self) -> Iterator[Iterator[list[bytes]]]:
        """Each file that was not given out before."""
        while self._names:
            name = self._names[0]
            digest = self._digest(name)
            before = None if digest is None else self._had.get(digest)
            if before is None:
                yield self._chunks(name)
                # Only now that it is through: one that nobody took is given out again.
                if digest is not None:
                    self._had[digest] = name
            else:
                self._progress.clear()
                say(f"{name} holds the same as {before}: it is read once.")
            self._names = self._names[1:]

    def _digest(self, name: str) -> bytes | None:
        """By which a recording is known that is named twice: a PBX said it only once."""
        if self._recording is None or not Path(name).is_file():
            return None
        with Path(name).open("rb") as file:
            return hashlib.file_digest(file, "blake2b").digest()

    def _chunks(self, name: str) -> Iterator[list[bytes]]:
        for chunk in read_lines(name if name == "-" else Path(name)):
            self._lines += len(chunk.lines)
            share = f" {chunk.read_bytes / chunk.total_bytes:4.0%}" if chunk.total_bytes else ""
            if self._recording is None:
                self._progress.show(f"{name}:{share}  {counted(self._lines, 'event')}")
                yield unpacked(chunk.lines)
                continue
            self._progress.show(f"{name}:{share}  {counted(self._lines, 'message')}")
            if lines := self._recording.lines(chunk.lines, chunk.numbers):
                yield lines
        if self._recording is not None and (lines := self._recording.rest()):
            yield lines


def _bring_in(configuration: Configuration, cache: Path, files: _Files) -> Counts:
    """Import, or hand over to who holds the cache; wait for one that takes nothing to be through.

    Raises CacheError, FileError, HandoverError.
    """
    until = time.monotonic() + PATIENCE_SECONDS
    waiting = False
    taken = Counts()
    while True:
        try:
            with CacheLock(cache) as lock:
                return added(taken, _import(configuration, cache, files, lock))
        except CacheHeld as held:
            try:
                for chunks in files:
                    taken = added(taken, hand_over(cache, chunks))
            except NobodyTakes:
                if time.monotonic() > until:
                    raise
                if not waiting:
                    say(f"{held} It takes no files now: waiting for it.")
                waiting = True
            else:
                return taken
        time.sleep(PAUSE_SECONDS)


def _import(configuration: Configuration, cache: Path, files: _Files, lock: CacheLock) -> Counts:
    """Import into a cache that nobody collects into."""
    db = open_for_writing(cache, configuration.cache.group)
    try:
        calendar = Calendar.of(configuration.reporting)
        with Scribe(cache, lock) as scribe:
            ledger = Ledger(db, calendar, settings_of(configuration), scribe=scribe)
            rebuild_if_needed(ledger, db, configuration)
            calm_garbage_collection()
            return asyncio.run(_take_all(Collector(ledger), files))
    finally:
        db.close()


async def _take_all(collector: Collector, files: _Files) -> Counts:
    before = replace(collector.counts(IMPORT_FEED))
    for chunks in files:
        try:
            for lines in chunks:
                await collector.take_lines(IMPORT_FEED, lines)
        finally:
            # Of a file that breaks off, what came before it counts.
            await collector.end_file(IMPORT_FEED)
    collector.report(IMPORT_FEED, finished())
    await collector.flush()
    return difference(collector.counts(IMPORT_FEED), before)
