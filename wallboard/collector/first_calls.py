"""Which call was the first to name a campaign or a queue: where to begin to look for its calls.

A definition that comes after calls has them judged anew. Nearly all come before any call, or name
what no call does; then nothing has to be looked through, however many there are.
"""

import sqlite3
from typing import Final

from wallboard.facts.definitions import REMEMBERED, Key

_WRITE: Final = (
    "INSERT INTO first_calls VALUES (caller_digest(?), ?) ON CONFLICT (digest)"
    " DO UPDATE SET call = excluded.call WHERE excluded.call < call"
)
_READ: Final = "SELECT call FROM first_calls WHERE digest = caller_digest(?)"


class FirstCalls:
    """The lowest number of a call by what it names, in the cache and, of the latest, in memory."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection
        self._lowest: dict[Key, int] = {}
        self._fresh: dict[Key, int] = {}

    def forget(self) -> None:
        """Drop all memory, as after a failed write: the cache alone counts."""
        self._lowest.clear()
        self._fresh.clear()

    def note(self, key: Key, call: int) -> None:
        """A call (its number) names this campaign or queue."""
        if call < self._lowest.get(key, call + 1):
            self._lowest[key] = self._fresh[key] = call

    def write(self) -> None:
        """Write what is new; part of the collector's transaction."""
        if self._fresh:
            self._db.executemany(_WRITE, [(_text(key), call) for key, call in self._fresh.items()])
            self._fresh.clear()
        if len(self._lowest) > REMEMBERED:
            # What the cache knows better, it keeps.
            self._lowest.clear()

    def of(self, key: Key) -> int | None:
        """The first call that named it, None where none did."""
        row = self._db.execute(_READ, (_text(key),)).fetchone()
        return None if row is None else int(row[0])


def _text(key: Key) -> str:
    """The key as one text, of which the cache keeps a hash: it outlives the calls."""
    kind, source, entity = key
    return f"{kind}/{source}/{entity}"
