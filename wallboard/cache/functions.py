"""Functions of our own that SQL can call, added to a connection once.

SQLite refuses to replace a function while a statement is being read.
"""

import sqlite3
from collections.abc import Callable
from typing import Any


def add_function(
    connection: sqlite3.Connection, name: str, arguments: int, function: Callable[..., Any]
) -> None:
    """Let SQL call `function`, which gives the same for the same arguments."""
    if not _is_known(connection, name):
        connection.create_function(name, arguments, function, deterministic=True)


def add_aggregate(
    connection: sqlite3.Connection, name: str, arguments: int, aggregate: Callable[[], Any]
) -> None:
    """Let SQL call an aggregate: what `aggregate` makes has `step` and `finalize`.

    `arguments` is -1 for any number of them.
    """
    if not _is_known(connection, name):
        connection.create_aggregate(name, arguments, aggregate)


def _is_known(connection: sqlite3.Connection, name: str) -> bool:
    known = connection.execute("SELECT 1 FROM pragma_function_list WHERE name = ?", (name,))
    return known.fetchone() is not None
