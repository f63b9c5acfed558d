"""What many calls say alike (where callers come from, where they are), kept once under a number."""

from collections import OrderedDict
from hashlib import blake2b
from typing import Any, Final

import msgspec
from msgspec import UNSET

from wallboard.cache.writer_connection import WriterConnection
from wallboard.events.calls import Attribution, Location
from wallboard.events.kinds import Data

REMEMBERED: Final = 50_000
"""Contents kept in memory; others are looked up in the cache by their digest."""

DAY_MS: Final = 86_400_000
_ENCODE: Final = msgspec.msgpack.Encoder().encode


class Interned:
    """The numbers of contents of one type, with the latest UTC day on which each was used."""

    def __init__(
        self, connection: WriterConnection, kind: type[Data], table: str, key: str
    ) -> None:
        names = kind.__struct_fields__
        self._db = connection
        self._names = names
        self._known: OrderedDict[Data, tuple[int, int]] = OrderedDict()
        columns = ", ".join((key, *names, "digest", "used"))
        marks = ", ".join("?" * (len(names) + 3))
        self._add = f"INSERT INTO {table} ({columns}) VALUES ({marks})"
        self._insert = (
            f"{self._add} ON CONFLICT (digest) DO UPDATE SET used = max(used, excluded.used) "
            f"RETURNING {key}, used"
        )
        self._use = f"UPDATE {table} SET used = ? WHERE {key} = ? AND used < ?"
        self._highest = f"SELECT max({key}) FROM {table}"
        self._next = 1
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
        (highest,) = self._db.execute(self._highest).fetchone()
        self._next = (highest or 0) + 1

    def number(self, content: Any, started: int) -> int | None:  # noqa: ANN401 - an optional field
        """The number of a content that a call of this start (UTC ms) has; None where it has none.

        Part of the collector's transaction.
        """
        if not isinstance(content, self._kind):
            return None
        day = started // DAY_MS
        known = self._known.get(content)
        if known is not None:
            return known[0] if known[1] >= day else self._used(content, known[0], day)
        values = [getattr(content, name) for name in self._names]
        values = [None if value is UNSET else value for value in values]
        if not any(value is not None for value in values):
            return None
        digest = blake2b(_ENCODE(values), digest_size=16).digest()
        number, used = self._next, day
        row = (number, *values, digest, day)
        if not self._db.presume(self._add, [row], 1):
            number, used = self._db.execute(self._insert, row).fetchone()
        self._next = max(self._next, number + 1)
        self._known[content] = (number, used)
        if len(self._known) > REMEMBERED:
            self._known.popitem(last=False)
        return int(number)

    def _used(self, content: Data, number: int, day: int) -> int:
        """A content that is known is used on a later day than any before."""
        self._db.executemany(self._use, [(day, number, day)])
        del self._known[content]
        self._known[content] = (number, day)
        return number


def attributions(connection: WriterConnection) -> Interned:
    """What brought callers."""
    return Interned(connection, Attribution, "attributions", "attribution")


def locations(connection: WriterConnection) -> Interned:
    """Where callers are."""
    return Interned(connection, Location, "locations", "location")
