"""The one transaction: events, facts, rollups, counts and coverage are written together or not.

Whatever instant the process is killed at, the cache holds whole batches, and the feed resumes after
the last of them.
"""

import logging
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from time import monotonic
from typing import Final, NamedTuple

from sqlite_utils import Database

from wallboard.cache.pace import Pace
from wallboard.cache.retention import CHUNK, cut_of, forget_old, truncate_log
from wallboard.cache.scribe import Scribe
from wallboard.cache.sweeping import Sweep
from wallboard.cache.tape import Contradicted
from wallboard.cache.writer_connection import WriterConnection
from wallboard.collector.after_hours import after_hours_of
from wallboard.collector.books import Books
from wallboard.collector.feed_book import FeedBook
from wallboard.collector.file_numbers import Numbering
from wallboard.collector.haste import Haste
from wallboard.collector.part import Part
from wallboard.collector.sightings import Seen, Sighted, entries_of_sightings, sighted
from wallboard.facts.definitions import Settings
from wallboard.feeds.coverage import Coverage, Span
from wallboard.reporting_time import Calendar

log = logging.getLogger(__name__)

_WRITE_MESSAGE: Final = (
    "INSERT INTO messages (message, feed, received, newest, body) VALUES (?, ?, ?, ?, packed(?))"
)


class _HandedOver(NamedTuple):
    """What a transaction was made of that another process writes, until it is known to be written.

    `events`: how many events its feeds have had, as that transaction has it.
    """

    parts: list[Part]
    now: int
    events: dict[str, int]


