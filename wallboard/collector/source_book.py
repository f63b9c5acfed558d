"""The sources of events: each has a number in the cache, by which all else is kept."""

import sqlite3
from collections import OrderedDict
from collections.abc import Iterable
from typing import Final, NamedTuple

REMEMBERED: Final = 20_000
"""Sources kept in memory; others are read back when they are named."""

_SOURCE: Final = (
    "SELECT source, sources.feed, epoch IS NOT NULL FROM sources LEFT JOIN feeds USING (feed)"
    " WHERE name = ?"
)
_WITH_OPEN_CALLS: Final = (
    "SELECT name FROM sources"
    " WHERE source IN (SELECT source FROM calls WHERE ended IS NULL) ORDER BY source"
)


class Source(NamedTuple):
    """A source by its number, with the feed that was first heard to bring it.

    `is_owned`: that is a feed that is followed, not a file.
    """

    number: int
    feed: str | None
    is_owned: bool


class SourceBook:
    """The sources by their names; those named last are in memory."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection
        self._known: OrderedDict[str, Source] = OrderedDict()

    def forget(self) -> None:
        """Drop all memory: the cache alone counts."""
        self._known.clear()

    def find(self, name: str) -> Source | None:
        """The source of this name, None where none was heard of."""
        known = self._known.get(name)
        if known is None:
            row = self._db.execute(_SOURCE, (name,)).fetchone()
            if row is not None:
                known = self._remember(name, Source(row[0], row[1], bool(row[2])))
        return known

    def number(self, name: str, feed: str) -> int:
        """The number of a source, which is noted as `feed`'s where it is new."""
        known = self.find(name)
        if known is None:
            cursor = self._db.execute(
                "INSERT INTO sources (name, feed) VALUES (?, ?)", (name, feed)
            )
            known = self._remember(name, Source(int(cursor.lastrowid or 0), feed, is_owned=False))
        return known.number

    def own(self, names: Iterable[str], feed: str) -> None:
        """A followed feed brings these sources: they are its own, whatever file had them first."""
        for name in names:
            known = self.find(name)
            if known is not None and not known.is_owned:
                self._db.execute("UPDATE sources SET feed = ? WHERE name = ?", (feed, name))
                self._known[name] = known._replace(feed=feed, is_owned=True)

    def with_open_calls(self) -> list[str]:
        """The names of the sources that have calls in progress."""
        return [name for (name,) in self._db.execute(_WITH_OPEN_CALLS)]

    def feed_of(self, source: int) -> str | None:
        """The feed that a source belongs to: that which was first heard to bring it."""
        row = self._db.execute("SELECT feed FROM sources WHERE source = ?", (source,)).fetchone()
        return row[0] if row else None

    def _remember(self, name: str, source: Source) -> Source:
        self._known[name] = source
        if len(self._known) > REMEMBERED:
            self._known.popitem(last=False)
        return source
