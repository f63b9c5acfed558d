"""What a period lacks: event types that never came, gaps, events still to come."""

import sqlite3
from typing import Final, NamedTuple

from wallboard.metrics.asked import Asked
from wallboard.questions.gaps import gaps, unfetched

NEVER_SENT: Final = "The feed never sent "

_NEWEST: Final = """
SELECT max(last_event), sum(stage NOT IN ('finished', 'disconnected', 'refused')) FROM feeds
"""
"""The last that is known, and how many feeds may be heard of any time."""


class Completeness(NamedTuple):
    """Which event types ever came, and what is not known of the period, in words."""

    types: frozenset[str]
    note: str

    @property
    def complete(self) -> bool:
        """Whether no gap touches the period, and all of it was fetched."""
        return not self.note

    def missing(self, needs: tuple[str, ...]) -> str:
        """Which types of those that a metric rests on the feed never sent; empty for none."""
        return _missing(self.types, needs)


def completeness(connection: sqlite3.Connection, asked: Asked) -> Completeness:
    """What is known of the period that is asked about."""
    types = _types(connection)
    found = gaps(connection, asked.period.start_ms, asked.period.end_ms)
    notes = []
    if found:
        first = found[0]
        since, until = (asked.calendar.format_time(at) for at in (first.started, first.ended))
        more = f", and {len(found) - 1} more" if len(found) > 1 else ""
        notes.append(
            f"Events of feed {first.feed} from {since} to {until} were lost{more}: "
            "the figures of the period lack them."
        )
    notes += [
        f"Older events of feed {feed.feed} are still to come."
        for feed in unfetched(connection, asked.period.start_ms)
    ]
    notes += _outside(connection, asked)
    return Completeness(types, " ".join(notes))


def never_sent(connection: sqlite3.Connection, needs: tuple[str, ...]) -> str:
    """Which types of those that a metric rests on the feed never sent, in words; empty for none."""
    return _missing(_types(connection), needs)


def _types(connection: sqlite3.Connection) -> frozenset[str]:
    return frozenset(kind for (kind,) in connection.execute("SELECT type FROM event_types"))


def _missing(types: frozenset[str], needs: tuple[str, ...]) -> str:
    lacking = [
        _listed(need.split("|"), "or") for need in needs if types.isdisjoint(need.split("|"))
    ]
    if any(" or " in names for names in lacking):
        return f"{NEVER_SENT}{', nor '.join(lacking)}."
    return f"{NEVER_SENT}{_listed(lacking, 'and')}." if lacking else ""


def _listed(names: list[str], last: str) -> str:
    return f" {last} ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def _outside(connection: sqlite3.Connection, asked: Asked) -> list[str]:
    """That the period lies before or after all that is known, or has not begun."""
    if asked.period.start_ms > asked.now:
        return ["The period has not begun."]
    (first,) = connection.execute("SELECT min(first) FROM event_types").fetchone()
    if first is not None and asked.period.end_ms <= first:
        begins = asked.calendar.format_time(first)
        return [f"The cache knows nothing of the period: it begins at {begins}."]
    newest, going_on = connection.execute(_NEWEST).fetchone()
    if newest is not None and not going_on and newest < asked.period.start_ms:
        ends = asked.calendar.format_time(newest)
        return [f"The cache knows nothing of the period: it ends at {ends}, and no feed goes on."]
    return []
