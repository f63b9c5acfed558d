"""Which types of event were ever applied, and when the first of each happened (readings 10).

A metric that rests on a type which the feed has never sent is not 0 but unknown.
"""

import sqlite3
from collections.abc import Sequence
from typing import Final

from wallboard.events.kinds import Data
from wallboard.events.vocabulary import NAMES, TYPES

_WRITE: Final = (
    "INSERT INTO event_types VALUES (?, ?) ON CONFLICT (type) "
    "DO UPDATE SET first = excluded.first WHERE excluded.first < first"
)


class TypeBook:
    """The types known; `horizon` (UTC ms) is the time from which on they say nothing new."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection
        self.known: dict[type[Data], int] = {}
        self.horizon = 0
        self._changed: set[type[Data]] = set()
        self.forget()

    def forget(self) -> None:
        """Read everything back from the cache."""
        self._changed.clear()
        stored = dict(self._db.execute("SELECT type, first FROM event_types"))
        self.known = {TYPES[name]: first for name, first in stored.items() if name in TYPES}
        self.horizon = max(self.known.values(), default=0)

    def note(self, kinds: Sequence[type[Data]], times: Sequence[int]) -> None:
        """Events of these types happened at these times."""
        if min(times, default=self.horizon) >= self.horizon and self.known.keys() >= set(kinds):
            return
        for kind, time in zip(kinds, times, strict=True):
            first = self.known.get(kind)
            if first is None or time < first:
                self.known[kind] = time
                self._changed.add(kind)
        self.horizon = max(self.known.values(), default=0)

    def write(self) -> None:
        """Write what is new; part of the collector's transaction."""
        if self._changed:
            self._db.executemany(
                _WRITE, [(NAMES[kind], self.known[kind]) for kind in self._changed]
            )
            self._changed.clear()
