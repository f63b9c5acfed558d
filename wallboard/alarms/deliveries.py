"""What is to be posted, as the cache keeps it: due, delivered, to be tried again, given up."""

import sqlite3
from collections.abc import Callable
from typing import Final, NamedTuple

LONGEST_MS: Final = 24 * 3_600_000
"""What could not be delivered within so long is given up."""
LONGEST_WAIT_SECONDS: Final = 300.0
MOST: Final = 100
"""So many are taken up at once."""


class Delivery(NamedTuple):
    """One message to a webhook: `hook` and `secret` name environment variables."""

    number: int
    hook: str
    secret: str
    event: str
    body: bytes
    created: int
    attempts: int


def wait_ms(attempts: int, first_seconds: float, draw: Callable[[], float]) -> int:
    """How long to wait after so many failures: doubled each time, less up to half by chance.

    `draw` gives a number from 0 to 1. So those that lost the same server do not all come at once.
    """
    ceiling = min(LONGEST_WAIT_SECONDS, first_seconds * 2.0 ** min(attempts, 16))
    return round(ceiling * (1 - draw() / 2) * 1_000)


def due_deliveries(connection: sqlite3.Connection, now: int) -> list[Delivery]:
    """What is to be posted by `now` (UTC ms), the oldest first. Raises sqlite3.Error."""
    rows = connection.execute(
        "SELECT delivery, hook, secret, event, body, created, attempts FROM alarm_deliveries"
        " WHERE due <= ? ORDER BY delivery LIMIT ?",
        (now, MOST),
    )
    return [Delivery(*row) for row in rows]


def next_due(connection: sqlite3.Connection) -> int | None:
    """When anything is to be posted next (UTC ms). Raises sqlite3.Error."""
    (at,) = connection.execute("SELECT min(due) FROM alarm_deliveries WHERE due > 0").fetchone()
    return None if at is None else int(at)


def delivered(connection: sqlite3.Connection, delivery: Delivery, now: int) -> None:
    """Note that it has arrived. Raises sqlite3.Error."""
    connection.execute(
        "UPDATE alarm_deliveries SET due = NULL, delivered = ?, attempts = attempts + 1,"
        " trouble = '' WHERE delivery = ?",
        (now, delivery.number),
    )


def failed(
    connection: sqlite3.Connection, delivery: Delivery, trouble: str, now: int, wait: int
) -> bool:
    """Note why it has not, to be tried again after `wait` ms or given up; tell whether given up.

    Raises sqlite3.Error.
    """
    is_over = now + wait - delivery.created > LONGEST_MS
    connection.execute(
        "UPDATE alarm_deliveries SET due = ?, attempts = attempts + 1, trouble = ?"
        " WHERE delivery = ?",
        (None if is_over else now + wait, trouble, delivery.number),
    )
    return is_over
