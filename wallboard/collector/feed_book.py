"""What is known of each feed: its coverage, its counts and its condition, kept in the cache."""

import sqlite3
from typing import Final

from msgspec import Struct

from wallboard.feeds.coverage import Coverage, Span
from wallboard.feeds.intake import Condition, Stage

_COUNTS: Final = ("events", "applied", "repeated", "unknown", "quarantined")
_COLUMNS: Final = (
    "feed",
    "epoch",
    "coverage",
    "stage",
    "since",
    "reason",
    "skew",
    "newest",
    "heard",
    "retry_at",
    "backlog",
    "last_event",
    "updated",
    "whole_since",
    *_COUNTS,
)
_WRITE: Final = (
    f"INSERT OR REPLACE INTO feeds ({', '.join(_COLUMNS)}) "
    f"VALUES ({', '.join('?' * len(_COLUMNS))})"
)


HEARD: Final = frozenset({Stage.LIVE, Stage.CATCHING_UP})

BEGINNINGS: Final = 64
"""Beginnings of spans remembered before those that are none any longer are dropped."""


class Counts(Struct):
    """What became of the events of a feed; `events` is the sum of the others."""

    events: int = 0
    applied: int = 0
    repeated: int = 0
    unknown: int = 0
    quarantined: int = 0


class FeedRecord(Struct):
    """One feed as the collector knows it.

    `coverage` is all that was received, `held` what the cache holds of it: only that is written,
    so that what waits to be committed is asked for again when the process dies before.
    `beginnings` tells when (UTC ms) the event happened that a span of the coverage begins with.
    """

    feed: str
    coverage: Coverage
    held: Coverage
    counts: Counts
    condition: Condition | None = None
    heard: int | None = None
    last_event: int | None = None
    beginnings: dict[int, int] = {}
    changed: bool = True

    def begins(self, number: int, time: int) -> None:
        """A message begins with this sequence number, whose event happened at `time`."""
        self.beginnings.setdefault(number, time)
        if len(self.beginnings) > BEGINNINGS:
            wanted = {span.first for span in self.coverage} | {span.first for span in self.held}
            self.beginnings = {
                first: known for first, known in self.beginnings.items() if first in wanted
            }

    @property
    def whole_since(self) -> int | None:
        """From when on (UTC ms) nothing is missing up to the newest; None where not known."""
        first = self.held.newest_from
        return None if first is None else self.beginnings.get(first)


class FeedBook:
    """The feeds by name."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection
        self._records: dict[str, FeedRecord] = {}

    def __getitem__(self, feed: str) -> FeedRecord:
        record = self._records.get(feed)
        if record is None:
            record = self._records[feed] = self._load(feed)
        return record

    def newest_event(self) -> int | None:
        """When the newest event of all feeds happened (UTC ms)."""
        (newest,) = self._db.execute("SELECT max(last_event) FROM feeds").fetchone()
        return None if newest is None else int(newest)

    def clocks(self) -> list[float]:
        """How many seconds the clocks of the feeds that are heard now are ahead of this one."""
        conditions = [record.condition for record in self._records.values()]
        return [
            condition.skew
            for condition in conditions
            if condition is not None and condition.stage in HEARD and condition.skew is not None
        ]

    def adopt(self, feed: str, epoch: str) -> None:
        """Name the numbering of a feed that has none yet; written with the next transaction."""
        record = self[feed]
        if record.coverage.epoch is None:
            record.coverage.epoch = record.held.epoch = epoch
            record.changed = True

    def forget(self) -> None:
        """Read what is held and the counts back from the cache, as after a failed write.

        What was received stays so: it waits in the collector's memory, and is tried again.
        """
        for feed, record in self._records.items():
            stored = self._load(feed)
            epoch = record.held.epoch if stored.held.epoch is None else stored.held.epoch
            record.held.become(stored.held)
            record.held.epoch = epoch
            record.counts = stored.counts
            record.changed = True
            record.last_event = stored.last_event

    @property
    def changed(self) -> bool:
        """Whether anything waits to be written."""
        return any(record.changed for record in self._records.values())

    def _load(self, feed: str) -> FeedRecord:
        row = self._db.execute(
            f"SELECT epoch, coverage, last_event, whole_since, heard, {', '.join(_COUNTS)} "
            "FROM feeds WHERE feed = ?",
            (feed,),
        ).fetchone()
        if row is None:
            return FeedRecord(feed, Coverage(), Coverage(), Counts())
        epoch, spans, last_event, whole_since, heard, *counts = row
        coverage, held = Coverage.parse(epoch, spans), Coverage.parse(epoch, spans)
        record = FeedRecord(
            feed, coverage, held, Counts(*counts), heard=heard, last_event=last_event
        )
        if held.newest_from is not None and whole_since is not None:
            record.beginnings[held.newest_from] = whole_since
        return record

    def write(self, now: int) -> None:
        """Write the feeds that changed; part of the collector's transaction."""
        for record in self._records.values():
            if not record.changed:
                continue
            condition = record.condition or Condition(Stage.CONNECTING, now)
            heard = max(record.heard or 0, condition.heard or 0) or None
            counts = record.counts
            self._db.executemany(
                _WRITE,
                [
                    (
                        record.feed,
                        record.held.epoch,
                        str(record.held),
                        condition.stage.value,
                        condition.since,
                        condition.reason,
                        condition.skew,
                        condition.newest,
                        heard,
                        condition.retry_at,
                        condition.backlog,
                        record.last_event,
                        now,
                        record.whole_since,
                        counts.events,
                        counts.applied,
                        counts.repeated,
                        counts.unknown,
                        counts.quarantined,
                    )
                ],
            )

    def written(self) -> None:
        """The transaction is through: nothing waits any longer."""
        for record in self._records.values():
            record.changed = False

    def record_gap(
        self, feed: str, span: Span | None, started: int, ended: int, reason: str
    ) -> None:
        """Record that events were lost between two times (UTC ms)."""
        record = self[feed]
        self._db.execute(
            "INSERT INTO gaps (feed, epoch, first, last, missing, started, ended, reason) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                feed,
                record.held.epoch,
                span.first if span else None,
                span.last if span else None,
                span.length if span else None,
                started,
                max(started, ended),
                reason,
            ),
        )
        record.changed = True
