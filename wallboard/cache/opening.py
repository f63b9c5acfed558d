"""Opening the cache read-only, for any number of readers; and what no cache is opened for.

Every refusal is a CacheError whose text a person can act on.
"""

import os
import sqlite3
from pathlib import Path
from typing import Final, NoReturn

from wallboard.cache.binding import bind_as_they_are
from wallboard.cache.callers import register_digest
from wallboard.cache.errors import CacheError, DamagedCacheError, UnmadeCacheError
from wallboard.cache.troubles import DAMAGED, is_damage, why_unusable
from wallboard.cache.versions import APPLICATION_ID, CHANGES, changes_made

BUSY_MS: Final = 5_000
"""How long a connection waits for another's short write before it gives up."""

_HEADER: Final = b"SQLite format 3\x00"
HEADER_BYTES: Final = 100
"""A file that is shorter is no database."""

bind_as_they_are()


class Reading(sqlite3.Connection):
    """A connection that something can be kept for as long as it lives."""


def open_for_reading(path: Path) -> sqlite3.Connection:
    """Open the cache read-only. Raises CacheError when there is none, or none this program reads.

    A reader sees one state for as long as a transaction of its lasts, and never blocks the writer.
    """
    if not path.exists():
        raise CacheError(f"There is no cache at {path} yet: nothing was collected.")
    refuse_foreign(path)
    connection = None
    try:
        connection = sqlite3.connect(
            f"{path.absolute().as_uri()}?mode=ro",
            uri=True,
            isolation_level=None,
            check_same_thread=False,
            factory=Reading,
        )
        connection.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
        connection.execute("PRAGMA query_only = ON")
        connection.execute("PRAGMA cache_size = -32768")
        refuse_newer(connection, path)
        _refuse_older(connection, path)
        register_digest(connection)
    except (sqlite3.Error, CacheError) as error:
        if connection is not None:
            connection.close()
        if isinstance(error, CacheError):
            raise
        raise refusal(error, path, "reading") from error
    return connection


def refuse_foreign(path: Path) -> None:
    """Refuse a file that is no wallboard cache before SQLite touches it.

    SQLite itself looks, at the file alone (`immutable`: no log, no lock, nothing written). For a
    file that is opened and closed beside it takes all locks of this process with it: another
    program that closes the cache would then delete the log that is still written here.
    """
    try:
        size = path.stat().st_size
        if not size:
            return
        mark = _mark_of(path) if size >= HEADER_BYTES else _refuse_by_header(path, None)
    except FileNotFoundError:
        return
    except (sqlite3.DatabaseError, OSError) as error:
        # It is no database, so no lock on it is of any use to this process.
        _refuse_by_header(path, error)
    if mark not in {APPLICATION_ID, 0} or (mark == 0 and not _wal_may_hold_all(path)):
        raise CacheError(
            f"{path} is not a wallboard cache: it is another program's SQLite file. Nothing was "
            "changed; name another file with --cache or in [cache] path."
        )


def _mark_of(path: Path) -> int:
    """The mark in the file's header, by which SQLite files are told apart."""
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
    try:
        # Else a file is refused that is shorter than its header says while its log is moved in.
        connection.execute("PRAGMA writable_schema = ON")
        (mark,) = connection.execute("PRAGMA application_id").fetchone()
    finally:
        connection.close()
    return int(mark)


def _refuse_by_header(path: Path, found: Exception | None) -> NoReturn:
    """Say of a file that SQLite does not read what it is."""
    try:
        with path.open("rb") as file:
            header = file.read(HEADER_BYTES)
    except OSError as error:
        raise CacheError(f"The cache {path} cannot be read: {error.strerror}.") from error
    if not header.startswith(_HEADER):
        raise CacheError(
            f"{path} is not a wallboard cache: it is not an SQLite file. Nothing was changed; "
            "name another file with --cache or in [cache] path."
        )
    text = "it ends within its header" if len(header) < HEADER_BYTES else str(found)
    raise DamagedCacheError(DAMAGED.format(path=path, text=text))


def _wal_may_hold_all(path: Path) -> bool:
    """Whether an unmarked file may be a cache whose mark is still in the write-ahead log."""
    try:
        connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
    except sqlite3.Error:
        return False
    try:
        (mark,) = connection.execute("PRAGMA application_id").fetchone()
        tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
        ours = changes_made(connection)
    except sqlite3.Error:
        return False
    finally:
        connection.close()
    return mark == APPLICATION_ID or not tables or bool(ours)


def _refuse_older(connection: sqlite3.Connection, path: Path) -> None:
    """Refuse a cache that only a writer can bring up to date, or that one is making just now."""
    if changes_made(connection) >= set(CHANGES):
        return
    if not _has_sources(connection):
        raise UnmadeCacheError(f"The cache {path} is being made: nothing was collected yet.")
    raise CacheError(
        f"The cache {path} is of an earlier version: the next `wallboard collect` brings it up "
        "to date."
    )


def _has_sources(connection: sqlite3.Connection) -> bool:
    """Whether anything was ever collected."""
    made = connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'sources'").fetchone()
    return bool(made and connection.execute("SELECT 1 FROM sources LIMIT 1").fetchone())


def refuse_newer(connection: sqlite3.Connection, path: Path) -> None:
    """Refuse a cache that a newer version has changed: this one would misread it.

    Raises CacheError, sqlite3.Error.
    """
    newer = sorted(changes_made(connection) - set(CHANGES))
    if newer:
        raise CacheError(
            f"The cache {path} was written by a newer wallboard (it has `{newer[0]}`). Update "
            "this program, or name another cache with --cache. Nothing was changed."
        )


def refusal(error: sqlite3.Error, path: Path, purpose: str) -> CacheError:
    """The error that says why a cache could not be opened for its purpose, and what to do."""
    words = why_unusable(error, path, purpose)
    return DamagedCacheError(words) if is_damage(error) else CacheError(words)


def size_of(path: Path) -> int:
    """The bytes on disk of the cache with its write-ahead log."""
    total = 0
    for name in (path, Path(f"{path}-wal")):
        try:
            total += os.stat(name).st_size  # noqa: PTH116 - one call, also for the log
        except OSError:
            continue
    return total
