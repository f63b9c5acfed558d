"""The calls of which it was told late what came of them: their table, and its first rows."""

import sqlite3
from typing import Final

from wallboard.cache.functions import add_aggregate
from wallboard.facts.entry import Entry, unpack
from wallboard.facts.lasting import outcome_until

LATE_OUTCOMES_SQL: Final = """
-- The few calls of which it was told more than an hour after their beginning what came of them, and
-- when at last: for a look at the past, which reads the events of the last hour besides.
CREATE TABLE late_outcomes (call INTEGER PRIMARY KEY, until INTEGER NOT NULL);
INSERT INTO late_outcomes
SELECT call, until FROM (
    SELECT calls.call, (SELECT outcome_until(calls.first_event, entries) FROM call_events
        WHERE call_events.call = calls.call) AS until
    FROM call_outcomes CROSS JOIN calls USING (call))
WHERE until IS NOT NULL
"""


class _OutcomeUntil:
    """An aggregate over the parts of a call's events."""

    def __init__(self) -> None:
        self._first_event = 0
        self._entries: list[Entry] = []

    def step(self, first_event: int, stored: bytes) -> None:
        """Take in a part of the events."""
        self._first_event = first_event
        self._entries += unpack(stored)

    def finalize(self) -> int | None:
        """When the outcome was last told (UTC ms), None where that was soon."""
        self._entries.sort(key=lambda entry: entry.stamp)
        return outcome_until(self._first_event, self._entries)


def register_outcome_until(connection: sqlite3.Connection) -> None:
    """Let the statements above be run by a connection."""
    add_aggregate(connection, "outcome_until", 2, _OutcomeUntil)
