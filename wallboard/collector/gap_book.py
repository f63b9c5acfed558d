"""What is missing: gaps of followed feeds and of files, and how the one fills the other.

A gap is recovered when its events arrive after all, by whatever way: late on the stream, in a
snapshot, in a file. A gap between two numberings has no numbers, so nobody can tell when it is
filled: it stays.
"""

import sqlite3
from collections.abc import Iterable
from typing import Final

from wallboard.collector.feed_gaps import FeedGaps
from wallboard.collector.file_gaps import FileGaps, Known, covering
from wallboard.collector.file_numbers import Numbering
from wallboard.events import Decoded
from wallboard.feeds.coverage import Coverage

_FILED: Final = (
    "SELECT name FROM sources WHERE feed = ? AND name IN (SELECT source FROM file_numbers)"
)
"""The sources of a feed that files brought events of."""

_OWNER: Final = (
    "SELECT feed, epoch, coverage FROM sources JOIN feeds USING (feed)"
    " WHERE name = ? AND epoch IS NOT NULL"
)
"""The followed feed that a source belongs to, with its coverage."""


class GapBook:
    """The gaps of the cache; every method is part of the collector's transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection
        self._of_feeds = FeedGaps(connection)
        self._of_files = FileGaps(connection)
        self._files_lack: dict[str, tuple[int, int]] | None = None

    def forget(self) -> None:
        """Drop all memory: the cache alone counts."""
        self._of_feeds.forget()
        self._files_lack = None

    def arrived(self, feed: str, epoch: str, decoded: Decoded) -> None:
        """Events of a followed feed: see whether they were missing."""
        if self._of_feeds and (numbers := sorted(decoded.sequences)):
            coverage = Coverage()
            coverage.add_all(numbers)
            self._of_feeds.fill(feed, epoch, coverage)
        if self._files_lack is None:
            self._files_lack = self._of_files.sources()
        if self._files_lack:
            self._fill_files(epoch, decoded)

    def lost(self, feed: str, epoch: str | None) -> None:
        """A feed has a new gap: see whether files brought what is missing."""
        self._of_feeds.forget()
        for (source,) in self._db.execute(_FILED, (feed,)):
            self._fill_feed(feed, epoch, self._of_files.read(source, epoch))

    def filed(self, feed: str, numberings: Iterable[Numbering]) -> None:
        """A file is through: note what it lacks, and what it brought of what others lack."""
        for numbering in numberings:
            known = self._of_files.add(feed, numbering)
            row = self._db.execute(_OWNER, (known.source,)).fetchone()
            if row is not None and known.epoch in {"", row[1]}:
                owner, epoch, held = row
                self._fill_from_feed(known, owner, Coverage.parse(epoch, held))
                self._fill_feed(owner, epoch, [known])
        self._of_files.write_gaps()
        self._files_lack = None

    def _fill_feed(self, feed: str, epoch: str | None, brought: Iterable[Known]) -> None:
        for known in brought:
            self._of_feeds.fill(feed, epoch, covering(known.seen))

    def _fill_from_feed(self, known: Known, feed: str, held: Coverage) -> None:
        """What a feed brought itself is not missing, though its files lack it."""
        lost = self._of_feeds.spans(feed, held.epoch)
        there = [
            part
            for hole in known.holes()
            for span in held.within(hole.first, hole.last)
            for part in lost.missing(span.first, span.last)
        ]
        if there:
            known.seen.add_spans(there)
            self._of_files.write(known)

    def _fill_files(self, epoch: str, decoded: Decoded) -> None:
        lack = self._files_lack or {}
        numbers: dict[str, list[tuple[int, int | None]]] = {}
        for event in decoded.events:
            number = event.sequence
            if number is None or event.source not in lack:
                continue
            lowest, highest = lack[event.source]
            if lowest <= number <= highest:
                numbers.setdefault(event.source, []).append((number, event.time))
        if not numbers:
            return
        for source, arrived in numbers.items():
            for known in self._of_files.read(source, epoch):
                known.seen.add_numbers(arrived)
                self._of_files.write(known)
        self._of_files.write_gaps()
        self._files_lack = None
