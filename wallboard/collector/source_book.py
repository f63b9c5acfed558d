"""The sources of events: each has a number in the cache, by which all else is kept."""

import sqlite3
from collections.abc import Iterator
from typing import Final

_UNOWNED: Final = "SELECT name FROM sources LEFT JOIN feeds USING (feed) WHERE epoch IS NULL"


class SourceBook:
    """The number of every source by its name.

    `unowned` are those that no followed feed is known to have brought, but a file.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection
        self._numbers: dict[str, int] = {}
        self.unowned: set[str] = set()
        self.forget()

    def forget(self) -> None:
        """Read everything back from the cache."""
        self._numbers = dict(self._db.execute("SELECT name, source FROM sources"))
        self.unowned = {name for (name,) in self._db.execute(_UNOWNED)}

    def __iter__(self) -> Iterator[tuple[str, int]]:
        return iter(self._numbers.items())

    def number(self, name: str, feed: str) -> int:
        """The number of a source, which is noted as `feed`'s where it is new."""
        number = self._numbers.get(name)
        if number is None:
            cursor = self._db.execute(
                "INSERT INTO sources (name, feed) VALUES (?, ?)", (name, feed)
            )
            number = self._numbers[name] = int(cursor.lastrowid or 0)
            self.unowned.add(name)
        return number

    def own(self, names: set[str], feed: str) -> None:
        """A followed feed brings these sources: they are its own, whatever file had them first."""
        for name in names & self.unowned:
            self._db.execute("UPDATE sources SET feed = ? WHERE name = ?", (feed, name))
            self.unowned.discard(name)

    def feed_of(self, source: int) -> str | None:
        """The feed that a source belongs to: that which was first heard to bring it."""
        row = self._db.execute("SELECT feed FROM sources WHERE source = ?", (source,)).fetchone()
        return row[0] if row else None
