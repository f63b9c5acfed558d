"""The names of what the feed has defined, for filters and for the command palette."""

import sqlite3
from typing import Final, NamedTuple

from wallboard.questions.past_definitions import defined_then, name_then
from wallboard.questions.view import one_view

MOST_NAMES: Final = 10_000

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


def names(connection: sqlite3.Connection, now: int | None = None) -> Names:
    """The campaigns, queues, agents and teams; of an id in two sources the first is named.

    Of more than MOST_NAMES of a kind those that were heard of last: who chooses among names looks
    at no more, and a feed that is at fault may name a million.

    By the names that they had at `now` (UTC ms), by those they have where that is None.
    """
    with one_view(connection):
        teams = connection.execute(
            "SELECT DISTINCT team FROM agents WHERE team IS NOT NULL AND team != ''"
            " ORDER BY team LIMIT ?",
            (MOST_NAMES,),
        )
        return Names(
            _names(connection, "campaigns", "campaign", now),
            _names(connection, "queues", "queue", now),
            _names(connection, "agents", "agent", now),
            tuple(team for (team,) in teams),
        )


def _names(
    connection: sqlite3.Connection, table: str, key: str, now: int | None
) -> tuple[Name, ...]:
    """Of more than MOST_NAMES in a table, of each source, those that were heard of last."""
    latest = f"SELECT source, {key}, name FROM {table} ORDER BY rowid DESC LIMIT ?"
    rows = connection.execute(
        f"SELECT source, {key}, {name_or_id('name', key)} FROM ({latest}) ORDER BY source DESC",
        (MOST_NAMES,),
    ).fetchall()
    of = {(source, entity) for source, entity, _ in rows}
    then = {} if now is None else defined_then(connection, key, now, of)
    named = {
        entity: Name(
            entity, name_then(then[source, entity], entity) if (source, entity) in then else name
        )
        for source, entity, name in rows
    }
    return tuple(sorted(named.values(), key=lambda name: (name.name.casefold(), name.id)))
