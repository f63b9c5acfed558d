"""The SQL functions of ours that statements of the catalogue ask for."""

import sqlite3

from wallboard.metrics import near_records, nearest_ranks


def introduce(connection: sqlite3.Connection) -> None:
    """Let the connection ask for `nearest_ranks` and `near_records`."""
    nearest_ranks.introduce(connection)
    near_records.introduce(connection)
