"""Lists of calls: live ones first, then the newest, by pages however many millions there are."""

import json
import sqlite3
from typing import Any, Final, NamedTuple

from wallboard.questions.answers import CallFilter, CallLine, Scope
from wallboard.questions.call_lines import SELECTED, lines_of
from wallboard.questions.conditions import Conditions, conditions_of, looked_up
from wallboard.questions.open_calls import open_calls, open_stays
from wallboard.questions.past_calls import past_calls
from wallboard.questions.patience import Patience
from wallboard.questions.scan import stretches
from wallboard.questions.view import one_view

PATIENCE_SECONDS: Final = 0.03
"""How long a page is looked for before what was found is given, for a screen."""
MOST_FOUND: Final = 50
"""The most calls that a prefix of an id is resolved to."""

NO_LIMIT: Final = -1
"""As SQLite has it."""

MOST_COUNTED: Final = 3_000_000
"""Where there are more calls than this, how many is told by the numbers they were given."""

_ALL: Final = "SELECT count(*) FROM (SELECT 1 FROM calls WHERE started BETWEEN ? AND ? LIMIT ?)"
_FIRST: Final = "SELECT call FROM calls WHERE started >= ? ORDER BY started, call LIMIT 1"
_LAST: Final = "SELECT call FROM calls WHERE started <= ? ORDER BY started DESC, call DESC LIMIT 1"
_NAMED: Final = "call IN (SELECT value FROM json_each(:named))"
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


class Page(NamedTuple):
    """A page of a list of calls, and the cursor of the next; None for the last.

    `looked_back_to` is set when the search was cut short: calls that started before it (UTC ms)
    were not looked at yet; `next` goes on from there.
    """

    lines: tuple[CallLine, ...]
    next: Cursor | None
    looked_back_to: int | None


class Count(NamedTuple):
    """How many calls there are; when not all were counted, at least so many.

    Of a list with no filter that is long, about so many: by the numbers that calls are given.
    """

    calls: int
    is_all: bool


def calls(
    connection: sqlite3.Connection,
    filter: CallFilter,  # noqa: A002 - the word of the answers
    now: int,
    limit: int,
    before: Cursor | None = None,
    patience: float | None = PATIENCE_SECONDS,
) -> Page:
    """The calls that had started by `now` (UTC ms): in progress first, then by start, newest first.

    Of equal starts the greater id comes first: the list is that by start and id, turned round.

    With `patience` (seconds; None: without end) a long search is cut short and says so. Calls of
    which no call.started is known are found by `find_call` alone.
    """
    allowed = Patience(patience)
    with one_view(connection):
        where = conditions_of(connection, filter)
        named = looked_up(connection, filter)
        lines: list[CallLine] = []
        if before is None or before.is_live:
            lines = _live(connection, filter, where, now, limit, before)
            if len(lines) == limit:
                return Page(tuple(lines), _after(lines[-1], is_live=True), None)
            before = None
        if filter.state in {"open", "waiting"}:
            return Page(tuple(lines), None, None)
        start, until = times_of(filter, now)
        if before is not None:
            until = min(until, before.started)
        wanted = limit - len(lines)
        more, reached = _ended(
            connection, where, named, (start, until), now, wanted, before, allowed
        )
        lines += more
        if len(more) == wanted and wanted:
            return Page(tuple(lines), _after(lines[-1], is_live=False), None)
        if reached is None:
            return Page(tuple(lines), None, None)
        return Page(tuple(lines), Cursor(False, reached), reached)


def count_calls(
    connection: sqlite3.Connection,
    filter: CallFilter,  # noqa: A002 - the word of the answers
    now: int,
    patience: float | None = PATIENCE_SECONDS,
) -> Count:
    """How many calls the list has, as far as can be counted within `patience` (seconds)."""
    allowed = Patience(patience)
    with one_view(connection):
        where, values = conditions_of(connection, filter)
        if not where and filter.state is None:
            return _count_all(connection, *times_of(filter, now))
        named = looked_up(connection, filter)
        live = _live_numbers(connection, filter, now)
        values |= {"now": now, "named": json.dumps(live)}
        known = "" if filter.state in {None, "open", "waiting"} else " AND answered <= :now"
        (found,) = connection.execute(
            f"SELECT count(*) FROM calls WHERE {_NAMED}{where}{known}", values
        ).fetchone()
        if filter.state in {"open", "waiting"}:
            return Count(found, True)
        start, until = times_of(filter, now)
        span = "started > :after AND started <= :until AND +ended <= :now"
        if named is not None:
            values |= {"named": json.dumps(named), "after": start - 1, "until": until}
            (more,) = connection.execute(
                f"SELECT count(*) FROM calls WHERE {_NAMED} AND {span}{where}", values
            ).fetchone()
            return Count(found + more, True)
        for stretch in stretches(connection, start, until):
            counted = allowed.rows(
                connection,
                f"SELECT count(*) FROM calls WHERE {span}{where}",
                values | stretch._asdict(),
            )
            if counted is None:
                return Count(found, False)
            found += counted[0][0]
            if allowed.is_over:
                return Count(found, stretch.after < start)
        return Count(found, True)


