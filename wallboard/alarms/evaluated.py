"""When each alarm of the configuration was evaluated last, kept in the cache for who looks."""

import sqlite3
from collections.abc import Mapping
from typing import Final

from wallboard.cache.transaction import transaction

ALL: Final = ""
"""Stands for the whole round: that anything was looked at."""
AGAIN_MS: Final = 15_000
"""Written no more often: each writing has every board read anew."""


def write_evaluated(
    connection: sqlite3.Connection,
    evaluated: Mapping[str, int],
    written: Mapping[str, int],
) -> dict[str, int]:
    """Make the table hold when rules were evaluated, in UTC ms; returns what it holds.

    `written` is what it holds until then. Nothing is written where it would say nearly the same.
    Raises sqlite3.Error.
    """
    gone = written.keys() - evaluated.keys()
    other = {
        rule: at
        for rule, at in evaluated.items()
        if rule not in written or not 0 <= at - written[rule] < AGAIN_MS
    }
    if not gone and not other:
        return dict(written)
    with transaction(connection):
        connection.executemany(
            "DELETE FROM alarm_evaluations WHERE rule = ?", [(rule,) for rule in gone]
        )
        connection.executemany(
            "INSERT OR REPLACE INTO alarm_evaluations (rule, at) VALUES (?, ?)",
            list(other.items()),
        )
    return {rule: at for rule, at in written.items() if rule not in gone} | other


def read_evaluated(connection: sqlite3.Connection) -> dict[str, int]:
    """What the table holds. Raises sqlite3.Error."""
    return dict(connection.execute("SELECT rule, at FROM alarm_evaluations").fetchall())
