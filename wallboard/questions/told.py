"""What a feed ever told of: rates of what it never tells are unknown, not 0 (readings 10)."""

import sqlite3
from typing import Final, NamedTuple

from wallboard.questions.floor_answers import Ratio

_TOLD: Final = (
    "SELECT coalesce(max(type IN ('leg.answered', 'leg.started', 'leg.ended')), 0),"
    " coalesce(max(type = 'call.ended'), 0) FROM event_types"
    " WHERE first <= ?"
)
UNKNOWN: Final = Ratio(0, 0)


class Told(NamedTuple):
    """Whether the feed ever told of legs, and so of answers, and of the ends of calls."""

    legs: bool
    ends: bool

    def of_answers(self, rate: Ratio) -> Ratio:
        """A rate of answered among offered calls, unknown where either is never told."""
        return rate if self.legs and self.ends else UNKNOWN

    def of_ends(self, rate: Ratio) -> Ratio:
        """A rate of calls that ended in some way, unknown where ends are never told."""
        return rate if self.ends else UNKNOWN


def told(connection: sqlite3.Connection, now: int) -> Told:
    """What was ever told by `now` (UTC ms). Raises sqlite3.Error."""
    legs, ends = connection.execute(_TOLD, (now,)).fetchone()
    return Told(bool(legs), bool(ends))
