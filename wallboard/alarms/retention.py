"""How long alarms are kept: as long as calls."""

import sqlite3
from typing import Final

from wallboard.cache.transaction import transaction

DAY_MS: Final = 86_400_000


def forget_alarms(connection: sqlite3.Connection, now: int, keep_days: int) -> None:
    """Delete the alarms that ended longer ago than `keep_days`, with all that was said of them.

    Raises sqlite3.Error.
    """
    before = now - keep_days * DAY_MS
    with transaction(connection):
        gone = [
            (alarm,)
            for (alarm,) in connection.execute(
                "SELECT alarm FROM alarms WHERE ended < ?", (before,)
            )
        ]
        for table in ("alarm_acknowledgements", "alarm_deliveries", "alarms"):
            connection.executemany(f"DELETE FROM {table} WHERE alarm = ?", gone)
