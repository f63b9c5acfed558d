"""The names of what the feed has defined, for filters and for the command palette."""

import sqlite3
from typing import Final, NamedTuple

from wallboard.questions.view import one_view

_BLANKS: Final = "' ' || char(9, 10, 13, 160)"


def name_or_id(name: str, key: str) -> str:
    """The SQL for what is shown of an entity: the column `name`, that of the id if it is blank."""
    return f"coalesce(nullif(trim({name}, {_BLANKS}), ''), {key})"


class Name(NamedTuple):
    """The id that things go by in the feed, and the name to show for it (the id if none)."""

    id: str
    name: str


class Names(NamedTuple):
    """Everything that can be chosen by name, in the order of the names."""

    campaigns: tuple[Name, ...]
    queues: tuple[Name, ...]
    agents: tuple[Name, ...]
    teams: tuple[str, ...]


def names(connection: sqlite3.Connection) -> Names:
    """The campaigns, queues, agents and teams; of an id in two sources the first is named."""
    with one_view(connection):
        teams = connection.execute(
            "SELECT DISTINCT team FROM agents WHERE team IS NOT NULL AND team != '' ORDER BY team"
        )
        return Names(
            _names(connection, "campaigns", "campaign"),
            _names(connection, "queues", "queue"),
            _names(connection, "agents", "agent"),
            tuple(team for (team,) in teams),
        )


def _names(connection: sqlite3.Connection, table: str, key: str) -> tuple[Name, ...]:
    rows = connection.execute(
        f"SELECT {key}, {name_or_id('name', key)} FROM {table} GROUP BY {key}"
    )
    return tuple(sorted(map(Name._make, rows), key=lambda name: (name.name.casefold(), name.id)))
