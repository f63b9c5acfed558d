"""What a transaction does, written down to be done later: its statements, and what they rest on.

A tape goes from the process that reckons to the one that writes (see `scribe`). It holds plain
values only, for it is sent as `marshal` writes them: to a process of the same interpreter.
"""

import sqlite3
from typing import Any, Final, TypeAlias

Row: TypeAlias = tuple[Any, ...]

Statement: TypeAlias = tuple[str, list[Row], int | None]
"""SQL, the rows to carry it out with, and how many rows of the cache that must change.

None: however many. NO_ROW: it is a query, which must find nothing.
"""

NO_ROW: Final = -1


class Contradicted(Exception):
    """The cache is not as it was presumed to be: nothing of the transaction may stay."""


def play(connection: sqlite3.Connection, tape: list[Statement]) -> None:
    """Carry out what a tape holds, in the open transaction.

    Raises Contradicted where the cache is not as presumed, and what SQLite raises.
    """
    for sql, rows, presumed in tape:
        if presumed is None:
            connection.executemany(sql, rows)
        elif presumed == NO_ROW:
            for row in rows:
                if connection.execute(sql, row).fetchone() is not None:
                    raise Contradicted(sql)
        else:
            before = connection.total_changes
            connection.executemany(sql, rows)
            if connection.total_changes - before != presumed:
                raise Contradicted(sql)
