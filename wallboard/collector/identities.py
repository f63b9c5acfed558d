"""The identity of every event, against repetition: source and id, as long as the facts live.

Nearly always a batch is all new. Then its ids go to SQLite as one text, which takes half the time
of binding them one by one; only when some were seen before is each looked at by itself.
"""

import sqlite3
from typing import Final

import msgspec

_SEE: Final = "INSERT OR IGNORE INTO seen (source, id, day) VALUES (?, ?, ?)"
_SEE_ALL: Final = (
    "INSERT OR IGNORE INTO seen (source, id, day) SELECT ?, value, ? FROM json_each(?)"
)
_ENCODE: Final = msgspec.json.Encoder().encode
NULL_CHARACTER: Final = b"\\u0000"
"""What SQLite's JSON would end a text at."""

Identities = tuple[int, int, list[str]]
"""A source, the UTC day of its events, by which they are forgotten in the end, and their ids."""


def note(connection: sqlite3.Connection, groups: list[Identities]) -> set[int]:
    """Note identities; return the places of those that were known, in all groups or before them.

    Part of the collector's transaction.
    """
    before = connection.total_changes
    connection.execute("SAVEPOINT seeing")
    _note_all(connection, groups)
    if connection.total_changes - before == sum(len(ids) for _, _, ids in groups):
        connection.execute("RELEASE seeing")
        return set()
    connection.execute("ROLLBACK TO seeing")
    connection.execute("RELEASE seeing")
    identities = ((source, identity, day) for source, day, ids in groups for identity in ids)
    return {
        place
        for place, identity in enumerate(identities)
        if connection.execute(_SEE, identity).rowcount == 0
    }


def _note_all(connection: sqlite3.Connection, groups: list[Identities]) -> None:
    by_day: dict[tuple[int, int], list[str]] = {}
    for source, day, ids in groups:
        by_day.setdefault((source, day), []).extend(ids)
    for (source, day), ids in by_day.items():
        text = _ENCODE(ids)
        if NULL_CHARACTER in text:
            connection.executemany(_SEE, [(source, identity, day) for identity in ids])
        else:
            connection.execute(_SEE_ALL, (source, day, text.decode()))
