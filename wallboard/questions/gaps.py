"""The gaps in the feeds that touch a period: what was lost there and could not be had again."""

import sqlite3
from typing import NamedTuple

from wallboard.questions.view import one_view
from wallboard.reporting_time import Calendar


class Gap(NamedTuple):
    """A stretch of a feed that was lost. Times UTC ms, `first` and `last` sequence numbers."""

    feed: str
    started: int
    ended: int
    first: int | None
    last: int | None
    reason: str


def gaps(connection: sqlite3.Connection, start: int, end: int) -> tuple[Gap, ...]:
    """The gaps that touch the time from `start` up to `end` (UTC ms), oldest first."""
    with one_view(connection):
        rows = connection.execute(
            "SELECT feed, started, ended, first, last, reason FROM gaps"
            " WHERE recovered = 0 AND started < ? AND ended >= ? ORDER BY started, gap",
            (end, start),
        )
        return tuple(map(Gap._make, rows))


class Unfetched(NamedTuple):
    """A feed of which older events are still to come; what is `since` (UTC ms) is all there."""

    feed: str
    events: int | None
    since: int | None


def unfetched(connection: sqlite3.Connection, start: int) -> tuple[Unfetched, ...]:
    """The feeds whose events from `start` (UTC ms) on are not all fetched yet.

    One of which there is a snapshot and nothing else is among them before it has said how many;
    and one whose numbering shows that there were events before all that it has, as long as it
    offers none of them.
    """
    with one_view(connection):
        rows = connection.execute(
            "SELECT feed, backlog, whole_since FROM feeds"
            " WHERE (backlog > 0 OR stage = 'catching_up'"
            " OR (stage = 'connecting' AND epoch IS NOT NULL AND coverage = '')"
            # Of `5-9,12-15` the cast takes the 5.
            " OR (stage != 'finished' AND CAST(substr(coverage, 1, 40) AS INTEGER) > 1"
            " AND whole_since IS NOT NULL))"
            " AND coalesce(whole_since > ?, 1) ORDER BY feed",
            (start,),
        )
        return tuple(map(Unfetched._make, rows))


def is_being_filled(connection: sqlite3.Connection, start: int) -> bool:
    """Whether a feed has events from `start` (UTC ms) on to give that were not fetched yet.

    Unlike `unfetched` not where a feed offers nothing older, which may have come by a file.
    """
    return any(feed.events for feed in unfetched(connection, start))


def still_to_come(found: tuple[Unfetched, ...], calendar: Calendar, day: str = "today") -> str:
    """What is not fetched yet means for the numbers of `day`, empty when that is all there."""
    if not found:
        return ""
    first = found[0]
    if first.since is not None and not first.events:
        clock = calendar.format_clock(first.since)
        return f"{day} is not complete: feed {first.feed} has nothing from before {clock} yet"
    since = "" if first.since is None else f" from before {calendar.format_clock(first.since)}"
    return f"{day} is not complete yet: events{since} are still to come from feed {first.feed}"


def in_words(found: tuple[Gap, ...], calendar: Calendar, day: str = "today") -> str:
    """What the gaps mean for the numbers over them, empty when there are none.

    `day` is what the day of those numbers is called.
    """
    if not found:
        return ""
    first = found[0]
    since, until = (calendar.format_clock(at) for at in (first.started, first.ended))
    more = f", and {len(found) - 1} more" if len(found) > 1 else ""
    return (
        f"Events of feed {first.feed} from {since} to {until} were lost{more}: "
        f"the numbers of {day} lack them."
    )


class RecordedGap(NamedTuple):
    """A stretch of a feed that was missing; times UTC ms. `missed` events, None where unknown."""

    feed: str
    started: int
    ended: int
    missed: int | None
    is_recovered: bool
    reason: str


def recorded_gaps(connection: sqlite3.Connection, limit: int) -> tuple[RecordedGap, ...]:
    """Every gap that was recorded, whether it could be filled later or not, the latest first."""
    with one_view(connection):
        rows = connection.execute(
            "SELECT feed, started, ended, missing, recovered <> 0, reason FROM gaps"
            " ORDER BY started DESC, gap DESC LIMIT ?",
            (limit,),
        )
        return tuple(
            RecordedGap(feed, started, ended, missed, bool(recovered), reason)
            for feed, started, ended, missed, recovered, reason in rows
        )
