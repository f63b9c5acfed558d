"""Walking through calls from the newest or the oldest, a bounded stretch at a time.

No index serves every filter, so calls are looked through in the order of their start; each stretch
is small enough that the time can be watched between two of them.
"""

import sqlite3
import time
from collections.abc import Iterator
from typing import Final, NamedTuple

FIRST_STRETCH: Final = 256
LONGEST_STRETCH: Final = 32_768
QUICK_SECONDS: Final = 0.012
"""A stretch that took the caller less processor time may be followed by one of twice its length."""

_STRETCH: Final = (
    "SELECT started FROM calls WHERE started <= ? ORDER BY started DESC LIMIT 1 OFFSET ?"
)
_STRETCH_ON: Final = "SELECT started FROM calls WHERE started > ? ORDER BY started LIMIT 1 OFFSET ?"


class Stretch(NamedTuple):
    """The calls that started after `after` and not after `until` (UTC ms)."""

    after: int
    until: int


def stretches(connection: sqlite3.Connection, start: int, until: int) -> Iterator[Stretch]:
    """Stretches of growing length from `until` back to `start`, both included; newest first."""
    size = FIRST_STRETCH
    while until >= start:
        row = connection.execute(_STRETCH, (until, size)).fetchone()
        if row is None or row[0] < start:
            yield Stretch(start - 1, until)
            return
        if row[0] == until:
            # More calls than that began in the same millisecond.
            size *= 2
            continue
        began = time.thread_time()
        yield Stretch(row[0], until)
        until = row[0]
        if time.thread_time() - began < QUICK_SECONDS:
            size = min(size * 2, LONGEST_STRETCH)
        else:
            size = max(size // 2, FIRST_STRETCH)


def stretches_on(connection: sqlite3.Connection, start: int, until: int) -> Iterator[Stretch]:
    """Stretches of growing length from `start` on to `until`, both included; oldest first."""
    size = FIRST_STRETCH
    after = start - 1
    while after < until:
        row = connection.execute(_STRETCH_ON, (after, size)).fetchone()
        if row is None or row[0] >= until:
            yield Stretch(after, until)
            return
        began = time.thread_time()
        yield Stretch(after, row[0])
        after = row[0]
        if time.thread_time() - began < QUICK_SECONDS:
            size = min(size * 2, LONGEST_STRETCH)
        else:
            size = max(size // 2, FIRST_STRETCH)
