"""The two parts of a list of calls: those in progress, and those that had ended."""

import json
import sqlite3
from typing import Any, Final, NamedTuple

from wallboard.questions.asked_calls import Asked
from wallboard.questions.call_answers import CallLine
from wallboard.questions.call_filter import CallFilter
from wallboard.questions.call_lines import SELECTED, lines_known
from wallboard.questions.calls_then import CallsThen
from wallboard.questions.conditions import Conditions
from wallboard.questions.open_calls import open_calls, open_stays
from wallboard.questions.patience import Patience
from wallboard.questions.scan import stretches
from wallboard.questions.scope import Scope

NO_LIMIT: Final = -1
"""As SQLite has it."""
_OPEN: Final = "SELECT call FROM calls WHERE ended IS NULL AND started BETWEEN :start AND :until"
_WAITING: Final = (
    " AND direction = 'inbound'"
    " AND EXISTS (SELECT 1 FROM stays WHERE stays.call = calls.call AND stays.left IS NULL)"
)
NAMED: Final = "call IN (SELECT value FROM json_each(:named))"
_BEFORE: Final = (
    "(started < :before OR (started = :before AND (:before_call IS NULL"
    " OR (calls.id, calls.source) < (:before_call, :before_source))))"
)
_NEWEST_FIRST: Final = "ORDER BY started DESC, calls.id DESC, calls.source DESC LIMIT :limit"


class Cursor(NamedTuple):
    """Where a page ended: the next begins with the call after it in the list.

    Of equal starts the id decides, which does not depend on what arrived first; then the source.
    Without a `call` the next page begins with all that started at `started`.
    """

    is_live: bool
    started: int
    call: str | None = None
    source: int = 0


def times_of(filter: CallFilter, now: int) -> tuple[int, int]:
    """The first and the last start that are asked for."""
    until = now if filter.end is None else min(now, filter.end - 1)
    return filter.start or 0, until


def live_lines(asked: Asked) -> list[CallLine]:
    """All calls of the list that were in progress at the instant, newest first."""
    return live(asked, NO_LIMIT, None)


def ended_lines(asked: Asked) -> list[CallLine]:
    """Those of the list that had ended and may have been known otherwise, newest first."""
    if asked.then is None or asked.is_of_open:
        return []
    rows = ended_then(asked.then, times_of(asked.filter, asked.now), None)
    return lines_known(asked.then.memory, rows, asked.now)


def _live_numbers(asked: Asked) -> list[int]:
    """The calls in progress that started within the filter's times, whatever else it asks."""
    start, until = times_of(asked.filter, asked.now)
    if asked.then is not None:
        values = {"start": start, "until": until}
        rows = asked.then.memory.execute(
            f"{_OPEN}{_WAITING if asked.filter.state == 'waiting' else ''}", values
        )
        return [call for (call,) in rows]
    found = open_calls(asked.connection, Scope(), asked.now)
    if asked.filter.state == "waiting":
        waiting = {stay.call for stay in open_stays(asked.connection, Scope(), asked.now)}
        found = [call for call in found if call.call in waiting]
    return [call.call for call in found if start <= call.started <= until]


def _live_asked(asked: Asked) -> tuple[sqlite3.Connection, Conditions]:
    """Where the calls in progress are, and what is asked of them."""
    where = asked.where if asked.then is None else asked.then.conditions
    said, values = where
    if asked.filter.state not in {None, "open", "waiting"}:
        # Whatever else it came to is known only after its end.
        said += " AND answered <= :now"
    values = values | {"named": json.dumps(_live_numbers(asked)), "now": asked.now}
    connection = asked.connection if asked.then is None else asked.then.memory
    return connection, (f"{NAMED}{said}", values)


def count_live(asked: Asked) -> int:
    """How many of the calls go on."""
    connection, (said, values) = _live_asked(asked)
    (found,) = connection.execute(f"SELECT count(*) FROM calls WHERE {said}", values).fetchone()
    return int(found)


def live(asked: Asked, limit: int, before: Cursor | None) -> list[CallLine]:
    """Those that go on, the newest first, at most `limit` after the cursor."""
    connection, (said, values) = _live_asked(asked)
    values = values | {"limit": limit}
    if before is not None:
        said += f" AND {_BEFORE}"
        values |= _values_of(before)
    rows = connection.execute(
        f"{SELECTED} FROM calls WHERE {said} {_NEWEST_FIRST}", values
    ).fetchall()
    return lines_known(connection, rows, asked.now)


def _values_of(before: Cursor) -> dict[str, Any]:
    return {
        "before": before.started,
        "before_call": before.call,
        "before_source": before.source,
    }


def ended_then(
    then: CallsThen, times: tuple[int, int], before: Cursor | None
) -> list[tuple[Any, ...]]:
    """The rows in memory of calls that had ended, newest first."""
    said, values = then.conditions
    values = values | {"after": times[0] - 1, "until": times[1], "limit": NO_LIMIT}
    said = f"started > :after AND started <= :until AND ended IS NOT NULL{said}"
    if then.named is not None:
        said += f" AND {NAMED}"
        values |= {"named": json.dumps(then.named)}
    if before is not None:
        said += f" AND {_BEFORE}"
        values |= _values_of(before)
    return then.memory.execute(
        f"{SELECTED} FROM calls WHERE {said} {_NEWEST_FIRST}", values
    ).fetchall()


def ended(
    asked: Asked,
    times: tuple[int, int],
    wanted: int,
    before: Cursor | None,
    patience: Patience,
) -> tuple[list[CallLine], int | None]:
    """Up to `wanted` calls that had ended, and where the search was cut short, if it was."""
    found, reached = _ended_by_now(asked, times, wanted, before, patience)
    if asked.then is None:
        return found, reached
    rows = ended_then(asked.then, times, before)
    if reached is not None:
        # Those that lie further down come with the others there.
        rows = [row for row in rows if row[3] > reached]
    found += lines_known(asked.then.memory, rows, asked.now)
    found.sort(key=lambda line: (line.started or 0, line.call, line.source), reverse=True)
    return found[:wanted], reached


def _ended_by_now(
    asked: Asked,
    times: tuple[int, int],
    wanted: int,
    before: Cursor | None,
    patience: Patience,
) -> tuple[list[CallLine], int | None]:
    """The same of the calls whose rows tell what was known of them."""
    connection, now = asked.connection, asked.now
    said, values = asked.where
    values = values | {"now": now}
    said = f"started > :after AND started <= :until AND +ended <= :now{said}"
    if before is not None:
        said += f" AND {_BEFORE}"
        values |= _values_of(before)
    if asked.named is not None:
        values |= {"named": json.dumps(asked.named), "limit": wanted}
        values |= {"after": times[0] - 1, "until": times[1]}
        rows = connection.execute(
            f"{asked.selected} FROM calls WHERE {NAMED} AND {said} {_NEWEST_FIRST}", values
        ).fetchall()
        return asked.lines(rows), None
    found: list[CallLine] = []
    for stretch in stretches(connection, *times) if wanted else ():
        rows_found = patience.rows(
            connection,
            f"{asked.selected} FROM calls WHERE {said} {_NEWEST_FIRST}",
            values | stretch._asdict() | {"limit": wanted - len(found)},
        )
        if rows_found is None:
            return found, stretch.until
        found += asked.lines(rows_found)
        if len(found) == wanted or (patience.is_over and stretch.after >= times[0]):
            return found, stretch.after
    return found, None
