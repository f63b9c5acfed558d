"""The connection by which alarms are written, beside the one by which events are."""

import sqlite3
from pathlib import Path

from wallboard.cache.opening import BUSY_MS


def connect(cache: Path) -> sqlite3.Connection:
    """Open an existing cache to write alarms in short transactions. Raises sqlite3.Error."""
    connection = sqlite3.connect(
        f"{cache.absolute().as_uri()}?mode=rw",
        uri=True,
        isolation_level=None,
        check_same_thread=False,
    )
    connection.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
    connection.execute("PRAGMA synchronous = NORMAL")
    return connection
