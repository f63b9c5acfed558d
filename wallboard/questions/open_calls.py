"""Which calls and queue stays were open at an instant.

Open is what had begun and not ended by then. Live that is what has no end at all, by the partial
indexes of open calls and stays; in the past it is derived from what was known of the calls then.
"""

import sqlite3
from collections import Counter
from collections.abc import Iterator
from typing import Final, NamedTuple

from wallboard.facts.judgement import Terms, judge
from wallboard.questions.past_calls import KnownCall, PastCalls, past_calls
from wallboard.questions.scope import Scope
from wallboard.questions.sums import MINUTE_MS, narrowed

_CALLS: Final = """
SELECT calls.call, calls.started, direction, first_queue, answered, ended, end_reason FROM calls
WHERE ended IS NULL AND started <= :now
"""
_COUNTED: Final = f"""
SELECT started - started % {MINUTE_MS}, direction, ifnull(answered <= :now, 0), count(*) FROM calls
WHERE ended IS NULL AND started <= :now
"""
_STAYS: Final = """
SELECT stays.call, stays.source, stays.queue, stays.entered, stays.position
FROM stays CROSS JOIN calls USING (call)
WHERE stays.left IS NULL AND stays.entered <= :now AND calls.direction = 'inbound'
"""
_ANY_TERMS: Final = Terms(0, 0, 0, 0)
"""When a call was answered depends on no terms."""


class OpenCall(NamedTuple):
    """A call in progress at the instant."""

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


class InProgress(NamedTuple):
    """Calls in progress at the instant, that started in one minute (UTC ms), and how many."""

    started: int
    direction: str
    is_answered: bool
    calls: int


def in_progress(
    connection: sqlite3.Connection, scope: Scope, now: int, past: PastCalls | None = None
) -> list[InProgress]:
    """How many calls were started and not ended at `now` (UTC ms), minute by minute.

    However many they are, so many rows there are not. `past` as in `open_calls`.
    """
    if past is None:
        past = past_calls(connection, now)
    if past is None:
        conditions, values = narrowed(scope, "first_queue")
        rows = connection.execute(f"{_COUNTED}{conditions} GROUP BY 1, 2, 3", values | {"now": now})
        return [
            InProgress(minute, way, bool(is_answered), n) for minute, way, is_answered, n in rows
        ]
    counted = Counter(
        (call.started - call.started % MINUTE_MS, call.direction, call.answered is not None)
        for call in open_calls(connection, scope, now, past)
    )
    return [InProgress(*key, calls) for key, calls in counted.items()]


def open_calls(
    connection: sqlite3.Connection, scope: Scope, now: int, past: PastCalls | None = None
) -> list[OpenCall]:
    """The calls started and not ended at `now` (UTC ms) [L3], in order of their start.

    `past` is the answer of `past_calls`, where the caller has it already.
    """
    past = past_calls(connection, now) if past is None else past
    if past is not None:
        found = [call for known in past for call in _open_call(known, scope)]
    else:
        conditions, values = narrowed(scope, "first_queue")
        rows = connection.execute(f"{_CALLS}{conditions}", values | {"now": now})
        found = list(map(OpenCall._make, rows))
    return sorted(found, key=lambda call: (call.started, call.call))


def open_stays(
    connection: sqlite3.Connection, scope: Scope, now: int, past: PastCalls | None = None
) -> list[OpenStay]:
    """The inbound calls in a queue at `now` (UTC ms) [L1], the longest wait first.

    A call of which no call.started is known counts nowhere (readings 6).
    """
    past = past_calls(connection, now) if past is None else past
    if past is not None:
        found = [stay for known in past for stay in _open_stays(known, scope)]
    else:
        conditions, values = narrowed(scope, "stays.queue")
        rows = connection.execute(f"{_STAYS}{conditions}", values | {"now": now})
        found = list(map(OpenStay._make, rows))
    return sorted(found, key=lambda stay: (stay.entered, stay.call))


def _open_call(known: KnownCall, scope: Scope) -> Iterator[OpenCall]:
    facts = known.facts
    if facts is None or facts.said is None or facts.started is None or facts.ended is not None:
        return
    queue = facts.stays[0].queue if facts.stays else None
    if scope.campaign not in {None, facts.said.campaign} or scope.queue not in {None, queue}:
        return
    answered = judge(facts, _ANY_TERMS).answered_at
    direction = facts.said.direction
    yield OpenCall(known.call, facts.started, direction, queue, answered, None, None)


def _open_stays(known: KnownCall, scope: Scope) -> Iterator[OpenStay]:
    facts = known.facts
    if facts is None or facts.said is None or facts.said.direction != "inbound":
        return
    if scope.campaign not in {None, facts.said.campaign}:
        return
    for stay in facts.stays:
        if stay.left is None and scope.queue in {None, stay.queue}:
            yield OpenStay(known.call, known.source, stay.queue, stay.entered, stay.position)
