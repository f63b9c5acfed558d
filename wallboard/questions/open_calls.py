"""Which calls and queue stays were open at an instant.

Open is what had begun and not ended by then: what has no end at all (the partial indexes of open
calls and stays), and what ended after that instant. For an instant that is live the second is next
to nothing; for one long past it is everything since, so there the calls are found by their start.
"""

import sqlite3
from typing import Any, Final, NamedTuple

from wallboard.questions.answers import Scope
from wallboard.questions.sums import narrowed

FEW: Final = 5_000
"""Up to so many ends after the instant are gone through one by one."""
LONGEST_MS: Final = 36 * 3_600_000
"""For an instant long past, calls are looked for that had begun up to so long before it."""

_COLUMNS: Final = "calls.call, calls.started, direction, first_queue, answered, ended, end_reason"
_ENDED_SINCE: Final = "SELECT count(*) FROM (SELECT 1 FROM {} WHERE {} > ? LIMIT ?)"
_NO_END: Final = "ended IS NULL AND started <= :now"
_ENDED_LATER: Final = "ended > :now AND +started <= :now"
_STARTED_LATELY: Final = "+ended > :now AND started > :now - :longest AND started <= :now"


class OpenCall(NamedTuple):
    """A call in progress at the instant; `answered` and `ended` may lie after it."""

    call: int
    started: int
    direction: str
    queue: str | None
    answered: int | None
    ended: int | None
    end_reason: str | None


class OpenStay(NamedTuple):
    """A call waiting in a queue at the instant."""

    call: int
    source: int
    queue: str
    entered: int
    position: int | None


def open_calls(connection: sqlite3.Connection, scope: Scope, now: int) -> list[OpenCall]:
    """The calls started and not ended at `now` (UTC ms) [L3], in order of their start."""
    later = _ENDED_LATER if _few(connection, "calls", "ended", now) else _STARTED_LATELY
    conditions, values = narrowed(scope, "first_queue")
    values |= {"now": now, "longest": LONGEST_MS}
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM calls WHERE {_NO_END}{conditions} UNION ALL "
        f"SELECT {_COLUMNS} FROM calls WHERE {later}{conditions}",
        values,
    )
    return sorted(map(OpenCall._make, rows), key=lambda call: (call.started, call.call))


def open_stays(connection: sqlite3.Connection, scope: Scope, now: int) -> list[OpenStay]:
    """The inbound calls in a queue at `now` (UTC ms) [L1], the longest wait first.

    A call of which no call.started is known counts nowhere (readings 6).
    """
    conditions, values = narrowed(scope, "stays.queue")
    values |= {"now": now, "longest": LONGEST_MS}
    stay = "stays.call, stays.source, stays.queue, stays.entered, stays.position"
    counted = f"calls.direction = 'inbound'{conditions}"
    rows = connection.execute(
        f"SELECT {stay} FROM stays CROSS JOIN calls USING (call)"
        f" WHERE stays.left IS NULL AND stays.entered <= :now AND {counted}",
        values,
    ).fetchall()
    if _few(connection, "stays", "left", now):
        rows += connection.execute(
            f"SELECT {stay} FROM stays CROSS JOIN calls USING (call)"
            f" WHERE stays.left > :now AND stays.entered <= :now AND {counted}",
            values,
        ).fetchall()
    else:
        rows += connection.execute(
            f"SELECT {stay} FROM calls CROSS JOIN stays USING (call)"
            f" WHERE started > :now - :longest AND started <= :now"
            f" AND stays.left > :now AND stays.entered <= :now AND {counted}",
            values,
        ).fetchall()
    return sorted(map(OpenStay._make, rows), key=lambda stay: (stay.entered, stay.call))


def _few(connection: sqlite3.Connection, table: str, column: str, now: int) -> bool:
    values: tuple[Any, ...] = (now, FEW)
    (found,) = connection.execute(_ENDED_SINCE.format(table, column), values).fetchone()
    return bool(found < FEW)
