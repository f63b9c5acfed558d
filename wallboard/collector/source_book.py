"""The sources of events: each has a number in the cache, by which all else is kept."""

import sqlite3
from collections.abc import Iterator


class SourceBook:
    """The number of every source by its name."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection
        self._numbers: dict[str, int] = {}
        self.forget()

    def forget(self) -> None:
        """Read everything back from the cache."""
        self._numbers = dict(self._db.execute("SELECT name, source FROM sources"))

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
        return number

    def feed_of(self, source: int) -> str | None:
        """The feed that a source was first heard of from."""
        row = self._db.execute("SELECT feed FROM sources WHERE source = ?", (source,)).fetchone()
        return row[0] if row else None
