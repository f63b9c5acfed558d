"""How a connection that writes the cache is set, whichever process has it."""

import sqlite3
from typing import Final

from wallboard.cache.opening import BUSY_MS

CHECKPOINT_PAGES: Final = 8_000
"""The log grows to 32 MiB before it is moved into the file: hot pages are then moved once."""


def tune(connection: sqlite3.Connection) -> None:
    """Set what a writer needs. Raises sqlite3.Error where the file is no cache, or not writable."""
    connection.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    # Deleted content is overwritten: numbers of callers are not to outlive their time.
    connection.execute("PRAGMA secure_delete = ON")
    connection.execute(f"PRAGMA wal_autocheckpoint = {CHECKPOINT_PAGES}")
    connection.execute("PRAGMA cache_size = -65536")
    connection.execute("PRAGMA temp_store = MEMORY")
    connection.execute("PRAGMA journal_size_limit = 67108864")
