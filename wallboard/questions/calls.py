"""Lists of calls: live ones first, then the newest, by pages however many millions there are."""

import json
import sqlite3
from typing import Any, Final, NamedTuple

from wallboard.config import Metrics
from wallboard.questions.asked_calls import Asked, asked_of
from wallboard.questions.call_answers import CallLine
from wallboard.questions.call_filter import CallFilter
from wallboard.questions.call_lines import SELECTED, lines_of
from wallboard.questions.call_parts import (
    NAMED,
    Cursor,
    count_live,
    ended,
    ended_then,
    live,
    times_of,
)
from wallboard.questions.patience import Patience
from wallboard.questions.scan import stretches
from wallboard.questions.sources import few_sources, leading_source
from wallboard.questions.view import one_view

PATIENCE_SECONDS: Final = 0.03
"""How long a page is looked for before what was found is given, for a screen."""
MOST_FOUND: Final = 50
"""The most calls that a prefix of an id is resolved to."""


MOST_COUNTED: Final = 3_000_000
"""Where there are more calls than this, how many is told by the numbers they were given."""

USUAL: Final = Metrics()

_ALL: Final = "SELECT count(*) FROM (SELECT 1 FROM calls WHERE started BETWEEN ? AND ? LIMIT ?)"
_FIRST: Final = "SELECT call FROM calls WHERE started >= ? ORDER BY started, call LIMIT 1"
_LAST: Final = "SELECT call FROM calls WHERE started <= ? ORDER BY started DESC, call DESC LIMIT 1"


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
    filter: CallFilter,
    now: int,
    limit: int,
    before: Cursor | None = None,
    patience: float | None = PATIENCE_SECONDS,
    metrics: Metrics = USUAL,
) -> Page:
    """The calls that had started by `now` (UTC ms): in progress first, then by start, newest first.

    Of equal starts the greater id comes first: the list is that by start and id, turned round. Of
    an instant in the past the filter is asked of what was known of the calls then, as they were
    judged by `metrics`.

    With `patience` (seconds; None: without end) a long search is cut short and says so. Calls of
    which no call.started is known are found by `find_call` alone.
    """
    with one_view(connection), asked_of(connection, filter, now, metrics) as asked:
        return page_of(asked, limit, before, patience)


def page_of(asked: Asked, limit: int, before: Cursor | None, patience: float | None) -> Page:
    """The same for a question that is put already."""
    allowed = Patience(patience)
    lines: list[CallLine] = []
    if before is None or before.is_live:
        lines = live(asked, limit, before)
        if len(lines) == limit:
            return Page(tuple(lines), _after(lines[-1], is_live=True), None)
        before = None
    if asked.is_of_open:
        return Page(tuple(lines), None, None)
    start, until = times_of(asked.filter, asked.now)
    if before is not None:
        until = min(until, before.started)
    wanted = limit - len(lines)
    more, reached = ended(asked, (start, until), wanted, before, allowed)
    lines += more
    if len(more) == wanted and wanted:
        return Page(tuple(lines), _after(lines[-1], is_live=False), None)
    if reached is None:
        return Page(tuple(lines), None, None)
    return Page(tuple(lines), Cursor(False, reached), reached)


def count_calls(
    connection: sqlite3.Connection,
    filter: CallFilter,
    now: int,
    patience: float | None = PATIENCE_SECONDS,
    metrics: Metrics = USUAL,
) -> Count:
    """How many calls the list has, as far as can be counted within `patience` (seconds)."""
    with one_view(connection), asked_of(connection, filter, now, metrics) as asked:
        return count_of(asked, patience)


def count_of(asked: Asked, patience: float | None) -> Count:
    """The same for a question that is put already."""
    allowed = Patience(patience)
    connection, then = asked.connection, asked.then
    start, until = times_of(asked.filter, asked.now)
    if not asked.is_filtered and (then is None or then.is_in_place):
        return _count_all(connection, start, until)
    found = count_live(asked)
    if asked.is_of_open:
        return Count(found, True)
    if then is not None:
        found += len(ended_then(then, (start, until), None))
    said, values = asked.where
    values = values | {"now": asked.now}
    span = "started > :after AND started <= :until AND +ended <= :now"
    if asked.named is not None:
        values |= {"named": json.dumps(asked.named), "after": start - 1, "until": until}
        (more,) = connection.execute(
            f"SELECT count(*) FROM calls WHERE {NAMED} AND {span}{said}", values
        ).fetchone()
        return Count(found + more, True)
    for stretch in stretches(connection, start, until):
        counted = allowed.rows(
            connection,
            f"SELECT count(*) FROM calls WHERE {span}{said}",
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
    """The calls with this id, else those whose id begins with it; the newest first, at most 50.

    Sources may have calls of one id: `SOURCE ID`, with the source's name, is that one's.
    """
    with one_view(connection):
        few = few_sources(connection)
        sources = [None] if few is None else few
        # Of many sources the whole index is looked through once.
        place = "source = :source AND {}" if few else "call IN (SELECT call FROM calls WHERE {})"
        for condition, end in (("id = :id", ""), ("id >= :id AND id < :end", text + "\U0010ffff")):
            rows: list[tuple[Any, ...]] = []
            for source in sources if text else ():
                rows += connection.execute(
                    f"{SELECTED} FROM calls WHERE {place.format(condition)}"
                    " ORDER BY calls.call DESC LIMIT :limit",
                    {"source": source, "id": text, "end": end, "limit": MOST_FOUND},
                )
            if rows:
                rows.sort(key=lambda row: (row[4], row[2], row[1]), reverse=True)
                return lines_of(connection, rows[:MOST_FOUND], now)
        rows = [
            row
            for source, call in leading_source(connection, text)
            for row in connection.execute(
                f"{SELECTED} FROM calls WHERE source = ? AND id = ?", (source, call)
            )
        ]
        return lines_of(connection, rows, now)


def _after(line: CallLine, *, is_live: bool) -> Cursor:
    return Cursor(is_live, line.started or 0, line.call, line.source)
