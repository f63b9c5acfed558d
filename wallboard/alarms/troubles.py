"""What alarms of the configuration cannot be evaluated, kept in the cache for who looks."""

import sqlite3
from collections.abc import Mapping
from pathlib import Path

from wallboard.alarms.connecting import connect
from wallboard.alarms.evaluated import ALL
from wallboard.cache.transaction import transaction


def write_troubles(connection: sqlite3.Connection, troubles: Mapping[str, str], now: int) -> None:
    """Make the table hold these sentences by rule; since `now` (UTC ms) where they are new.

    Nothing is written where it holds them already. Raises sqlite3.Error.
    """
    held = dict(connection.execute("SELECT rule, trouble FROM alarm_troubles").fetchall())
    if held == dict(troubles):
        return
    with transaction(connection):
        connection.executemany(
            "DELETE FROM alarm_troubles WHERE rule = ?",
            [(rule,) for rule, text in held.items() if troubles.get(rule) != text],
        )
        connection.executemany(
            "INSERT INTO alarm_troubles (rule, since, trouble) VALUES (?, ?, ?)",
            [(rule, now, text) for rule, text in troubles.items() if held.get(rule) != text],
        )


def write_general_trouble(cache: Path, trouble: str, now: int) -> None:
    """Tell that no alarm at all is evaluated, as far as that can be written. Raises sqlite3.Error.

    It goes with the first round that succeeds, which writes what is true then.
    """
    connection = connect(cache)
    try:
        held = dict(connection.execute("SELECT rule, trouble FROM alarm_troubles").fetchall())
        write_troubles(connection, held | {ALL: trouble}, now)
    finally:
        connection.close()
