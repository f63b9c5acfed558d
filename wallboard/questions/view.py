"""One look at the cache: everything read within it is of the same state."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def one_view(connection: sqlite3.Connection) -> Iterator[None]:
    """Read within one transaction; part of the one that is open already, if any."""
    if connection.in_transaction:
        yield
        return
    connection.execute("BEGIN")
    try:
        yield
    finally:
        connection.execute("ROLLBACK")
