"""Which values of a dimension the cache knows, so that a mistyped one can be told."""

import sqlite3
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from wallboard.questions.view import one_view

_KNOWN: Final[Mapping[str, tuple[tuple[str, str, str], ...]]] = MappingProxyType(
    {
        "campaign": (("campaigns", "campaign", "name"), ("hour_rollup", "campaign", "NULL")),
        "queue": (("queues", "queue", "name"), ("hour_rollup", "queue", "NULL")),
        "agent": (
            ("agents", "agent", "name"),
            ("agent_changes", "agent", "NULL"),
            ("legs", "agent", "NULL"),
        ),
        "team": (("agents", "team", "NULL"),),
        "account": (("accounts", "account", "name"), ("calls", "account", "NULL")),
        "sub_campaign": (("campaigns", "campaign", "name"), ("calls", "sub_campaign", "NULL")),
        "list": (("lists", "list", "name"), ("calls", "list", "NULL")),
        "attribution.campaign": (
            ("attributions", "campaign", "NULL"),
            ("spends", "campaign", "NULL"),
        ),
    }
)
"""Where the values of a dimension are: table, column of the id, column of the name."""


def known_ids(connection: sqlite3.Connection, dimension: str, given: str) -> tuple[str, ...]:
    """The ids that a given text stands for: itself where it is an id, else those it names.

    Raises KeyError for a dimension that nothing is kept of.
    """
    with one_view(connection):
        for table, column, _ in _KNOWN[dimension]:
            sql = f"SELECT 1 FROM {table} WHERE {column} = ? LIMIT 1"
            if connection.execute(sql, (given,)).fetchone():
                return (given,)
        return tuple(
            identity
            for table, column, name in _KNOWN[dimension]
            if name != "NULL"
            for (identity,) in connection.execute(
                f"SELECT DISTINCT {column} FROM {table} WHERE {name} = ? ORDER BY 1", (given,)
            )
        )


def known_names(connection: sqlite3.Connection, dimension: str) -> tuple[str, ...]:
    """All ids and names of a dimension, for a refusal that says which come near."""
    with one_view(connection):
        found: dict[str, None] = {}
        for table, column, name in _KNOWN[dimension]:
            for row in connection.execute(f"SELECT DISTINCT {column}, {name} FROM {table}"):
                found.update(dict.fromkeys(text for text in row if text))
        return tuple(found)


def campaign_of(connection: sqlite3.Connection, identity: str) -> str | None:
    """The campaign that a sub-campaign is of; None for one that calls of its own name."""
    row = connection.execute(
        "SELECT parent FROM campaigns WHERE campaign = ?1 AND parent IS NOT NULL"
        " AND NOT EXISTS (SELECT 1 FROM hour_rollup WHERE campaign = ?1) LIMIT 1",
        (identity,),
    ).fetchone()
    return None if row is None else str(row[0])
