"""When each alarm of the configuration was evaluated last, kept in the cache for who looks."""

import sqlite3
from collections.abc import Mapping
from typing import Final, NamedTuple

from wallboard.cache.transaction import transaction

ALL: Final = ""
"""Stands for the whole round: that anything was looked at."""
AGAIN_MS: Final = 15_000
"""Written no more often: each writing has every board read anew."""


class Evaluated(NamedTuple):
    """When a rule was evaluated, how long that took, and when it is due again; UTC ms."""

    at: int
    took_ms: int
    due: int


def write_evaluated(
    connection: sqlite3.Connection,
    evaluated: Mapping[str, Evaluated],
    written: Mapping[str, Evaluated],
) -> dict[str, Evaluated]:
    """Make the table hold when rules were evaluated; returns what it holds. `written` is that now.

    Nothing is written where it would say nearly the same. Raises sqlite3.Error.
    """
    gone = written.keys() - evaluated.keys()
    other = {
        rule: one
        for rule, one in evaluated.items()
        if rule not in written or not 0 <= one.at - written[rule].at < AGAIN_MS
    }
    if not gone and not other:
        return dict(written)
    with transaction(connection):
        connection.executemany(
            "DELETE FROM alarm_evaluations WHERE rule = ?", [(rule,) for rule in gone]
        )
        connection.executemany(
            "INSERT OR REPLACE INTO alarm_evaluations (rule, at, took_ms, due) VALUES (?, ?, ?, ?)",
            [(rule, *one) for rule, one in other.items()],
        )
    return {rule: one for rule, one in written.items() if rule not in gone} | other


def read_evaluated(connection: sqlite3.Connection) -> dict[str, Evaluated]:
    """What the table holds. Raises sqlite3.Error."""
    rows = connection.execute("SELECT rule, at, took_ms, due FROM alarm_evaluations")
    return {rule: Evaluated(*row) for rule, *row in rows}
