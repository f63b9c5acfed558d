"""The rollups: what changed calls add to their minute and to their local hour.

The differences of a batch are summed in memory first, so a bucket is written once per batch.
"""

import sqlite3
from collections.abc import Callable
from operator import neg, sub
from typing import Any, Final

from wallboard.facts.measures import MEASURES, Bucket, Vector

MINUTE_MS: Final = 60_000
Key = tuple[Any, ...]
"""A bucket of a rollup: when it begins, then source, direction, campaign and queue."""

_KEY: Final = ("bucket", "source", "direction", "campaign", "queue")


def _upsert(table: str) -> str:
    columns = ", ".join((*_KEY, *MEASURES))
    marks = ", ".join("?" * (len(_KEY) + len(MEASURES)))
    sums = ", ".join(f"{name} = {name} + excluded.{name}" for name in MEASURES)
    return (
        f"INSERT INTO {table} ({columns}) VALUES ({marks}) "
        f"ON CONFLICT ({', '.join(_KEY)}) DO UPDATE SET {sums}"
    )


_WRITE_MINUTE: Final = _upsert("minute_rollup")
_WRITE_HOUR: Final = _upsert("hour_rollup")
_DROP_EMPTY: Final = (
    "DELETE FROM {table} WHERE bucket = ? AND source = ? AND direction = ? AND campaign = ? "
    "AND queue = ? AND calls = 0"
)


class RollupDeltas:
    """What a batch of changed calls adds to the rollups. `hour_start` gives the local hour."""

    def __init__(self, hour_start: Callable[[int], int]) -> None:
        self._hour_start = hour_start
        self._minutes: dict[Key, list[Vector]] = {}
        self._taken_away: set[Key] = set()

    def change(
        self, before: tuple[Bucket, Vector] | None, after: tuple[Bucket, Vector] | None
    ) -> None:
        """A call counted as `before` and now counts as `after`."""
        if before is None:
            if after is not None:
                self._add(_minute(after[0]), after[1])
        elif after is not None and after[0] == before[0]:
            self._add(_minute(after[0]), tuple(map(sub, after[1], before[1])))
        else:
            self._add(_minute(before[0]), tuple(map(neg, before[1])))
            self._taken_away.add(_minute(before[0]))
            if after is not None:
                self._add(_minute(after[0]), after[1])

    def _add(self, minute: Key, vector: Vector) -> None:
        known = self._minutes.get(minute)
        if known is None:
            self._minutes[minute] = [vector]
        else:
            known.append(vector)

    def write(self, connection: sqlite3.Connection) -> None:
        """Add everything to the cache; buckets that no call is left in are removed."""
        hours: dict[Key, list[Vector]] = {}
        for minute, vectors in self._minutes.items():
            hours.setdefault(self._hour(minute), []).extend(vectors)
        for sql, buckets in ((_WRITE_MINUTE, self._minutes), (_WRITE_HOUR, hours)):
            sums = [(key, _sum(vectors)) for key, vectors in buckets.items()]
            connection.executemany(sql, [key + vector for key, vector in sums if any(vector)])
        for minute in self._taken_away:
            connection.executemany(_DROP_EMPTY.format(table="minute_rollup"), [minute])
            hour = self._hour(minute)
            connection.executemany(_DROP_EMPTY.format(table="hour_rollup"), [hour])

    def _hour(self, minute: Key) -> Key:
        return (self._hour_start(minute[0]), *minute[1:])


def _sum(vectors: list[Vector]) -> Vector:
    return vectors[0] if len(vectors) == 1 else tuple(map(sum, zip(*vectors, strict=True)))


def _minute(bucket: Bucket) -> Key:
    return (bucket.started - bucket.started % MINUTE_MS, *bucket[1:])
