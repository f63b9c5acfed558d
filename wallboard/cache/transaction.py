"""Writing that counts as a whole or not at all."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All that is written within, or nothing where anything goes wrong. Raises sqlite3.Error."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        # SQLite takes a transaction back by itself when the disk is full.
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
