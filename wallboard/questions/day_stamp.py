"""Whether anything has come to be known of a span of time, told in a few milliseconds."""

import sqlite3
from typing import Final, NamedTuple

_CALLS: Final = (
    "SELECT count(*), total(calls), total(answered), total(ended), total(duration_ms),"
    " total(talk_ms), total(hold_ms), total(wrap_ms), total(wait_ms), total(transfers)"
    " FROM hour_rollup WHERE bucket >= ? AND bucket < ?"
)
_CHANGES: Final = (
    "SELECT count(*) FROM (SELECT DISTINCT source, agent FROM agents) AS a"
    " JOIN agent_changes AS c ON c.source = a.source AND c.agent = a.agent"
    " AND c.time >= ? AND c.time < ?"
)


class DayStamp(NamedTuple):
    """What calls of the span add up to, and how many changes of agents there are."""

    calls: tuple[float, ...]
    changes: int


def day_stamp(connection: sqlite3.Connection, start: int, end: int) -> DayStamp:
    """The stamp of a span (UTC ms): another one says that what is known of it is another.

    Equal ones do not quite say the opposite: a correction may leave every sum as it was.
    """
    sums = connection.execute(_CALLS, (start, end)).fetchone()
    (changes,) = connection.execute(_CHANGES, (start, end)).fetchone()
    return DayStamp(tuple(sums), changes)
