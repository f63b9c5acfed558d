"""The one transaction: events, facts, rollups, counts and coverage are written together or not.

Whatever instant the process is killed at, the cache holds whole batches, and the feed resumes after
the last of them.
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any, Final, NamedTuple

from sqlite_utils import Database

from wallboard.cache.raw import packed
from wallboard.cache.retention import cut_of, forget_identities, forget_old
from wallboard.collector.after_hours import after_hours_of
from wallboard.collector.agent_book import AgentBook
from wallboard.collector.call_book import CallBook, JudgedAnew
from wallboard.collector.definition_book import KINDS, DefinitionBook
from wallboard.collector.feed_book import FeedBook
from wallboard.collector.identities import Identities, note
from wallboard.collector.quarantine import Quarantine
from wallboard.collector.record_book import KINDS as RECORD_KINDS
from wallboard.collector.record_book import RecordBook
from wallboard.collector.rollups import RollupDeltas
from wallboard.collector.type_book import TypeBook
from wallboard.events import Decoded
from wallboard.events.agents import AgentChanged
from wallboard.events.calls import CallStarted, ConnectAttempted
from wallboard.events.vocabulary import CALL_TYPES
from wallboard.facts.definitions import Settings
from wallboard.facts.entry import ConnectionLost, Entry
from wallboard.feeds.coverage import Coverage, Span
from wallboard.reporting_time import Calendar

DAY_MS: Final = 86_400_000
CHUNK_CALLS: Final = 5_000
_CALL_DATA: Final = frozenset(CALL_TYPES.values())


class Part(NamedTuple):
    """A decoded message of a feed, or a piece of one that is too large for one transaction.

    `body` is the message's text, None when an earlier piece has stored it. `covers`: its sequence
    numbers belong to the feed's coverage, unlike those of a file or a snapshot.
    """

    feed: str
    message: int
    body: bytes | None
    received: int
    decoded: Decoded
    covers: bool = True


class Seen(NamedTuple):
    """What a snapshot saw: when (UTC ms), up to which sequence, of which sources and open calls."""

    time: int
    sequence: int | None
    sources: frozenset[str]
    calls: frozenset[tuple[str, str]]


class Ledger:
    """The writing side of the cache. One per process, by the holder of the cache's lock."""

    def __init__(self, db: Database, calendar: Calendar, settings: Settings) -> None:
        self._db: sqlite3.Connection = db.conn
        self.calendar = calendar
        self._definition_book = DefinitionBook(db, settings)
        self._calls = CallBook(
            self._db, self._definition_book.definitions, after_hours_of(calendar)
        )
        self._records = RecordBook(self._db)
        self._types = TypeBook(self._db)
        self._agents = AgentBook(self._db)
        self._quarantine = Quarantine(self._db)
        self.feeds = FeedBook(self._db)
        self._other_core = ThreadPoolExecutor(1, "ledger")
        self._finishing: Future[sqlite3.Cursor] | None = None
        self._judged_anew: list[JudgedAnew] = []
        self._stale = False
        self._sources: dict[str, int] = {}
        self._read_sources()
        newest = self._db.execute(
            "SELECT seq FROM sqlite_sequence WHERE name = 'messages'"
        ).fetchone()
        self._next_message = (newest[0] if newest else 0) + 1

    def next_message(self) -> int:
        """The number under which the next message is stored."""
        number, self._next_message = self._next_message, self._next_message + 1
        return number

    def commit(self, parts: Sequence[Part], now: int, *, beside: bool = False) -> None:
        """Write everything in one transaction. Raises sqlite3.Error with nothing written.

        After an error the memory is what the cache holds, so the same parts may be tried again.
        `beside`: the last step, which moves the pages to the log, is left to another core, while
        the next batch is decoded; whether it went well is known once `finish` has returned.
        """
        # Compressing needs no lock of the interpreter: another core does it beside the rest.
        bodies = [
            self._other_core.submit(packed, part.body) for part in parts if part.body is not None
        ]
        with self._transaction(beside=beside):
            repeated = self._see(parts)
            self._fold(parts, repeated)
            self._write(parts, bodies, now)
        self._calls.trim()
        self._agents.trim()

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
            record.held.add(span.first, span.last)
            record.changed = True
            self.feeds.write(now)
        record.coverage.add(span.first, span.last)

    def write_feeds(self, now: int) -> None:
        """Write the feeds' conditions where they changed."""
        if self.feeds.changed:
            with self._transaction():
                self.feeds.write(now)

    def close_lost(self, feed: str, seen: Seen) -> list[tuple[str, str]]:
        """The open calls of a feed that a snapshot omits, by source and id, now closed as lost.

        Calls of which something newer than the snapshot is known are left alone. Part of no batch:
        writes a transaction of its own.
        """
        coverage = self.feeds[feed].coverage
        lost = []
        for name, source in self._sources.items():
            if self._feed_of(source) != feed and name not in seen.sources:
                continue
            for call in self._calls.open_calls(source, seen.time):
                # A number that this feed's coverage does not hold is of an earlier numbering.
                newer = seen.sequence is not None and any(
                    number > seen.sequence and number in coverage
                    for number in self._calls.sequences(source, call)
                )
                if not newer and (name, call) not in seen.calls:
                    lost.append((name, call))
        if lost:
            with self._transaction():
                for name, call in lost:
                    told = ConnectionLost(call)
                    entry = Entry(name, f"wallboard:lost:{call}", seen.time, None, told, 0)
                    self._calls.add((self._sources[name], call), ConnectionLost, entry)
                self._write((), (), seen.time)
        return lost

    def forget_old(self, now: int, keep_days: int, keep_event_days: int) -> bool:
        """Delete one chunk of what is over its time; tell whether there may be more.

        Raises sqlite3.Error with nothing deleted.
        """
        if not self._at_rest():
            return True
        cut = cut_of(self._db, now, keep_days)
        more = forget_old(self._db, now, keep_days, keep_event_days)
        self._calls.forget_before(cut)
        return more

    def forget_identities(self, now: int, keep_days: int) -> bool:
        """Delete what takes long to look for; tell whether it was done, else try again.

        Raises sqlite3.Error with nothing deleted.
        """
        if self._at_rest():
            forget_identities(self._db, now, keep_days)
            self._calls.forget_contents()
            return True
        return False

    def _at_rest(self) -> bool:
        """Wait for the transaction before; False when it failed, and is still to be taken back.

        That is left to whoever committed: only he knows what to try again.
        """
        return self._finishing is None or self._finishing.exception() is None

    def reckon_anew(self, progress: Callable[[int], None]) -> None:
        """Judge every call anew and build the rollups from nothing, in one transaction.

        `progress` is told now and then how many calls are done. Raises sqlite3.Error with nothing
        changed.
        """
        with self._transaction():
            self._db.execute("DELETE FROM minute_rollup")
            self._db.execute("DELETE FROM hour_rollup")
            self._calls.forget()
            done = after = 0
            while numbers := self._calls.mark_following(after, CHUNK_CALLS):
                rollups = RollupDeltas(self.calendar.hour_start)
                self._calls.write(rollups)
                rollups.write(self._db)
                self._calls.forget()
                after, done = numbers[-1], done + len(numbers)
                progress(done)

    @contextmanager
    def _transaction(self, *, beside: bool = False) -> Iterator[None]:
        """All that is written within, or nothing; the memory follows the cache either way."""
        self.finish()
        if self._stale:
            self._forget()
        try:
            self._db.execute("BEGIN IMMEDIATE")
            yield
            if beside:
                self._finishing = self._other_core.submit(self._db.execute, "COMMIT")
            else:
                self._db.execute("COMMIT")
        except BaseException:
            self._take_back()
            raise
        self.feeds.written()

    def finish(self) -> None:
        """Wait for the last step of the transaction before, if it is still under way.

        Raises sqlite3.Error when it failed: then nothing of that transaction was written.
        """
        finishing, self._finishing = self._finishing, None
        if finishing is None:
            return
        try:
            finishing.result()
        except BaseException:
            self._take_back()
            raise

    def _take_back(self) -> None:
        """Nothing of the transaction counts: neither in the cache nor in memory."""
        self._stale = True
        if self._db.in_transaction:
            self._db.execute("ROLLBACK")
        self._forget()

    def _forget(self) -> None:
        self._judged_anew.clear()
        self._definition_book.forget()
        self._calls.forget()
        self._agents.forget()
        self._records.forget()
        self._types.forget()
        self.feeds.forget()
        self._read_sources()
        self._stale = False

    def _read_sources(self) -> None:
        self._sources = dict(self._db.execute("SELECT name, source FROM sources"))

    def _source(self, name: str, feed: str) -> int:
        source = self._sources.get(name)
        if source is None:
            cursor = self._db.execute(
                "INSERT INTO sources (name, feed) VALUES (?, ?)", (name, feed)
            )
            source = self._sources[name] = int(cursor.lastrowid or 0)
        return source

    def _feed_of(self, source: int) -> str | None:
        row = self._db.execute("SELECT feed FROM sources WHERE source = ?", (source,)).fetchone()
        return row[0] if row else None

    def _see(self, parts: Sequence[Part]) -> set[int]:
        """Note the identity of every event; return the places, in order, of those seen before."""
        groups: list[Identities] = []
        for part in parts:
            feed = part.feed
            events, unknown, _, _ = part.decoded
            times = [event.time for event in events]
            names = {event.source for event in events}
            if len(names) == 1 and min(times) // DAY_MS == max(times) // DAY_MS:
                source = self._source(names.pop(), feed)
                groups.append((source, times[0] // DAY_MS, [event.id for event in events]))
            else:
                groups += [
                    (self._source(event.source, feed), event.time // DAY_MS, [event.id])
                    for event in events
                ]
            groups += [
                (self._source(item.source, feed), part.received // DAY_MS, [item.id])
                for item in unknown
            ]
        return note(self._db, groups)

    def _fold(self, parts: Sequence[Part], repeated: set[int]) -> None:
        """Hand each new event to what keeps its kind of fact."""
        place = 0
        sources = self._sources
        types = self._types
        known_types = types.known
        add_to_call, add_to_agent = self._calls.add, self._agents.add
        if not repeated:
            self._calls.foresee(
                [
                    (sources[event.source], event.data.call)
                    for part in parts
                    for event in part.decoded.events
                    if type(event.data) is CallStarted
                ]
            )
        for part in parts:
            record = self.feeds[part.feed]
            counts = record.counts
            events, unknown, invalid, _ = part.decoded
            received = part.received
            latest = record.last_event or 0
            first, place = place, place + len(events)
            if repeated:
                news = [event for at, event in enumerate(events, first) if at not in repeated]
                counts.repeated += len(events) - len(news)
                events = news
            applied = len(events)
            for event in events:
                data: Any = event.data
                kind = type(data)
                source = sources[event.source]
                time = event.time
                if latest < time <= received:
                    latest = time
                if time < types.horizon or kind not in known_types:
                    types.note(kind, time)
                if kind in _CALL_DATA:
                    add_to_call((source, data.call), kind, event)
                    if kind is ConnectAttempted:
                        self._records.add(source, event)
                elif kind is AgentChanged:
                    add_to_agent(source, event.stamp, data)
                elif kind in KINDS:
                    again = self._definition_book.add(source, event.stamp, data)
                    if again is not None:
                        self._judged_anew.append(again)
                elif kind in RECORD_KINDS:
                    self._records.add(source, event)
            for item in unknown:
                place += 1
                if place - 1 in repeated:
                    counts.repeated += 1
                    continue
                counts.unknown += 1
                self._count_unknown(item.type, part.received)
            counts.applied += applied
            counts.events += len(part.decoded.events) + len(unknown) + len(invalid)
            record.last_event = latest or None
            record.heard = part.received
            record.changed = True
            if part.covers:
                record.held.add_all(part.decoded.sequences)
            if invalid:
                new = self._quarantine.add(part.feed, part.received, invalid)
                counts.quarantined += new
                counts.repeated += len(invalid) - new

    def _count_unknown(self, kind: str, received: int) -> None:
        self._db.execute(
            "INSERT INTO unknown_types (type, events, last) VALUES (?, 1, ?) ON CONFLICT (type) "
            "DO UPDATE SET events = events + 1, last = excluded.last",
            (kind[:200], received),
        )

    def _write(self, parts: Sequence[Part], bodies: Iterable[Future[bytes]], now: int) -> None:
        rollups = RollupDeltas(self.calendar.hour_start)
        self._definition_book.write()
        self._agents.write()
        self._records.write()
        self._types.write()
        contradicted = self._calls.write(rollups)
        for again in self._judged_anew:
            after = 0
            while after := self._calls.mark_judged(again, after, CHUNK_CALLS):
                self._calls.write(rollups)
                self._calls.trim()
        self._judged_anew.clear()
        stored = [part for part in parts if part.body is not None]
        self._db.executemany(
            "INSERT INTO messages (message, feed, received, newest, body) VALUES (?, ?, ?, ?, ?)",
            [
                (part.message, part.feed, part.received, _newest(part), body.result())
                for part, body in zip(stored, bodies, strict=True)
            ],
        )
        for log, call in contradicted:
            otherwise = self._feed_of(log.source) or ""
            grown = self._quarantine.contradictions(otherwise, now, log.number, call.rejected)
            for feed, more in grown.items():
                record = self.feeds[feed]
                record.counts.quarantined += more
                record.counts.applied -= more
                record.changed = True
        rollups.write(self._db)
        self.feeds.write(now)


def _newest(part: Part) -> int:
    """The time by which a message's text is kept: its newest event, never later than it came."""
    times = [event.time for event in part.decoded.events]
    return min(max(times, default=part.received), part.received)
