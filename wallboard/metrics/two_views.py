"""Two looks at the very same state of the cache, so that two threads can read at once."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from wallboard.cache.opening import open_for_reading
from wallboard.questions.view import one_view

TRIES: Final = 10
"""A collector commits some ten times a second, and to begin both takes less than a millisecond."""


@contextmanager
def two_views(connection: sqlite3.Connection, path: Path) -> Iterator[sqlite3.Connection | None]:
    """Read within one transaction of `connection`, and of a second one to the same file, given.

    Both see the same state. None is given where no two such were had, for a writer commits all the
    time. Raises CacheError, sqlite3.Error.
    """
    beside = open_for_reading(path)
    try:
        for _ in range(TRIES):
            if _begun_together(connection, beside):
                yield beside
                return
        with one_view(connection):
            yield None
    finally:
        beside.close()
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def _begun_together(connection: sqlite3.Connection, beside: sqlite3.Connection) -> bool:
    """Begin on both; False, and neither has begun, where a commit came between them.

    The second sees nothing new from before the first begins until after it has begun itself.
    """
    before = _version(beside)
    for one in (connection, beside):
        one.execute("BEGIN")
        # Only the first reading fixes what is seen.
        one.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone()
    if _version(beside) == before:
        return True
    for one in (connection, beside):
        one.execute("ROLLBACK")
    return False


def _version(connection: sqlite3.Connection) -> int:
    """What changes whenever another connection has committed since."""
    (version,) = connection.execute("PRAGMA data_version").fetchone()
    return int(version)
