"""The connection by which alarms are written, beside the one by which events are."""

import sqlite3
from pathlib import Path
from typing import Final

BUSY_MS: Final = 1_000
"""How long alarms wait for another's write; what could not be written is written a round later."""


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
