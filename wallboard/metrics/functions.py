"""The SQL functions of ours that statements of the catalogue ask for."""

import sqlite3

from wallboard.metrics import call_paths, close_starts, near_records, nearest_ranks, tally


def introduce(connection: sqlite3.Connection) -> None:
    """Let the connection ask for `nearest_ranks` and the others, each told of in its module."""
    call_paths.introduce(connection)
    close_starts.introduce(connection)
    nearest_ranks.introduce(connection)
    near_records.introduce(connection)
    tally.introduce(connection)
