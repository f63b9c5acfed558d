"""The SQL aggregate `nearest_ranks`: the percentiles of the values of a group, by nearest rank.

What `percentile_disc(0.5) WITHIN GROUP (ORDER BY value)` is where a database knows it. In SQLite
the same by window functions takes three times as long over a million calls.
"""

import json
import sqlite3
from typing import Final

from wallboard.cache.functions import add_aggregate

PERCENTS: Final = {"min": 0, "p50": 50, "p90": 90, "p99": 99, "max": 100}


class _NearestRanks:
    def __init__(self) -> None:
        values: list[int | None] = []
        # The list's own method: a function of ours would take most of the time.
        self.step = values.append
        self._values = values

    def finalize(self) -> str | None:
        ordered = sorted(value for value in self._values if value is not None)
        if not ordered:
            return None
        count = len(ordered)
        # The n x p / 100th value, rounded up; the first is the 1st at least.
        places = {name: max(1, -(-count * percent // 100)) for name, percent in PERCENTS.items()}
        return json.dumps({name: ordered[place - 1] for name, place in places.items()})


def introduce(connection: sqlite3.Connection) -> None:
    """Let the connection ask for `nearest_ranks(value)` of whole numbers.

    It gives a JSON object with min, p50, p90, p99 and max; null over nothing.
    """
    add_aggregate(connection, "nearest_ranks", 1, _NearestRanks)
