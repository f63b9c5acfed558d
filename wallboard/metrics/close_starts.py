"""The SQL aggregate `close_starts`: which of many instants follow another closely.

Told the starts of calls in the order of their numbers, then of time, it finds those that may have
another call of the same number shortly before them, without a look at the numbers: at the seam of
two numbers two instants are hardly ever so near, and where they are, one call more is looked at.
"""

import json
import sqlite3
from itertools import pairwise

from wallboard.cache.functions import add_aggregate
from wallboard.metrics.near_records import NEAR_MS


class _CloseStarts:
    def __init__(self) -> None:
        starts: list[int] = []
        # The list's own method: a function of ours would take most of the time.
        self.step = starts.append
        self._starts = starts

    def finalize(self) -> str:
        found = {at for before, at in pairwise(self._starts) if 0 <= at - before <= NEAR_MS}
        return json.dumps(sorted(found))


def introduce(connection: sqlite3.Connection) -> None:
    """Let the connection ask for `close_starts(started)`, told in an order of its own.

    It gives a JSON list of the instants (ms) that come 2 s or less after the one told before.
    """
    add_aggregate(connection, "close_starts", 1, _CloseStarts)
