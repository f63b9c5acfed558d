"""Between which calls those lie that name a campaign or a queue: where to look for them.

A definition that comes after calls has them judged anew. Nearly all come before any call, or name
what no call does; then nothing has to be looked through, however many there are. And of many that
come late each has but its own calls looked through, not all that came since.
"""

import sqlite3
from collections.abc import Iterable
from typing import Final, NamedTuple

from wallboard.facts.definitions import REMEMBERED, Key

COARSE: Final = 256
"""A span that grows is written up to the next multiple: else each batch would write it again."""

_WRITE: Final = (
    "INSERT INTO call_spans VALUES (caller_digest(?), ?, ?) ON CONFLICT (digest)"
    " DO UPDATE SET first = min(first, excluded.first), last = max(last, excluded.last)"
    " WHERE excluded.first < first OR excluded.last > last"
)
_READ: Final = "SELECT first, last FROM call_spans WHERE digest = caller_digest(?)"


class Stretch(NamedTuple):
    """Calls by their numbers, both included, and what is looked for among them."""

    first: int
    last: int
    entities: list[str]


class CallSpans:
    """The first and the last call by what it names, in the cache and, of the latest, in memory."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection
        self._known: dict[Key, tuple[int, int]] = {}
        self._fresh: set[Key] = set()

    def forget(self) -> None:
        """Drop all memory, as after a failed write: the cache alone counts."""
        self._known.clear()
        self._fresh.clear()

    def note(self, key: Key, call: int) -> None:
        """A call (its number) names this campaign or queue."""
        known = self._known.get(key)
        if known is None:
            self._known[key] = call, call
        elif call < known[0]:
            self._known[key] = call, known[1]
        elif call > known[1]:
            self._known[key] = known[0], call - call % COARSE + COARSE
        else:
            return
        self._fresh.add(key)

    def write(self) -> None:
        """Write what is new; part of the collector's transaction."""
        if self._fresh:
            self._db.executemany(_WRITE, [(_text(key), *self._known[key]) for key in self._fresh])
            self._fresh.clear()
        if len(self._known) > REMEMBERED:
            # What the cache knows better, it keeps.
            self._known.clear()

    def stretches(self, kind: str, source: int, entities: Iterable[str]) -> list[Stretch]:
        """Where the calls of these campaigns or queues are, in order; no call lies in two."""
        spans = []
        for entity in entities:
            row = self._db.execute(_READ, (_text((kind, source, entity)),)).fetchone()
            if row is not None:
                spans.append((*row, entity))
        found: list[Stretch] = []
        for first, last, entity in sorted(spans):
            if found and first <= found[-1].last:
                found[-1].entities.append(entity)
                found[-1] = found[-1]._replace(last=max(found[-1].last, last))
            else:
                found.append(Stretch(first, last, [entity]))
        return found


def _text(key: Key) -> str:
    """The key as one text, of which the cache keeps a hash: it outlives the calls."""
    kind, source, entity = key
    return f"{kind}/{source}/{entity}"
