"""A cache on disk, fed as a collector feeds it, and everything in it as plain values."""

import json
import shutil
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from datetime import time
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from wallboard.cache.entries import entries_of
from wallboard.cache.lock import CacheLock
from wallboard.cache.scribe import Scribe
from wallboard.cache.writing import open_for_writing
from wallboard.collector.haste import Haste
from wallboard.collector.ledger import Ledger
from wallboard.collector.part import Part
from wallboard.config import BusinessHours
from wallboard.config.hours import OpenHours
from wallboard.events import decode_batch
from wallboard.facts.definitions import Settings
from wallboard.facts.records import OCCURRENCES, RECORD_TABLES
from wallboard.reporting_time import Calendar

Json = dict[str, Any]
Tables = dict[str, list[tuple[Any, ...]]]

RECEIVED = 1_772_500_000_000
"""When everything arrives, by this machine's clock: 2026-03-03, a day after the events."""

CALENDAR = Calendar(
    "Asia/Kathmandu", time(5, 20), BusinessHours(monday=(OpenHours(9 * 60, 18 * 60),))
)
"""Hours that begin at a quarter, days that begin within one; closed from the second minute on."""

_CALL = (
    "(SELECT sources.name || ' ' || id FROM calls JOIN sources USING (source) WHERE call = {}.call)"
)


class Books:
    """One cache with its ledger. Of a hasty one another process writes all that `feed` feeds."""

    def __init__(
        self,
        path: Path,
        calendar: Calendar = CALENDAR,
        settings: Settings | None = None,
        *,
        hasty: bool = False,
    ) -> None:
        self.path = path
        self.hasty = hasty
        self.calendar = calendar
        self.settings = settings or Settings()
        self.open()

    def open(self) -> None:
        """Open the cache as a process that starts does."""
        self.db: Database = open_for_writing(self.path)
        self.connection: sqlite3.Connection = self.db.conn
        self.scribe = started(self.path) if self.hasty else None
        haste = Haste(full=1)
        self.ledger = Ledger(self.db, self.calendar, self.settings, scribe=self.scribe, haste=haste)

    def close(self) -> None:
        """Close the cache as a process that ends does."""
        if self.scribe is not None:
            self.ledger.settle()
            self.scribe.end()
            self.scribe.lock.release()
        self.db.close()

    def restart(self) -> None:
        """End, and start anew."""
        self.close()
        self.open()

    def part(self, events: Sequence[Json], feed: str = "main", *, covers: bool = True) -> Part:
        """A message of these events, decoded."""
        body = json.dumps(events).encode()
        number = self.ledger.next_message()
        return Part(feed, number, body, RECEIVED, decode_batch(body, number), covers)

    def feed(self, *batches: Sequence[Json], feed: str = "main") -> None:
        """Commit batch by batch, each in a transaction of its own."""
        for batch in batches:
            self.ledger.commit([self.part(batch, feed)], RECEIVED, is_full=True)

    def rows(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        """What a question brings."""
        self.ledger.settle()
        return self.connection.execute(sql, values).fetchall()

    def tables(self) -> Tables:
        """All that events led to, without the numbers that only this cache gave."""
        return {name: sorted(read(self), key=repr) for name, read in _READ.items()}


def started(cache: Path) -> Scribe:
    """A process that is ready to write a cache, whose lock is taken."""
    scribe = Scribe(cache, CacheLock(cache).acquire())
    scribe.start(8_000)
    assert scribe.is_ready(wait=60)
    return scribe


def make(template: Path, path: Path, **rest: Any) -> Books:
    """A new cache, copied from an empty one, which is quicker than making it."""
    shutil.copyfile(template, path)
    return Books(path, **rest)


def _plain(sql: str) -> Callable[[Books], Iterable[tuple[Any, ...]]]:
    return lambda books: books.rows(sql)


def _columns(books: Books, table: str, *but: str) -> str:
    names = [row[1] for row in books.rows(f"PRAGMA table_info({table})")]
    return ", ".join(f'{table}."{name}"' for name in names if name not in but)


def _named(table: str, *but: str) -> Callable[[Books], Iterable[tuple[Any, ...]]]:
    """A table whose rows belong to a source, with the source's name for its number."""

    def read(books: Books) -> Iterable[tuple[Any, ...]]:
        columns = _columns(books, table, "source", *but)
        return books.rows(
            f"SELECT sources.name, {columns} FROM {table} JOIN sources USING (source)"
        )

    return read


def _of_calls(table: str, *but: str) -> Callable[[Books], Iterable[tuple[Any, ...]]]:
    """A table whose rows belong to a call, with its source and id for its number."""

    def read(books: Books) -> Iterable[tuple[Any, ...]]:
        columns = _columns(books, table, "call", "source", *but)
        return books.rows(f"SELECT {_CALL.format(table)}, {columns} FROM {table}")

    return read


def _calls(books: Books) -> Iterable[tuple[Any, ...]]:
    """The calls, with what they say of where callers come from and are instead of its number."""
    columns = _columns(books, "calls", "source", "call", "attribution", "location")
    attribution = _columns(books, "attributions", "attribution", "used")
    location = _columns(books, "locations", "location", "used")
    return books.rows(
        f"SELECT sources.name, {columns}, {attribution}, {location} FROM calls "
        "JOIN sources USING (source) LEFT JOIN attributions USING (attribution) "
        "LEFT JOIN locations USING (location)"
    )


def _entries(books: Books) -> Iterable[tuple[Any, ...]]:
    for number, call in books.rows(
        "SELECT call, name || ' ' || id FROM calls JOIN sources USING (source)"
    ):
        known = entries_of(books.connection, number)
        yield call, tuple((one.stamp, one.data) for one in known)


_READ: dict[str, Callable[[Books], Iterable[tuple[Any, ...]]]] = {
    "calls": _calls,
    "call_measures": _of_calls("call_measures"),
    "entries": _entries,
    **{
        name: _of_calls(name)
        for name in (
            *("legs", "stays", "wrap_ups", "lasting_calls", "late_outcomes"),
            *("call_outcomes", "call_quality"),
        )
    },
    **{
        name: _named(name)
        for name in (
            *("seen", "definitions", "campaigns", "queues", "agents", "agent_changes"),
            *("minute_rollup", "hour_rollup", "opportunity_stages", "visit_campaigns"),
            *(table.name for table in RECORD_TABLES),
            *(kind.table for kind in OCCURRENCES.values()),
        )
    },
    "event_types": _plain("SELECT * FROM event_types"),
    "forgotten_callers": _plain("SELECT * FROM forgotten_callers"),
    "unknown_types": _plain("SELECT type, events FROM unknown_types"),
    "contradictions": lambda books: books.rows(
        f"SELECT {_CALL.format('quarantine')}, event, reason FROM quarantine WHERE call NOT NULL"
    ),
    "invalid": _plain("SELECT text, reason FROM quarantine WHERE call IS NULL"),
}
