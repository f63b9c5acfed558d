"""Reading with an end to it: what takes too long, or is no longer looked at, is stopped."""

import sqlite3
import time
from collections.abc import Callable
from typing import Final, TypeVar

STEPS: Final = 5_000
"""Steps of SQLite between two looks, about a millisecond."""

T = TypeVar("T")


def limited(
    connection: sqlite3.Connection,
    seconds: float,
    is_wanted: Callable[[], bool],
    read: Callable[[], T],
) -> T | None:
    """What `read` gives; None when it took longer than `seconds`, or nobody wants it any more.

    Raises sqlite3.Error for anything else that stops it.
    """
    until = time.monotonic() + seconds
    connection.set_progress_handler(lambda: time.monotonic() > until or not is_wanted(), STEPS)
    try:
        return read()
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode != sqlite3.SQLITE_INTERRUPT:
            raise
        return None
    finally:
        connection.set_progress_handler(None, STEPS)
