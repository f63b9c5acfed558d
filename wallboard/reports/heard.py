"""Whether the feed ever sent an event type: of what it never tells, nothing is known."""

import sqlite3


def ever_sent(connection: sqlite3.Connection, *types: str) -> bool:
    """Whether any of these types was ever sent; counts that rest on them are unknown otherwise."""
    marks = ", ".join("?" * len(types))
    sql = f"SELECT 1 FROM event_types WHERE type IN ({marks}) LIMIT 1"
    return connection.execute(sql, types).fetchone() is not None
