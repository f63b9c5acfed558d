"""What a transaction does, written down to be done later: its statements, and what they rest on.

A tape goes from the process that reckons to the one that writes (see `scribe`). It holds plain
values only, for it is sent as `marshal` writes them: to a process of the same interpreter.
"""

import sqlite3
from typing import Any, TypeAlias

Row: TypeAlias = tuple[Any, ...]

Statement: TypeAlias = tuple[str, list[Row], int | None]
"""SQL, the rows to carry it out with, and how many rows of the cache must change; None: any."""


class Contradicted(Exception):
    """The cache is not as it was presumed to be: nothing of the transaction may stay."""


def play(connection: sqlite3.Connection, tape: list[Statement]) -> None:
    """Carry out what a tape holds, in the open transaction.

    Raises Contradicted where the cache is not as presumed, and what SQLite raises.
    """
    for sql, rows, presumed in tape:
        before = connection.total_changes
        connection.executemany(sql, rows)
        if presumed is not None and connection.total_changes - before != presumed:
            raise Contradicted(sql)
