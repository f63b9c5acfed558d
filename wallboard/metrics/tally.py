"""The SQL aggregate `tally`: how often each row of values was told.

To group by several things at once: one statement then counts by many dimensions in one
pass, and nothing is sorted for it.
"""

import json
import sqlite3
from collections import defaultdict

from wallboard.cache.functions import add_aggregate


class _Tally:
    def __init__(self) -> None:
        times: defaultdict[tuple[object, ...], int] = defaultdict(int)

        # A closure: a method that looks for the object's own takes a third longer.
        def step(*row: object) -> None:
            times[row] += 1

        self.step = step
        self._times = times

    def finalize(self) -> str:
        return json.dumps([[count, *row] for row, count in self._times.items()])


def introduce(connection: sqlite3.Connection) -> None:
    """Let the connection ask for `tally(value, ...)` of numbers and texts, few of them different.

    It gives a JSON list: of each row of values how often it was told, then the values; null over
    nothing.
    """
    add_aggregate(connection, "tally", -1, _Tally)
