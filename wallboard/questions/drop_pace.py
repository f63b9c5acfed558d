"""How fast each campaign uses up its budget of drops, and when it would be used up."""

import sqlite3
from typing import Final, NamedTuple

MINUTE_MS: Final = 60_000
PACE_MS: Final = 3_600_000
"""The pace is that of the last hour: shorter is mostly chance, longer is another time of day."""
MILLION: Final = 1_000_000

_RECENT: Final = """
SELECT campaign, sum(dropped), sum(drop_allowance_millionths) FROM minute_rollup
WHERE bucket >= :begins AND bucket <= :now AND direction = 'outbound' GROUP BY campaign
"""


class DropPace(NamedTuple):
    """Drops of the last hour, and millionths of drops that its live answers allow."""

    dropped: int
    allowance: int

    @property
    def used_up(self) -> float:
        """Drops by which the budget has become smaller in the hour; negative: it has grown."""
        return self.dropped - self.allowance / MILLION

    def out_at(self, left: int, now: int) -> int | None:
        """When `left` drops are used up at this pace (UTC ms).

        None when they never are, or are used up already.
        """
        if left <= 0 or self.used_up <= 0:
            return None
        return now + round(left / self.used_up * PACE_MS)


def drop_paces(connection: sqlite3.Connection, now: int) -> dict[str, DropPace]:
    """The pace of each campaign that dialled in the hour up to `now` (UTC ms), to the minute.

    Raises sqlite3.Error.
    """
    begins = (now - PACE_MS) // MINUTE_MS * MINUTE_MS
    rows = connection.execute(_RECENT, {"begins": begins, "now": now})
    return {campaign: DropPace(dropped, allowance) for campaign, dropped, allowance in rows}
