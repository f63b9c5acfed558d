"""Who waits longest in the queues, of all that wait."""

import json
import sqlite3
from collections.abc import Sequence
from typing import Final

from wallboard.questions.call_lines import SELECTED, lines_of
from wallboard.questions.floor_answers import WaitingCaller
from wallboard.questions.open_calls import OpenStay

MOST: Final = 24
"""No floor shows more of them: a queue opens to all of its own."""
_NAMED: Final = f"{SELECTED} FROM calls WHERE calls.call IN (SELECT value FROM json_each(?))"


def longest_waiting(
    connection: sqlite3.Connection, stays: Sequence[OpenStay], now: int
) -> tuple[WaitingCaller, ...]:
    """The first of `stays`, which begin with the longest wait, as they stood at `now` (UTC ms)."""
    first = stays[:MOST]
    if not first:
        return ()
    rows = connection.execute(_NAMED, (json.dumps([stay.call for stay in first]),)).fetchall()
    lines = {line.number: line for line in lines_of(connection, rows, now)}
    return tuple(
        WaitingCaller(stay.call, stay.source, stay.queue, stay.entered, line.from_number)
        for stay in first
        if (line := lines.get(stay.call)) is not None
    )
