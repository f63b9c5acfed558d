"""How much of the time in which calls of the cache began a period covers."""

import sqlite3


def covered_part(connection: sqlite3.Connection, start_ms: int, end_ms: int) -> float:
    """The share (0 to 1) of the time from the first call to the last; 0 where there is no call."""
    first, last = (
        connection.execute(f"SELECT {which}(started) FROM calls").fetchone()[0]
        for which in ("min", "max")
    )
    if first is None:
        return 0.0
    covered: int = min(end_ms, last + 1) - max(start_ms, first)
    return max(0.0, float(covered / (last + 1 - first)))
