"""The sources of events. A feed has one or a few; one that is at fault may name a million."""

import json
import sqlite3
from collections.abc import Iterable
from typing import Final

FEW: Final = 200
"""So many are searched one after the other, each by its index; of more all calls are looked at."""

_FEW: Final = "SELECT source FROM sources LIMIT ?"
_OF_FEEDS: Final = (
    "SELECT source FROM sources WHERE source IN (SELECT value FROM json_each(?))"
    " AND feed IN (SELECT value FROM json_each(?)) ORDER BY source"
)
_LEADING: Final = (
    "SELECT source, substr(:text, length(name) + 2) FROM sources"
    " WHERE substr(:text, 1, length(name) + 1) = name || ' '"
)
_NAMES: Final = "SELECT source, name FROM sources WHERE source IN (SELECT value FROM json_each(?))"


def leading_source(connection: sqlite3.Connection, text: str) -> list[tuple[int, str]]:
    """The sources by whose name and a blank the text begins, each with what follows it."""
    return connection.execute(_LEADING, {"text": text}).fetchall()


def names_of_sources(connection: sqlite3.Connection, sources: Iterable[int]) -> dict[int, str]:
    """What the sources of these numbers are called."""
    return dict(connection.execute(_NAMES, (json.dumps(sorted(set(sources))),)))


def few_sources(connection: sqlite3.Connection) -> list[int] | None:
    """The numbers of all sources; None where there are more than FEW."""
    found = [source for (source,) in connection.execute(_FEW, (FEW + 1,))]
    return found if len(found) <= FEW else None


def sources_of_feeds(
    connection: sqlite3.Connection, sources: Iterable[int], feeds: Iterable[str]
) -> list[int]:
    """Of these sources those that belong to one of the feeds, in order."""
    wanted = json.dumps(sorted(sources)), json.dumps(sorted(feeds))
    return [source for (source,) in connection.execute(_OF_FEEDS, wanted)]
