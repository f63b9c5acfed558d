"""The record of who had masked numbers and names shown in full: written by whoever shows them."""

import getpass
import sqlite3
from pathlib import Path

from wallboard.cache.errors import CacheError
from wallboard.cache.opening import BUSY_MS


def who_asks() -> str:
    """The name of the user of this machine who runs the program."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "a user without a name"


def record_reveal(path: Path, at: int, who: str, what: str) -> None:
    """Add a reveal to the cache in one short transaction of its own, beside its one writer.

    `at` is UTC milliseconds. Raises CacheError when it cannot be recorded: nothing may be revealed
    then.
    """
    connection = None
    try:
        connection = sqlite3.connect(
            f"{path.absolute().as_uri()}?mode=rw", uri=True, isolation_level=None
        )
        connection.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
        connection.execute("INSERT INTO reveals (at, who, what) VALUES (?, ?, ?)", (at, who, what))
    except sqlite3.Error as error:
        raise CacheError(
            f"Numbers and names are not revealed, for that cannot be recorded in the cache {path} "
            f"({error}). Nothing was written."
        ) from error
    finally:
        if connection is not None:
            connection.close()
