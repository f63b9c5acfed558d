"""Calls as rows of a list, and how far those in progress have come."""

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import replace
from typing import Any, Final

from wallboard.questions.answers import CallLine

SELECTED: Final = """
SELECT calls.call, calls.source, calls.id, calls.started, first_event, direction, campaign,
    first_queue, calls.agent, from_number, to_number, contact, result, ended, wait_ms, talk_ms,
    disposition, legs
"""
_LEGS: Final = """
SELECT call, kind, agent, answered, ended, hold_ms FROM legs
WHERE call IN (SELECT value FROM json_each(?)) AND started <= ?
"""
_STAYS: Final = """
SELECT call, queue, entered, left FROM stays
WHERE call IN (SELECT value FROM json_each(?)) AND entered <= ?
"""


def lines_of(
    connection: sqlite3.Connection, rows: Iterable[tuple[Any, ...]], now: int
) -> list[CallLine]:
    """The selected rows as they stood at `now` (UTC ms), in the same order."""
    lines: list[CallLine] = []
    in_progress: list[int] = []
    for row in rows:
        ended = row[13]
        is_open = ended is None or ended > now
        if is_open:
            in_progress.append(row[0])
        lines.append(_line(row, is_open, now))
    if not in_progress:
        return lines
    progress = _progress(connection, in_progress, now)
    return [progress[line.number](line) if line.number in progress else line for line in lines]


def _line(row: tuple[Any, ...], is_open: bool, now: int) -> CallLine:
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


class _Progress:
    """What a call in progress has come to: waiting, ringing or talking, and for how long."""

    def __init__(self) -> None:
        self.wait_ms: int | None = None
        self.talk_ms = 0
        self.is_waiting = self.is_talking = False
        self.agent: str | None = None
        self.answered = -1
        self.legs = 0

    def __call__(self, line: CallLine) -> CallLine:
        state = "talking" if self.is_talking else "waiting" if self.is_waiting else "ringing"
        return replace(
            line,
            state=state,
            agent=self.agent,
            wait_seconds=None if self.wait_ms is None else self.wait_ms / 1_000,
            talk_seconds=self.talk_ms / 1_000,
            legs=self.legs,
        )


def _progress(connection: sqlite3.Connection, calls: list[int], now: int) -> dict[int, _Progress]:
    progress = {call: _Progress() for call in calls}
    named = json.dumps(calls)
    for call, _, entered, left in connection.execute(_STAYS, (named, now)):
        known = progress[call]
        until = now if left is None or left > now else left
        known.wait_ms = (known.wait_ms or 0) + until - entered
        known.is_waiting |= until == now
    for call, kind, agent, answered, ended, hold_ms in connection.execute(_LEGS, (named, now)):
        known = progress[call]
        known.legs += 1
        if kind not in {"A", "S"} or answered is None or answered > now:
            continue
        is_up = ended is None or ended > now
        known.is_talking |= is_up
        if kind == "A":
            # Hold of a leg that goes on is known only once it has ended.
            known.talk_ms += (now if is_up else ended) - answered - (0 if is_up else hold_ms)
            if answered > known.answered:
                known.answered, known.agent = answered, agent
    return progress
