"""Where events go that cannot be used: whole, with the reason, never silently.

Two kinds: text that is no valid event, and events that contradict their call (an end long before
its start), which can be taken back when a correction makes them right.
"""

import sqlite3
from collections.abc import Iterable
from hashlib import blake2b
from typing import Final

from wallboard.cache.raw import raw_text
from wallboard.events import Invalid
from wallboard.facts.call import Rejected

LONGEST_TEXT: Final = 1 << 20
"""Bytes of raw text kept of one quarantined event."""


class Quarantine:
    """The quarantine of the cache; every method is part of the collector's transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection

    def add(self, feed: str, received: int, invalid: Iterable[Invalid]) -> None:
        """Keep invalid text; the same text again is only counted."""
        self._db.executemany(
            "INSERT INTO quarantine (feed, received, reason, text, digest) VALUES (?, ?, ?, ?, ?) "
            "ON CONFLICT (digest) DO UPDATE SET times = times + 1",
            [
                (
                    feed,
                    received,
                    item.reason,
                    item.text[:LONGEST_TEXT],
                    blake2b(item.text, digest_size=16).digest(),
                )
                for item in invalid
            ],
        )

    def contradictions(self, feed: str, received: int, call: int, rejected: list[Rejected]) -> int:
        """Make the quarantine of a call what its facts say; return by how many it grew."""
        known = {
            event
            for (event,) in self._db.execute("SELECT event FROM quarantine WHERE call = ?", (call,))
        }
        wanted = {item.entry.id: item for item in rejected}
        for event in known - wanted.keys():
            self._db.execute("DELETE FROM quarantine WHERE call = ? AND event = ?", (call, event))
        for event in sorted(wanted.keys() - known):
            item = wanted[event]
            self._db.execute(
                "INSERT INTO quarantine (feed, received, reason, text, call, event) "
                "VALUES (?, ?, ?, ?, ?, ?)",
                (feed, received, item.reason, raw_text(self._db, item.entry), call, event),
            )
        return len(wanted) - len(known)
