"""A text within the names of agents, queues and campaigns, as conditions of a query for calls.

Those that have it are named to the query. A feed that is at fault may define a million of them:
then nothing is held of all, and call by call it is asked what theirs are called.
"""

import json
import sqlite3
from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from wallboard.cache.functions import add_function
from wallboard.questions.names import name_or_id
from wallboard.questions.past_definitions import (
    defined_then,
    is_defined_later,
    name_then,
    said_then,
)
from wallboard.questions.text_conditions import has_text

MOST_HELD: Final = 10_000
"""So many of a kind are held in memory, and named to a query."""

SAYS: Final = "says_text"
"""The function of a connection that `let_names_be_asked` adds: kind, source, id, text, then -> 0
or 1, whether what is shown of it has the text."""

_TABLES: Final = {"agent": "agents", "queue": "queues", "campaign": "campaigns"}
_COLUMNS: Final = (("agent", "agent"), ("queue", "first_queue"), ("campaign", "campaign"))
_ROLLED_UP: Final = frozenset({"queue", "campaign"})
"""By what calls are counted: of these it is known without looking at calls which ones there are."""


class _Held(NamedTuple):
    """Of a kind the ids that have the text in their name, and all that are defined.

    None where they are more than MOST_HELD.
    """

    named: set[str] | None
    known: set[str] | None


def name_conditions(
    connection: sqlite3.Connection, text: str, then: int | None, values: dict[str, Any]
) -> Iterator[str]:
    """The conditions, any of which is enough; the values that they name are put in `values`.

    Names are those of the instant `then` (UTC ms), else of now.
    """
    let_names_be_asked(connection, connection)
    values |= {"folded": text.casefold(), "named_then": then}
    for kind, column in _COLUMNS:
        is_said = f"{SAYS}('{kind}', calls.source, calls.{column}, :folded, :named_then)"
        named, known = _held(connection, kind, text.casefold(), then)
        if named is None:
            yield is_said
            continue
        # What nobody has named is shown by its id.
        id_has_it = has_text(f"calls.{column}", text, values)
        if known is None:
            yield f"({id_has_it} AND {is_said})"
        elif kind in _ROLLED_UP and then is None:
            ids = _rolled_up(connection, kind, text)
            if ids is None:
                yield f"({id_has_it} AND {is_said})"
            else:
                named |= ids - known
        else:
            values[f"{kind}_known"] = json.dumps(sorted(known))
            yield (
                f"({id_has_it}"
                f" AND calls.{column} NOT IN (SELECT value FROM json_each(:{kind}_known)))"
            )
        if named:
            values[f"{kind}_named"] = json.dumps(sorted(named))
            yield f"calls.{column} IN (SELECT value FROM json_each(:{kind}_named))"


def let_names_be_asked(connection: sqlite3.Connection, cache: sqlite3.Connection) -> None:
    """Add the function SAYS to the connection, once; names are read by `cache`."""

    def says(kind: str, source: int, entity: str | None, folded: str, then: int | None) -> bool:
        return entity is not None and folded in _shown(cache, kind, source, entity, then).casefold()

    add_function(connection, SAYS, 5, says)


def _shown(cache: sqlite3.Connection, kind: str, source: int, entity: str, then: int | None) -> str:
    """What is shown of an agent, queue or campaign: its name, or its id."""
    row = cache.execute(
        f"SELECT {name_or_id('name', kind)} FROM {_TABLES[kind]} WHERE source = ? AND {kind} = ?",
        (source, entity),
    ).fetchone()
    if row is None:
        return entity
    key, name = (source, entity), row[0]
    past = {} if then is None else defined_then(cache, kind, then, (key,))
    return name_then(past[key], entity) if key in past else str(name)


def _held(connection: sqlite3.Connection, kind: str, folded: str, then: int | None) -> _Held:
    """Look at each name once, and hold no more than is allowed."""
    named: set[str] | None = set()
    known: set[str] | None = set()
    for entity, name in _names(connection, kind, then):
        if known is not None:
            known.add(entity)
            known = None if len(known) > MOST_HELD else known
        if folded in name.casefold() and named is not None:
            named.add(entity)
            named = None if len(named) > MOST_HELD else named
        if named is None:
            break
    return _Held(named, known)


def _names(
    connection: sqlite3.Connection, kind: str, then: int | None
) -> Iterator[tuple[str, str]]:
    """Every id of each source with what is shown of it, one by one."""
    is_later = "0" if then is None else is_defined_later("d.source", f"d.{kind}")
    rows = connection.execute(
        f"SELECT d.source, d.{kind}, {name_or_id('d.name', f'd.{kind}')}, {is_later}"
        f" FROM {_TABLES[kind]} AS d",
        {"kind": kind, "then": then},
    )
    for source, entity, name, later in rows:
        if later and then is not None:
            yield entity, name_then(said_then(connection, kind, (source, entity), then), entity)
        else:
            yield entity, name


def _rolled_up(connection: sqlite3.Connection, kind: str, text: str) -> set[str] | None:
    """The ids of queues or campaigns with the text in them that any call is counted under.

    None where they are more than MOST_HELD.
    """
    values: dict[str, Any] = {"text": text.casefold(), "most": MOST_HELD + 1}
    rows = connection.execute(
        f"SELECT DISTINCT {kind} FROM hour_rollup WHERE {has_text(kind, text, values)} LIMIT :most",
        values,
    )
    found = {entity for (entity,) in rows}
    return None if len(found) > MOST_HELD else found
