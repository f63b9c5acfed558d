"""The feeds as their collector last saw them, and what was kept out of the way."""

import sqlite3
from typing import Final, NamedTuple

from wallboard.questions.feed_answers import FeedHealth
from wallboard.questions.view import one_view

# As bytes: to find the end of a text, all its characters would be counted.
_FEEDS: Final = """
SELECT feed, CAST(substr(CAST(coverage AS BLOB), -40) AS TEXT), newest,
    coalesce(stage, 'connecting'), since, reason, heard,
    last_event, updated, skew, backlog, retry_at, events, applied, repeated, unknown, quarantined,
    (SELECT count(*) FROM gaps WHERE gaps.feed = feeds.feed AND recovered = 0 AND started <= ?),
    whole_since
FROM feeds ORDER BY feed
"""
_QUARANTINE: Final = (
    "SELECT number, feed, received, reason, text, times, call, event FROM quarantine"
)


class Quarantined(NamedTuple):
    """Text that could not be used, and why; `text` is None once its retention is over.

    `times` is how often the same text came; `call` the number of the call that it contradicts, by
    the event of the id `event`, which is None for text that is no valid event.
    """

    number: int
    feed: str
    received: int
    reason: str
    text: bytes | None
    times: int
    call: int | None
    event: str | None

    @property
    def sentence(self) -> str:
        """The reason, after the event that it is about."""
        return self.reason if self.event is None else f"The event {self.event}: {self.reason}"


class UnknownType(NamedTuple):
    """A type of event that this program does not know; `last` is when it last came (UTC ms)."""

    type: str
    events: int
    last: int


def feeds(connection: sqlite3.Connection, now: int) -> tuple[FeedHealth, ...]:
    """The condition of every feed, in the order of their names; gaps are those begun by `now`."""
    with one_view(connection):
        rows = connection.execute(_FEEDS, (now,)).fetchall()
    return tuple(_health(*row) for row in rows)


def _health(
    feed: str,
    coverage_end: str,
    newest: int | None,
    stage: str,
    since: int | None,
    reason: str,
    heard: int | None,
    last_event: int | None,
    updated: int | None,
    skew: float | None,
    backlog: int | None,
    retry_at: int | None,
    events: int,
    applied: int,
    repeated: int,
    unknown: int,
    quarantined: int,
    gaps: int,
    whole_since: int | None,
) -> FeedHealth:
    # Spans as `1-5,9-12`, in order: with many holes a long text, of which the end is all we need.
    held = int(coverage_end.rpartition("-")[2]) if coverage_end else None
    behind = max(0, newest - held) if newest is not None and held is not None else None
    return FeedHealth(
        feed=feed,
        stage=stage,
        since=since,
        reason=reason,
        heard=heard,
        last_event=last_event,
        updated=updated,
        skew_seconds=skew,
        behind=behind,
        backlog=backlog,
        retry_at=retry_at,
        events=events,
        applied=applied,
        repeated=repeated,
        unknown=unknown,
        quarantined=quarantined,
        gaps=gaps,
        whole_since=whole_since,
    )


def quarantine(connection: sqlite3.Connection, limit: int) -> tuple[Quarantined, ...]:
    """What was last put in quarantine, the newest first."""
    with one_view(connection):
        rows = connection.execute(f"{_QUARANTINE} ORDER BY number DESC LIMIT ?", (limit,))
        return tuple(map(Quarantined._make, rows))


def quarantined_after(
    connection: sqlite3.Connection, feed: str, number: int, limit: int
) -> tuple[Quarantined, ...]:
    """What a feed's events put in quarantine after the entry of this number, the oldest first."""
    with one_view(connection):
        rows = connection.execute(
            f"{_QUARANTINE} WHERE number > ? AND feed = ? ORDER BY number LIMIT ?",
            (number, feed, limit),
        )
        return tuple(map(Quarantined._make, rows))


def unknown_types(connection: sqlite3.Connection, limit: int) -> tuple[UnknownType, ...]:
    """The types of events that are not known, those that came most often first."""
    with one_view(connection):
        rows = connection.execute(
            "SELECT type, events, last FROM unknown_types ORDER BY events DESC, type LIMIT ?",
            (limit,),
        )
        return tuple(map(UnknownType._make, rows))


class QuarantineLine(NamedTuple):
    """What was put in quarantine, without its text, which can be a mebibyte."""

    number: int
    feed: str
    received: int
    reason: str
    times: int
    event: str | None

    @property
    def sentence(self) -> str:
        """The reason, after the event that it is about."""
        return self.reason if self.event is None else f"The event {self.event}: {self.reason}"


def quarantine_lines(connection: sqlite3.Connection, limit: int) -> tuple[QuarantineLine, ...]:
    """What was last put in quarantine, the newest first."""
    with one_view(connection):
        rows = connection.execute(
            "SELECT number, feed, received, reason, times, event FROM quarantine"
            " ORDER BY number DESC LIMIT ?",
            (limit,),
        )
        return tuple(map(QuarantineLine._make, rows))


def quarantined_text(connection: sqlite3.Connection, number: int) -> bytes | None:
    """The text of an entry; None once its retention is over, or when there is no such entry."""
    row = connection.execute("SELECT text FROM quarantine WHERE number = ?", (number,)).fetchone()
    return None if row is None else row[0]
