"""Calls as rows of a list, and how far those in progress have come."""

import json
import sqlite3
from collections.abc import Iterable
from typing import Any, Final

from wallboard.questions.call_answers import CallLine
from wallboard.questions.call_columns import BY_NOW, Columns
from wallboard.questions.call_progress import Progress
from wallboard.questions.past_calls import is_past
from wallboard.questions.past_lines import past_lines


def selected(columns: Columns) -> str:
    """The beginning of a query for rows that `lines_of` takes."""
    return f"""
SELECT calls.call, calls.source, calls.id, calls.started, first_event, direction, campaign,
    first_queue, calls.agent, from_number, to_number, contact, {columns.result}, ended, wait_ms,
    talk_ms, {columns.disposition}, legs
"""


SELECTED: Final = selected(BY_NOW)
_LEGS: Final = """
SELECT call, kind, agent, answered, ended, hold_ms FROM legs
WHERE call IN (SELECT value FROM json_each(?)) AND started <= ?
"""
_STAYS: Final = """
SELECT call, entered, left FROM stays
WHERE call IN (SELECT value FROM json_each(?)) AND entered <= ?
"""


def lines_of(
    connection: sqlite3.Connection, rows: Iterable[tuple[Any, ...]], now: int
) -> list[CallLine]:
    """The selected rows as they stood at `now` (UTC ms), in the same order."""
    if is_past(connection, now):
        known = [line_of(row, row[13] is None, now) for row in rows]
        return past_lines(connection, known, now)
    return lines_known(connection, rows, now)


def lines_known(
    connection: sqlite3.Connection, rows: Iterable[tuple[Any, ...]], now: int
) -> list[CallLine]:
    """The same where the connection tells what was known at `now`, and no more."""
    lines: list[CallLine] = []
    in_progress: list[int] = []
    for row in rows:
        ended = row[13]
        is_open = ended is None or ended > now
        if is_open:
            in_progress.append(row[0])
        lines.append(line_of(row, is_open, now))
    if not in_progress:
        return lines
    progress = _progress(connection, in_progress, now)
    return [progress[line.number](line) if line.number in progress else line for line in lines]


def line_of(row: tuple[Any, ...], is_open: bool, now: int) -> CallLine:
    """A row as it is by now; of a call in progress with what it has come to left out."""
    number, source, call, started, first_event, direction, campaign, queue, agent = row[:9]
    from_number, to_number, contact, result, ended, wait, talk, disposition, legs = row[9:]
    begun = first_event if started is None else started
    until = now if is_open else ended
    return CallLine(
        number,
        source,
        call,
        started,
        first_event,
        direction,
        campaign,
        queue,
        agent,
        from_number,
        to_number,
        contact,
        "ringing" if is_open else result,
        max(0, until - begun) / 1_000,
        None if queue is None else wait / 1_000,
        0.0 if is_open else talk / 1_000,
        disposition,
        legs,
    )


def _progress(connection: sqlite3.Connection, calls: list[int], now: int) -> dict[int, Progress]:
    progress = {call: Progress(now) for call in calls}
    named = json.dumps(calls)
    for call, entered, left in connection.execute(_STAYS, (named, now)):
        progress[call].add_stay(entered, left)
    for call, *leg in connection.execute(_LEGS, (named, now)):
        progress[call].add_leg(*leg)
    return progress
