"""Calls in progress of which nothing was heard for long."""

import sqlite3
from typing import Final, NamedTuple

from wallboard.cache.entries import entries_of

MOST: Final = 50
"""So many of the oldest are looked at: of more it is not one call that is at fault."""


class SilentCall(NamedTuple):
    """A call in progress; `heard` is the time of its last event (UTC ms)."""

    number: int
    source: int
    id: str
    heard: int


def silent_calls(connection: sqlite3.Connection, before: int) -> tuple[SilentCall, ...]:
    """The calls in progress whose last event is older than `before` (UTC ms), the oldest first."""
    rows = connection.execute(
        "SELECT call, source, id FROM calls WHERE ended IS NULL AND started < ?"
        " ORDER BY started, call LIMIT ?",
        (before, MOST),
    ).fetchall()
    found = []
    for number, source, call in rows:
        entries = entries_of(connection, number)
        if entries and entries[-1].time < before:
            found.append(SilentCall(number, source, call, entries[-1].time))
    return tuple(found)
