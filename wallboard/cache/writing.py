"""Opening the cache for its one writer, who makes it or brings it up to date.

Every refusal is a CacheError whose text a person can act on.
"""

import sqlite3
from pathlib import Path
from typing import Final

from sqlite_utils import Database

from wallboard.cache.access import allow
from wallboard.cache.callers import register_digest
from wallboard.cache.errors import CacheError
from wallboard.cache.opening import BUSY_MS, refusal, refuse_foreign, refuse_newer
from wallboard.cache.schema import migrations
from wallboard.cache.versions import APPLICATION_ID

CHECKPOINT_PAGES: Final = 8_000
"""The log grows to 32 MiB before it is moved into the file: hot pages are then moved once."""


def open_for_writing(path: Path, group: str = "") -> Database:
    """Open the cache, made or brought up to date as needed. Only the holder of its lock may.

    `group`: a system group that may read it besides its owner. Raises CacheError when the file is
    not a wallboard cache, is newer than this program, is damaged, cannot be written, or cannot be
    given to the group.
    """
    refuse_foreign(path)
    connection = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not path.exists():
            path.touch(mode=0o600)
        connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        db = _prepared(connection, path)
        # Now that its log is there too.
        allow(path, group)
    except (sqlite3.Error, OSError, CacheError) as error:
        if connection is not None:
            connection.close()
        if isinstance(error, sqlite3.Error):
            raise refusal(error, path, "writing") from error
        if isinstance(error, OSError):
            reason = error.strerror or type(error).__name__
            raise CacheError(f"The cache {path} cannot be written: {reason}.") from error
        raise
    return db


def _prepared(connection: sqlite3.Connection, path: Path) -> Database:
    """The cache as its writer wants it, brought up to date."""
    connection.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    # Deleted content is overwritten: numbers of callers are not to outlive their time.
    connection.execute("PRAGMA secure_delete = ON")
    connection.execute(f"PRAGMA wal_autocheckpoint = {CHECKPOINT_PAGES}")
    connection.execute("PRAGMA cache_size = -65536")
    connection.execute("PRAGMA temp_store = MEMORY")
    connection.execute("PRAGMA journal_size_limit = 67108864")
    db = Database(connection, execute_plugins=False)
    refuse_newer(connection, path)
    # First: whoever looks while the tables are made must not take it for another program's file.
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    migrations.apply(db)
    register_digest(connection)
    return db
