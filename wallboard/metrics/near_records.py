"""The SQL aggregate `near_records`: which records follow another of the same kind within a time.

It is told the records in order of time and remembers those of the time alone. To look in an index
for each of a million records whether another is near takes twice as long.
"""

import json
import sqlite3
from typing import Final, TypeAlias

from wallboard.cache.functions import add_aggregate

NEAR_MS: Final = 2_000

_Kind: TypeAlias = tuple[str, str, str]


class _NearRecords:
    def __init__(self) -> None:
        self._near: list[int] = []
        # Those of the latest stretch of time, and of the one before: older ones are near to none.
        self._latest: dict[_Kind, tuple[int, int]] = {}
        self._before: dict[_Kind, tuple[int, int]] = {}
        self._since = 0

    def step(self, number: int, at: int, direction: str, one: str, other: str) -> None:
        if at > self._since + NEAR_MS:
            self._before, self._latest, self._since = self._latest, {}, at
        kind = (direction, one, other)
        last = self._latest.get(kind) or self._before.get(kind)
        self._latest[kind] = (at, number)
        if last is not None and at - last[0] <= NEAR_MS:
            self._near.append(number)
            if last[0] == at:
                # Of two at one time either follows the other.
                self._near.append(last[1])

    def finalize(self) -> str:
        return json.dumps(self._near)


def introduce(connection: sqlite3.Connection) -> None:
    """Let the connection ask for `near_records(number, at, direction, from, to)`, in order of time.

    `at` in milliseconds; records of one direction and the same two numbers are of one kind. It
    gives a JSON list of the numbers of those that come 2 s or less after another of their kind,
    those of one time included; null over nothing.
    """
    add_aggregate(connection, "near_records", 5, _NearRecords)
