"""The identity of every event, against repetition: source and id, as long as the facts live.

Nearly always a batch is all new. Then its ids go to SQLite as one text, which takes half the time
of binding them one by one; only when some were seen before is each looked at by itself.
"""

from typing import Final

import msgspec

from wallboard.cache.writer_connection import WriterConnection

_SEE: Final = "INSERT OR IGNORE INTO seen (source, id, day) VALUES (?, ?, ?)"
_SEE_ALL: Final = (
    "INSERT OR IGNORE INTO seen (source, id, day) SELECT ?, value, ? FROM json_each(?)"
)
_ENCODE: Final = msgspec.json.Encoder().encode
NULL_CHARACTER: Final = b"\\u0000"
"""What SQLite's JSON would end a text at."""

Identities = tuple[int, int, list[str]]
"""A source, the UTC day of its events, by which they are forgotten in the end, and their ids."""


def note(connection: WriterConnection, groups: list[Identities]) -> set[int]:
    """Note identities; return the places of those that were known, in all groups or before them.

    Part of the collector's transaction.
    """
    if connection.is_dictating and _presume_all(connection, groups):
        return set()
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


def _presume_all(connection: WriterConnection, groups: list[Identities]) -> bool:
    """Presume that no identity was known; False where they cannot go as one text."""
    presumed = [
        ((source, day, _ENCODE(ids)), len(ids)) for (source, day), ids in _by_day(groups).items()
    ]
    if any(NULL_CHARACTER in text for (_, _, text), _ in presumed):
        return False
    for (source, day, text), count in presumed:
        connection.presume(_SEE_ALL, [(source, day, text.decode())], count)
    return True


def _by_day(groups: list[Identities]) -> dict[tuple[int, int], list[str]]:
    found: dict[tuple[int, int], list[str]] = {}
    for source, day, ids in groups:
        found.setdefault((source, day), []).extend(ids)
    return found


def _note_all(connection: WriterConnection, groups: list[Identities]) -> None:
    for (source, day), ids in _by_day(groups).items():
        text = _ENCODE(ids)
        if NULL_CHARACTER in text:
            connection.executemany(_SEE, [(source, identity, day) for identity in ids])
        else:
            connection.execute(_SEE_ALL, (source, day, text.decode()))
