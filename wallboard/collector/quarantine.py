"""Where events go that cannot be used: whole, with the reason, never silently.

Two kinds: text that is no valid event, and events that contradict their call (an end long before
its start), which can be taken back when a correction makes them right.
"""

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from typing import Final

from wallboard.cache.raw import raw_text, raw_texts
from wallboard.events import Invalid
from wallboard.facts.call import Rejected
from wallboard.facts.entry import Entry

LONGEST_TEXT: Final = 1 << 20
"""Bytes of raw text kept of one quarantined event."""


class Quarantine:
    """The quarantine of the cache; every method is part of the collector's transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection

    def add(self, feed: str, received: int, invalid: Iterable[Invalid]) -> int:
        """Keep invalid text; return how much of it is new: what an earlier message brought is not.

        The same text twice in one message is two events that are wrong in the same way.
        """
        new = 0
        fresh: set[bytes] = set()
        for item in invalid:
            digest = blake2b(item.text, digest_size=16).digest()
            done = self._db.execute(
                "INSERT INTO quarantine (feed, received, reason, text, digest) "
                "VALUES (?, ?, ?, ?, ?) ON CONFLICT (digest) DO NOTHING",
                (feed, received, item.reason, item.text[:LONGEST_TEXT], digest),
            )
            if done.rowcount:
                new += 1
                fresh.add(digest)
            else:
                new += digest in fresh
                self._db.execute(
                    "UPDATE quarantine SET times = times + 1 WHERE digest = ?", (digest,)
                )
        return new

    def beyond(self, entries: Iterable[Entry], reason: str) -> Iterator[tuple[str, int, int]]:
        """Keep events that are more than a call may have; their messages are in the cache by now.

        Yields, by message, the feed, how many events, and how many of them are new.
        """
        positions: dict[int, list[int]] = {}
        for entry in entries:
            positions.setdefault(entry.message, []).append(entry.position)
        for message, places in positions.items():
            feed, received, texts = raw_texts(self._db, message, places)
            new = self.add(feed, received, [Invalid(reason, text, None, 0) for text in texts])
            yield feed, len(texts), new

    def contradictions(
        self, otherwise: str, received: int, call: int, rejected: list[Rejected]
    ) -> dict[str, int]:
        """Make the quarantine of a call what its facts say; return by how many it grew, by feed.

        An event is counted for the feed that brought it, for `otherwise` where that is forgotten.
        """
        known: dict[str, str] = dict(
            self._db.execute("SELECT event, feed FROM quarantine WHERE call = ?", (call,))
        )
        wanted = {item.entry.id: item for item in rejected}
        grown: Counter[str] = Counter()
        for event in known.keys() - wanted.keys():
            self._db.execute("DELETE FROM quarantine WHERE call = ? AND event = ?", (call, event))
            grown[known[event]] -= 1
        for event in sorted(wanted.keys() - known.keys()):
            item = wanted[event]
            brought = self._db.execute(
                "SELECT feed FROM messages WHERE message = ?", (item.entry.message,)
            ).fetchone()
            feed = brought[0] if brought else otherwise
            self._db.execute(
                "INSERT INTO quarantine (feed, received, reason, text, call, event) "
                "VALUES (?, ?, ?, ?, ?, ?)",
                (feed, received, item.reason, raw_text(self._db, item.entry), call, event),
            )
            grown[feed] += 1
        return grown
