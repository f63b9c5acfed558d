"""The rollups: what changed calls add to their minute and to their local hour.

The differences of a batch are summed in memory first, so a bucket is written once per batch.
"""

import sqlite3
from collections.abc import Callable
from operator import add, neg
from typing import Any, Final

from wallboard.facts.measures import MEASURES, Bucket, Vector

MINUTE_MS: Final = 60_000
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
        self._minutes: dict[tuple[Any, ...], Vector] = {}
        self._hours: dict[tuple[Any, ...], Vector] = {}
        self._taken_away: set[tuple[Any, ...]] = set()

    def change(
        self, before: tuple[Bucket, Vector] | None, after: tuple[Bucket, Vector] | None
    ) -> None:
        """A call counted as `before` and now counts as `after`."""
        if before is not None:
            self._add(before[0], tuple(map(neg, before[1])))
            if after is None or after[0] != before[0]:
                self._taken_away.add(before[0])
        if after is not None:
            self._add(after[0], after[1])

    def _add(self, bucket: Bucket, vector: Vector) -> None:
        started = bucket.started
        minute = (started - started % MINUTE_MS, *bucket[1:])
        known = self._minutes.get(minute)
        self._minutes[minute] = vector if known is None else tuple(map(add, known, vector))
        hour = (self._hour_start(started), *bucket[1:])
        known = self._hours.get(hour)
        self._hours[hour] = vector if known is None else tuple(map(add, known, vector))

    def write(self, connection: sqlite3.Connection) -> None:
        """Add everything to the cache; buckets that no call is left in are removed."""
        connection.executemany(
            _WRITE_MINUTE, [(*key, *vector) for key, vector in self._minutes.items() if any(vector)]
        )
        connection.executemany(
            _WRITE_HOUR, [(*key, *vector) for key, vector in self._hours.items() if any(vector)]
        )
        for bucket in self._taken_away:
            started = bucket[0]
            minute = (started - started % MINUTE_MS, *bucket[1:])
            hour = (self._hour_start(started), *bucket[1:])
            connection.execute(_DROP_EMPTY.format(table="minute_rollup"), minute)
            connection.execute(_DROP_EMPTY.format(table="hour_rollup"), hour)
