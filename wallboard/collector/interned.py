"""What many calls say alike (where callers come from, where they are), kept once under a number."""

import sqlite3
from collections import OrderedDict
from hashlib import blake2b
from typing import Any, Final

import msgspec
from msgspec import UNSET

from wallboard.events.calls import Attribution, Location
from wallboard.events.kinds import Data

REMEMBERED: Final = 50_000
"""Contents kept in memory; others are looked up in the cache by their digest."""

DAY_MS: Final = 86_400_000
_ENCODE: Final = msgspec.msgpack.Encoder().encode


class Interned:
    """The numbers of contents of one type, with the latest UTC day on which each was used."""

    def __init__(
        self, connection: sqlite3.Connection, kind: type[Data], table: str, key: str
    ) -> None:
        names = kind.__struct_fields__
        self._db = connection
        self._names = names
        self._known: OrderedDict[Data, tuple[int, int]] = OrderedDict()
        marks = ", ".join("?" * (len(names) + 2))
        self._insert = (
            f"INSERT INTO {table} ({', '.join(names)}, digest, used) VALUES ({marks}) "
            f"ON CONFLICT (digest) DO UPDATE SET used = max(used, excluded.used) "
            f"RETURNING {key}, used"
        )
        self._select = f"SELECT {', '.join(names)}, {key}, used FROM {table} ORDER BY used DESC"
        self._kind = kind
        self.forget()

    def forget(self) -> None:
        """Read back from the cache what was used last."""
        self._known.clear()
        latest = self._db.execute(f"{self._select} LIMIT {REMEMBERED}").fetchall()
        for *values, number, used in reversed(latest):
            said = {name: v for name, v in zip(self._names, values, strict=True) if v is not None}
            self._known[self._kind(**said)] = (number, used)

    def number(self, content: Any, started: int) -> int | None:  # noqa: ANN401 - an optional field
        """The number of a content that a call of this start (UTC ms) has; None where it has none.

        Part of the collector's transaction.
        """
        if not isinstance(content, self._kind):
            return None
        day = started // DAY_MS
        known = self._known.get(content)
        if known is not None and known[1] >= day:
            return known[0]
        values = [getattr(content, name) for name in self._names]
        values = [None if value is UNSET else value for value in values]
        if not any(value is not None for value in values):
            return None
        digest = blake2b(_ENCODE(values), digest_size=16).digest()
        number, used = self._db.execute(self._insert, (*values, digest, day)).fetchone()
        self._known.pop(content, None)
        self._known[content] = (number, used)
        if len(self._known) > REMEMBERED:
            self._known.popitem(last=False)
        return int(number)


def attributions(connection: sqlite3.Connection) -> Interned:
    """What brought callers."""
    return Interned(connection, Attribution, "attributions", "attribution")


def locations(connection: sqlite3.Connection) -> Interned:
    """Where callers are."""
    return Interned(connection, Location, "locations", "location")
