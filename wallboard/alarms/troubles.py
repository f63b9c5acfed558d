"""What alarms of the configuration cannot be evaluated, kept in the cache for who looks."""

import sqlite3
from collections.abc import Mapping


def write_troubles(connection: sqlite3.Connection, troubles: Mapping[str, str], now: int) -> None:
    """Make the table hold these sentences by rule; since `now` (UTC ms) where they are new.

    Nothing is written where it holds them already. Raises sqlite3.Error.
    """
    held = dict(connection.execute("SELECT rule, trouble FROM alarm_troubles").fetchall())
    if held == dict(troubles):
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        connection.executemany(
            "DELETE FROM alarm_troubles WHERE rule = ?",
            [(rule,) for rule, text in held.items() if troubles.get(rule) != text],
        )
        connection.executemany(
            "INSERT INTO alarm_troubles (rule, since, trouble) VALUES (?, ?, ?)",
            [(rule, now, text) for rule, text in troubles.items() if held.get(rule) != text],
        )
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise
