"""A cache that is damaged is set aside, never deleted, and another begun in its place."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Final, NamedTuple

from wallboard.cache.access import OWNER_ONLY
from wallboard.cache.errors import CacheError
from wallboard.cache.troubles import is_damage

SUFFIXES: Final = ("", "-wal", "-shm")
"""The file, its log, and the index of its log."""
_MARK: Final = "begun_anew"


def logs_of(path: Path) -> tuple[Path, Path]:
    """Where SQLite keeps the log of a cache, and the index of that log."""
    found = path.resolve()
    return Path(f"{found}-wal"), Path(f"{found}-shm")


class BegunAnew(NamedTuple):
    """That a cache is not the first of its place: since when (UTC ms), why, and the file before.

    `kept` is the name of the file that was set aside, empty when there was none left.
    """

    at: int
    why: str
    kept: str

    @property
    def words(self) -> str:
        """The same in a few words, for a line on a screen."""
        moment = datetime.fromtimestamp(self.at / 1_000, UTC)
        what = "damaged, set aside" if self.kept else "lost"
        return f"the cache was {what} and begun anew at {moment:%H:%M} UTC"

    @property
    def sentence(self) -> str:
        """The same in words."""
        moment = datetime.fromtimestamp(self.at / 1_000, UTC)
        kept = f" The file before is kept as {self.kept}." if self.kept else ""
        return (
            f"The cache was begun anew at {moment:%Y-%m-%d %H:%M:%S} UTC, for {self.why}.{kept} "
            "What the feeds no longer held then is not in it."
        )


def set_aside(path: Path, at: int) -> Path:
    """Rename a damaged cache and its log by the time `at` (UTC ms); return its new name.

    Call it with no connection of this process open. Raises CacheError when it cannot be renamed.
    """
    found = path.resolve()
    aside = _free_name(found, at)
    try:
        # The log first: if only that is done, what remains is a cache without its last seconds,
        # and never a new cache beside the log of another.
        for suffix in reversed(SUFFIXES):
            part = Path(f"{found}{suffix}")
            if part.exists():
                part.chmod(OWNER_ONLY)
                part.rename(f"{aside}{suffix}")
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise CacheError(
            f"The cache {path} is damaged, and cannot be set aside as {aside.name}: {reason}. "
            "Move it away yourself; what the feeds still hold is fetched anew then."
        ) from error
    return aside


def _free_name(path: Path, at: int) -> Path:
    stamp = f"{datetime.fromtimestamp(at / 1_000, UTC):%Y%m%dT%H%M%SZ}"
    names: Iterator[str] = (
        f"{path.name}.damaged-{stamp}{f'-{number}' if number else ''}" for number in count()
    )
    return next(free for name in names if not (free := path.with_name(name)).exists())


def is_whole(path: Path) -> bool:
    """Whether SQLite finds no damage in the structure of the file; takes seconds per gigabyte."""
    try:
        with closing(to_inspect(path)) as connection:
            return not damage_in(connection)
    except sqlite3.Error as error:
        return not is_damage(error)


def to_inspect(path: Path) -> sqlite3.Connection:
    """A connection by which a cache is looked through; may be used and interrupted by any thread.

    Raises sqlite3.Error.
    """
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, check_same_thread=False)


def damage_in(connection: sqlite3.Connection) -> str:
    """The first damage in the structure of a cache, empty when it is whole.

    Raises sqlite3.Error when that cannot be told.
    """
    try:
        (found,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    except sqlite3.Error as error:
        if is_damage(error):
            return str(error)
        raise
    return "" if found == "ok" else str(found)


def record_anew(connection: sqlite3.Connection, anew: BegunAnew) -> None:
    """Keep in a new cache why it was begun."""
    connection.execute(
        "INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)", (_MARK, json.dumps(anew))
    )


def begun_anew(connection: sqlite3.Connection) -> BegunAnew | None:
    """Why this cache was begun anew; None of one that is the first of its place."""
    row = connection.execute("SELECT value FROM meta WHERE name = ?", (_MARK,)).fetchone()
    return None if row is None else BegunAnew(*json.loads(row[0]))