def _count_all(connection: sqlite3.Connection, start: int, until: int) -> Count:
    (found,) = connection.execute(_ALL, (start, until, MOST_COUNTED)).fetchone()
    if found < MOST_COUNTED:
        return Count(found, True)
    (first,) = connection.execute(_FIRST, (start,)).fetchone()
    (last,) = connection.execute(_LAST, (until,)).fetchone()
    return Count(max(found, last - first + 1), False)


def find_call(connection: sqlite3.Connection, text: str, now: int) -> list[CallLine]:
    """The calls with this id, else those whose id begins with it; the newest first, at most 50."""
    with one_view(connection):
        sources = [source for (source,) in connection.execute("SELECT source FROM sources")]
        for condition, end in (("id = :id", ""), ("id >= :id AND id < :end", text + "\U0010ffff")):
            rows: list[tuple[Any, ...]] = []
            for source in sources if text else ():
                rows += connection.execute(
                    f"{SELECTED} FROM calls WHERE source = :source AND {condition}"
                    " ORDER BY calls.call DESC LIMIT :limit",
                    {"source": source, "id": text, "end": end, "limit": MOST_FOUND},
                )
            if rows:
                rows.sort(key=lambda row: (row[4], row[2], row[1]), reverse=True)
                return lines_of(connection, rows[:MOST_FOUND], now)
    return []


def _after(line: CallLine, *, is_live: bool) -> Cursor:
    return Cursor(is_live, line.started or 0, line.call, line.source)


def times_of(filter: CallFilter, now: int) -> tuple[int, int]:  # noqa: A002
    """The first and the last start that are asked for."""
    until = now if filter.end is None else min(now, filter.end - 1)
    return filter.start or 0, until


def live_lines(
    connection: sqlite3.Connection,
    filter: CallFilter,  # noqa: A002 - the word of the answers
    now: int,
) -> list[CallLine]:
    """All calls of the list that were in progress at `now` (UTC ms), newest first."""
    where = conditions_of(connection, filter)
    return _live(connection, filter, where, now, NO_LIMIT, None)


def _live_numbers(connection: sqlite3.Connection, filter: CallFilter, now: int) -> list[int]:  # noqa: A002
    """The calls in progress at `now` that started within the filter's times."""
    start, until = times_of(filter, now)
    past = past_calls(connection, now)
    found = open_calls(connection, Scope(), now, past)
    if filter.state == "waiting":
        waiting = {stay.call for stay in open_stays(connection, Scope(), now, past)}
        found = [call for call in found if call.call in waiting]
    return [call.call for call in found if start <= call.started <= until]


def _live(
    connection: sqlite3.Connection,
    filter: CallFilter,  # noqa: A002
    where: Conditions,
    now: int,
    limit: int,
    before: Cursor | None,
) -> list[CallLine]:
    said, values = where
    values = values | {
        "named": json.dumps(_live_numbers(connection, filter, now)),
        "now": now,
        "limit": limit,
    }
    if filter.state not in {None, "open", "waiting"}:
        # Whatever else it came to is known only after its end.
        said += " AND answered <= :now"
    if before is not None:
        said += f" AND {_BEFORE}"
        values |= {
            "before": before.started,
            "before_call": before.call,
            "before_source": before.source,
        }
    rows = connection.execute(
        f"{SELECTED} FROM calls WHERE {_NAMED}{said} {_NEWEST_FIRST}", values
    ).fetchall()
    return lines_of(connection, rows, now)


def _ended(
    connection: sqlite3.Connection,
    where: Conditions,
    named: list[int] | None,
    times: tuple[int, int],
    now: int,
    wanted: int,
    before: Cursor | None,
    patience: Patience,
) -> tuple[list[CallLine], int | None]:
    """Up to `wanted` calls that had ended, and where the search was cut short, if it was."""
    said, values = where
    values = values | {"now": now}
    said = f"started > :after AND started <= :until AND +ended <= :now{said}"
    if before is not None:
        said += f" AND {_BEFORE}"
        values |= {
            "before": before.started,
            "before_call": before.call,
            "before_source": before.source,
        }
    if named is not None:
        values |= {"named": json.dumps(named), "limit": wanted}
        values |= {"after": times[0] - 1, "until": times[1]}
        rows = connection.execute(
            f"{SELECTED} FROM calls WHERE {_NAMED} AND {said} {_NEWEST_FIRST}", values
        ).fetchall()
        return lines_of(connection, rows, now), None
    found: list[CallLine] = []
    for stretch in stretches(connection, *times) if wanted else ():
        rows_found = patience.rows(
            connection,
            f"{SELECTED} FROM calls WHERE {said} {_NEWEST_FIRST}",
            values | stretch._asdict() | {"limit": wanted - len(found)},
        )
        if rows_found is None:
            return found, stretch.until
        found += lines_of(connection, rows_found, now)
        if len(found) == wanted or (patience.is_over and stretch.after >= times[0]):
            return found, stretch.after
    return found, None
