"""Opening the cache for its one writer, who makes it or brings it up to date.

Every refusal is a CacheError whose text a person can act on.
"""

import sqlite3
from pathlib import Path

from sqlite_utils import Database

from wallboard.cache.access import allow
from wallboard.cache.callers import register_digest
from wallboard.cache.errors import CacheError
from wallboard.cache.opening import refusal, refuse_foreign, refuse_newer
from wallboard.cache.raw import register_packing
from wallboard.cache.schema import migrations
from wallboard.cache.tuning import tune
from wallboard.cache.versions import APPLICATION_ID
from wallboard.cache.writer_connection import WriterConnection


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
        connection = sqlite3.connect(
            path, isolation_level=None, check_same_thread=False, factory=WriterConnection
        )
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
    tune(connection)
    db = Database(connection, execute_plugins=False)
    refuse_newer(connection, path)
    # First: whoever looks while the tables are made must not take it for another program's file.
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    migrations.apply(db)
    register_digest(connection)
    register_packing(connection)
    return db
