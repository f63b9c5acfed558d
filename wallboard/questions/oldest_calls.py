"""The list of calls turned round: by start, the oldest first, whatever goes on among them."""

import json
import sqlite3
from typing import Any, Final

from wallboard.config import Metrics
from wallboard.questions.asked_calls import Asked, asked_of
from wallboard.questions.call_answers import CallLine
from wallboard.questions.call_filter import CallFilter
from wallboard.questions.call_parts import NO_LIMIT, Cursor, ended_lines, live_lines, times_of
from wallboard.questions.call_skip import WINDOW, Skipped
from wallboard.questions.calls import PATIENCE_SECONDS, USUAL, Page
from wallboard.questions.patience import Patience
from wallboard.questions.scan import stretches_on
from wallboard.questions.view import one_view

_AFTER: Final = (
    "(started > :from OR (started = :from AND (:from_call IS NULL"
    " OR (calls.id, calls.source) > (:from_call, :from_source))))"
)
_OLDEST_FIRST: Final = "ORDER BY started, calls.id, calls.source LIMIT :limit"
_NAMED: Final = "call IN (SELECT value FROM json_each(:named))"
_STARTS: Final = (
    "SELECT started FROM calls WHERE started BETWEEN 0 AND ? ORDER BY started LIMIT ? OFFSET ?"
)


def oldest_calls(
    connection: sqlite3.Connection,
    filter: CallFilter,
    now: int,
    limit: int,
    after: Cursor | None = None,
    patience: float | None = PATIENCE_SECONDS,
    metrics: Metrics = USUAL,
) -> Page:
    """The calls that `calls` lists, by start, id and source; calls in progress among the others.

    Where the search is cut short, `looked_back_to` is the last start (UTC ms) that was looked at.
    """
    with one_view(connection), asked_of(connection, filter, now, metrics) as asked:
        return oldest_of(asked, limit, after, patience)


def oldest_of(asked: Asked, limit: int, after: Cursor | None, patience: float | None) -> Page:
    """The same for a question that is put already."""
    allowed = Patience(patience)
    connection, now = asked.connection, asked.now
    # In the past with those that are not found by the rows of the cache, as they were known.
    known = [*live_lines(asked), *ended_lines(asked)]
    live = [line for line in known if _is_after(line, after)]
    if asked.is_of_open:
        return _page(live, limit, None)
    start, until = times_of(asked.filter, now)
    said, values = asked.where
    values = values | {"now": now}
    said = f"started > :after AND started <= :until AND +ended <= :now{said}"
    if after is not None:
        start = max(start, after.started)
        said += f" AND {_AFTER}"
        values |= {
            "from": after.started,
            "from_call": after.call,
            "from_source": after.source,
        }
    query = f"{asked.selected} FROM calls WHERE {said}"
    if asked.named is not None:
        whole = {"after": start - 1, "until": until, "named": json.dumps(asked.named)}
        rows = connection.execute(
            f"{query} AND {_NAMED} {_OLDEST_FIRST}", values | whole | {"limit": NO_LIMIT}
        ).fetchall()
        return _page(live + asked.lines(rows), limit, None)
    found: list[tuple[Any, ...]] = []
    reached: int | None = None
    for stretch in stretches_on(connection, start, until):
        more = allowed.rows(
            connection,
            f"{query} {_OLDEST_FIRST}",
            values | stretch._asdict() | {"limit": limit + 1 - len(found)},
        )
        if more is None:
            reached = stretch.after
            break
        found += more
        if len(found) > limit:
            break
        if allowed.is_over and stretch.until < until:
            reached = stretch.until
            break
    return _page(live + asked.lines(found), limit, reached)


def skip_oldest(connection: sqlite3.Connection, now: int, offset: int) -> Skipped | None:
    """A place at `offset` of the list of all calls as of `now` (UTC ms), or a little before it.

    The calls from its offset on are those that started at its `started` or after. None where the
    list has no such offset, or where more calls started in one millisecond than are looked at.
    """
    first = max(0, offset - WINDOW)
    rows = connection.execute(_STARTS, (now, WINDOW + 1, first)).fetchall()
    starts = [started for (started,) in rows]
    for at in range(min(len(starts) - 1, offset - first), 0, -1):
        if starts[at] != starts[at - 1]:
            return Skipped(first + at, starts[at])
    return None


def _is_after(line: CallLine, after: Cursor | None) -> bool:
    started = line.started or 0
    if after is None:
        return True
    if after.call is None:
        return started >= after.started
    return (started, line.call, line.source) > (after.started, after.call, after.source)


def _page(lines: list[CallLine], limit: int, reached: int | None) -> Page:
    """The first of the lines, up to where the search has come."""
    lines.sort(key=lambda line: (line.started or 0, line.call, line.source))
    if reached is not None:
        lines = [line for line in lines if (line.started or 0) <= reached]
    if len(lines) > limit:
        last = lines[limit - 1]
        return Page(
            tuple(lines[:limit]), Cursor(False, last.started or 0, last.call, last.source), None
        )
    if reached is None:
        return Page(tuple(lines), None, None)
    return Page(tuple(lines), Cursor(False, reached + 1), reached)
