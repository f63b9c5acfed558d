"""Who sees to an alarm: written by the board on which that was said, beside the one writer."""

import sqlite3
from pathlib import Path

from wallboard.cache.errors import CacheError
from wallboard.cache.opening import BUSY_MS


def record_acknowledgement(path: Path, alarm: int, at: int, who: str, note: str) -> None:
    """Add to the alarm of this number who sees to it, in one short transaction of its own.

    `at` is UTC milliseconds. Raises CacheError when that cannot be recorded.
    """
    connection = None
    try:
        connection = sqlite3.connect(
            f"{path.absolute().as_uri()}?mode=rw", uri=True, isolation_level=None
        )
        connection.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
        connection.execute(
            "INSERT INTO alarm_acknowledgements (alarm, at, who, note)"
            " SELECT alarm, ?, ?, ? FROM alarms WHERE alarm = ?",
            (at, who, note, alarm),
        )
    except sqlite3.Error as error:
        raise CacheError(
            f"The alarm is not acknowledged, for that cannot be recorded in the cache {path} "
            f"({error}). Nothing was written."
        ) from error
    finally:
        if connection is not None:
            connection.close()