class Ledger:
    """The writing side of the cache. One per process, by the holder of the cache's lock."""

    def __init__(
        self,
        db: Database,
        calendar: Calendar,
        settings: Settings,
        written: Callable[[int], None] = lambda _: None,
        scribe: Scribe | None = None,
        haste: Haste | None = None,
    ) -> None:
        """Begin where the cache stands; `written` is told how many rows a transaction changed.

        `scribe` writes what comes in haste.
        """
        if not isinstance(db.conn, WriterConnection):
            raise TypeError("A ledger needs a cache that is open for writing.")
        self._db = db.conn
        self._written = written
        self._scribe = scribe
        self._haste = haste or Haste()
        self._handed_over: _HandedOver | None = None
        self.calendar = calendar
        self._books = Books(db, self._db, settings, after_hours_of(calendar), calendar.hour_start)
        self._stale = False
        self._sweep: Sweep | None = None
        self._pace = Pace(CHUNK)
        newest = self._db.execute(
            "SELECT seq FROM sqlite_sequence WHERE name = 'messages'"
        ).fetchone()
        self._next_message = (newest[0] if newest else 0) + 1

    @property
    def feeds(self) -> FeedBook:
        """What is known of each feed."""
        return self._books.feeds

    def next_message(self) -> int:
        """The number under which the next message is stored."""
        number, self._next_message = self._next_message, self._next_message + 1
        return number

    def commit(self, parts: Sequence[Part], now: int, *, is_full: bool = False) -> None:
        """Write everything in one transaction. Raises sqlite3.Error with nothing written.

        After an error the memory is what the cache holds, so the same parts may be tried again.
        One of many that are full may be handed over to the scribe: it is in the cache after
        `settle`, which all that is written later waits for.
        """
        if not (is_full and self._hand_over(parts, now)):
            with self._transaction():
                self._write(parts, now)
        self._books.trim()

    def settle(self) -> None:
        """Wait until what was handed over is in the cache; write it where the scribe did not.

        Raises sqlite3.Error where it cannot be; it is kept then, to be tried again.
        """
        handed = self._handed_over
        if self._scribe is None:
            return
        if handed is None:
            self._scribe.rest()
            return
        if self._scribe.receive():
            self._handed_over = None
            self._written(self._scribe.changes)
            return
        self._stale = True
        if not self._has_written(handed):
            with self._open():
                self._write(handed.parts, handed.now)
        self._handed_over = None
        self._scribe.made_good()

    @property
    def handed_over(self) -> int:
        """How many events another process is writing, or could not write."""
        handed = self._handed_over
        return 0 if handed is None else sum(len(part.decoded.events) for part in handed.parts)

    def begin_epoch(self, feed: str, epoch: str, now: int) -> None:
        """The feed numbers anew: its coverage starts empty, what may lie between is a gap.

        Raises sqlite3.Error with nothing changed, as all that writes here.
        """
        record = self.feeds[feed]
        with self._transaction():
            if record.held.epoch is not None or record.held.newest is not None:
                reason = "The feed's numbering started anew."
                self.feeds.record_gap(feed, None, record.last_event or now, now, reason)
            record.held.become(Coverage(epoch))
            record.changed = True
            self.feeds.write(now)
        record.coverage.become(Coverage(epoch))

    def record_lost(self, feed: str, span: Span, started: int, ended: int, now: int) -> None:
        """The events of a span can no longer be had; they lay between two times (UTC ms)."""
        record = self.feeds[feed]
        with self._transaction():
            reason = f"{span.length} events could no longer be had from the feed."
            self.feeds.record_gap(feed, span, started, ended, reason)
            self._books.gaps.lost(feed, record.held.epoch)
            record.held.add(span.first, span.last)
            record.changed = True
            self.feeds.write(now)
        record.coverage.add(span.first, span.last)

    def record_break(self, feed: str, started: int, ended: int, reason: str, now: int) -> None:
        """Of what happened between two times (UTC ms) nothing can be had, nor how much it was."""
        with self._transaction():
            self.feeds.record_gap(feed, None, started, ended, reason)
            self.feeds.write(now)

    def record_numbers(self, feed: str, numberings: Iterable[Numbering], now: int) -> None:
        """A file is through: what it lacks is a gap, what others lacked is recovered."""
        with self._transaction():
            self._books.gaps.filed(feed, numberings)
            self.feeds[feed].changed = True
            self.feeds.write(now)

    def write_feeds(self, now: int) -> None:
        """Write the feeds' conditions where they changed."""
        self.settle()
        if self.feeds.changed:
            with self._transaction():
                self.feeds.write(now)

    def take_sightings(self, feed: str, seen: Seen) -> Sighted:
        """Close the open calls of a feed that a snapshot omits as lost.

        Those that were so closed, and that it names, are open again. Part of no batch: writes a
        transaction of its own.
        """
        self.settle()
        found = sighted(self._books, feed, self.feeds[feed].coverage, seen)
        if found.lost or found.again:
            with self._transaction():
                for entry in entries_of_sightings(found, seen.time):
                    source = self._books.sources.number(entry.source, feed)
                    self._books.calls.add(source, [entry])
                self._books.quarantine(self._books.write(), seen.time)
                self.feeds.write(seen.time)
        return found

    def forget_old(self, now: int, keep_days: int, keep_event_days: int) -> bool:
        """Delete one chunk of what is over its time; tell whether there may be more.

        Raises sqlite3.Error with nothing deleted.
        """
        self.settle()
        cut = cut_of(self._db, now, keep_days)
        began = monotonic()
        with self._told():
            more = forget_old(self._db, now, keep_days, keep_event_days, self._pace.rows)
        self._pace.took(monotonic() - began)
        self._books.calls.forget_before(cut)
        self._books.forget_records()
        return more

    def sweep(self, now: int, keep_days: int) -> bool:
        """Delete one slice of what takes long to look for; tell whether there is more.

        A pass goes on with the time that it began with. Raises sqlite3.Error with nothing deleted.
        """
        self.settle()
        if self._sweep is None:
            self._sweep = Sweep(self._db, now, keep_days)
        with self._told():
            table = self._sweep.step()
        self._books.forget_records()
        if table in {"attributions", "locations"}:
            self._books.calls.forget_contents()
        elif table == "gaps":
            self._books.gaps.forget()
        if self._sweep.is_through:
            self._sweep = None
        return self._sweep is not None

    def truncate_log(self) -> bool:
        """Empty the log, so that nothing deleted lives on in it; False when a reader needs it."""
        self.settle()
        return truncate_log(self._db)

    def reckon_anew(self, progress: Callable[[int], None]) -> None:
        """Judge every call anew and build the rollups from nothing, in one transaction.

        `progress` is told now and then how many calls are done. Raises sqlite3.Error with nothing
        changed.
        """
        with self._transaction():
            self._books.reckon_anew(progress)

    def _write(self, parts: Sequence[Part], now: int) -> None:
        """All that these parts say; part of a transaction."""
        for part in parts:
            self._books.fold(part)
        contradicted = self._books.write()
        self._db.executemany(
            _WRITE_MESSAGE,
            [
                (part.message, part.feed, part.received, part.newest, part.body)
                for part in parts
                if part.body is not None
            ],
        )
        self._books.quarantine(contradicted, now)
        self.feeds.write(now)

    def _hand_over(self, parts: Sequence[Part], now: int) -> bool:
        """Have the scribe write these parts; False, with nothing written, where it does not.

        Where the transaction before was not written, or what was presumed is not so, the memory
        is what the cache holds.
        """
        scribe = self._scribe
        if scribe is None or not self._haste.is_due():
            return False
        if scribe.process is None:
            scribe.start(self._db.execute("PRAGMA wal_autocheckpoint").fetchone()[0])
        if not scribe.is_ready():
            return False
        try:
            with self._open(scribe):
                self._write(parts, now)
        except (Contradicted, sqlite3.IntegrityError) as error:
            # What breaks a rule of the cache for another reason does so again, below.
            log.debug("A transaction is written again, for it presumed too much: %s", error)
            self._haste.was_wrong()
            return False
        if self._handed_over is not None:
            self._written(scribe.changes)
            self._handed_over = None
        if scribe.is_waited_for:
            events = {part.feed: self.feeds[part.feed].counts.events for part in parts}
            self._handed_over = _HandedOver(list(parts), now, events)
        return True

    def _has_written(self, handed: _HandedOver) -> bool:
        """Whether the scribe, though it cannot say so any more, has written what it was given."""
        known = dict(self._db.execute("SELECT feed, events FROM feeds"))
        return all(known.get(feed) == events for feed, events in handed.events.items())

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        """All that is written within, or nothing, after all that was written before."""
        self.settle()
        with self._open():
            yield

    @contextmanager
    def _open(self, scribe: Scribe | None = None) -> Iterator[None]:
        """All that is written within, or nothing; the memory follows the cache either way.

        With a scribe it is handed over to it, if it can be.
        """
        if self._stale:
            self._forget()
        try:
            with self._told():
                if scribe is None:
                    self._db.execute("BEGIN IMMEDIATE")
                else:
                    self._db.dictate(scribe)
                yield
                self._db.commit_or_hand_over()
        except BaseException:
            self._take_back()
            raise
        self.feeds.written()

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Tell how many rows the transaction within has changed, once it is committed."""
        before = self._db.total_changes
        yield
        self._written(self._db.total_changes - before)

    def _take_back(self) -> None:
        """Nothing of the transaction counts: neither in the cache nor in memory."""
        self._stale = True
        self._db.take_back()
        self._forget()

    def _forget(self) -> None:
        self._books.forget()
        self._stale = False
