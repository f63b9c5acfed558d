"""By what a cache is told from other files, and which changes its tables have gone through.

Apart from what makes the changes: who only reads needs nothing of it.
"""

import sqlite3
from typing import Final

APPLICATION_ID: Final = 0x57414C4C
"""Marks a SQLite file as a wallboard cache ("WALL"), so that no other file is ever written to."""

MIGRATION_SET: Final = "wallboard"
"""Under this name sqlite-utils keeps in the cache which changes were made."""

CHANGES: Final = (
    "first_tables",
    "alarm_tables",
    "file_numbers",
    "lasting_calls",
    "calls_by_contact",
    "open_gaps",
    "service_uses_by_message",
    "late_outcomes",
    "first_calls",
    "alarm_evaluations",
    "old_quarantine",
    "call_spans",
    "evaluations_alone",
)
"""The changes that this version knows, in order: the functions of `wallboard.cache.schema`."""

_HAS_ANY: Final = "SELECT 1 FROM sqlite_schema WHERE name = '_sqlite_migrations'"
_MADE: Final = "SELECT name FROM _sqlite_migrations WHERE migration_set = ?"


def changes_made(connection: sqlite3.Connection) -> frozenset[str]:
    """The changes that the tables of a cache have gone through. Raises sqlite3.Error."""
    if connection.execute(_HAS_ANY).fetchone() is None:
        return frozenset()
    return frozenset(name for (name,) in connection.execute(_MADE, (MIGRATION_SET,)))
