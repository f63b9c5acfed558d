"""The events of a call as the cache keeps them: in parts, as they came."""

import sqlite3

from wallboard.facts.entry import Entry, unpack


def entries_of(connection: sqlite3.Connection, call: int) -> list[Entry]:
    """Every known event of the call of this number, in the order of their stamps."""
    entries = [
        entry
        for (stored,) in connection.execute(
            "SELECT entries FROM call_events WHERE call = ?", (call,)
        )
        for entry in unpack(stored)
    ]
    entries.sort(key=lambda entry: entry.stamp)
    return entries
