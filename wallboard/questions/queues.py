"""The queues: who waits in them now, how they did today, and the agents that serve them."""

import sqlite3
from typing import Final, NamedTuple

from wallboard.config import Metrics
from wallboard.questions import rates
from wallboard.questions.agent_states import AgentState, agent_states
from wallboard.questions.crowd import MOST_QUEUES, queues_known
from wallboard.questions.floor_answers import QueueNow
from wallboard.questions.hindsight import Corrections, corrected_by_queue, hindsight
from wallboard.questions.open_calls import OpenStay, open_stays
from wallboard.questions.past_calls import past_calls
from wallboard.questions.past_definitions import defined_then, level_then
from wallboard.questions.scope import Scope
from wallboard.questions.staff import Staffing
from wallboard.questions.sums import NOTHING, sums_by_queue
from wallboard.questions.targets import Target, target_of
from wallboard.questions.told import told
from wallboard.questions.view import one_view
from wallboard.questions.waiting import estimate, handled_lately
from wallboard.reporting_time import Calendar

QueueKey = tuple[int, str]

_DEFINED: Final = (
    "SELECT source, queue, name, service_level_seconds, service_level_share FROM queues"
)
_OF_KEY: Final = "WHERE source = ? AND queue = ?"


class Defined(NamedTuple):
    """What a queue was defined as."""

    name: str | None
    seconds: float | None
    share: float | None


def queues(
    connection: sqlite3.Connection, calendar: Calendar, metrics: Metrics, scope: Scope, now: int
) -> tuple[QueueNow, ...]:
    """The queues that are defined or had a call today, in the order of their names."""
    with one_view(connection):
        past = past_calls(connection, now)
        stays = open_stays(connection, scope, now, past)
        states = agent_states(connection, Scope(team=scope.team), now)
        corrections = hindsight(connection, metrics, now, past)
        return queue_rows(connection, calendar, metrics, scope, now, stays, states, corrections)


def queue_rows(
    connection: sqlite3.Connection,
    calendar: Calendar,
    metrics: Metrics,
    scope: Scope,
    now: int,
    stays: list[OpenStay],
    states: list[AgentState],
    corrections: Corrections,
) -> tuple[QueueNow, ...]:
    """The same from open stays, agents and corrections that were read already.

    Of more than MOST_QUEUES the foremost: where callers wait, the longest wait first, before those
    that had most calls today, and these before those that were defined last.
    """
    start, _ = calendar.day_bounds(calendar.day_of(now))
    today = corrected_by_queue(
        sums_by_queue(connection, calendar, scope, start, now, MOST_QUEUES),
        corrections,
        scope,
        start,
        now,
    )
    recent = handled_lately(connection, scope, now, corrections)
    fallback = target_of(connection, metrics, Scope(campaign=scope.campaign), now)
    entered: dict[QueueKey, list[int]] = {}
    for stay in stays:
        entered.setdefault((stay.source, stay.queue), []).append(stay.entered)
    staffing = Staffing(states)
    known_of = told(connection, now)
    rows = []
    heard = [*entered, *(key for key, sums in today.items() if key[1] and sums != NOTHING)]
    foremost = list(dict.fromkeys(heard))[:MOST_QUEUES]
    defined = _defined(connection, scope, now, foremost)
    # Those that were defined last come first; of those that were not defined yet there are none.
    for source, queue in list(dict.fromkeys([*foremost, *defined]))[:MOST_QUEUES]:
        known = defined.get((source, queue), Defined(None, None, None))
        target = _target(known, fallback, metrics)
        staff = staffing.of(source, queue)
        sums = today.get((source, queue), NOTHING)
        waits = tuple(entered.get((source, queue), ()))
        handled = recent.get((source, queue), NOTHING)
        rows.append(
            QueueNow(
                source,
                queue,
                (known.name or "").strip() or queue,
                waits,
                target.seconds,
                target.share,
                known_of.of_answers(rates.service_level(sums, metrics)),
                rates.speed_of_answer(sums),
                sums.abandoned,
                sums.answered + sums.missed,
                *staff,
                estimate(len(waits), handled, staff.serving),
            )
        )
    return tuple(sorted(rows, key=lambda row: (row.name.casefold(), row.source, row.queue)))


def _defined(
    connection: sqlite3.Connection, scope: Scope, now: int, foremost: list[QueueKey]
) -> dict[QueueKey, Defined]:
    """The queues that were defined last, and of the foremost those that were defined at all."""
    named, values = ("", ()) if scope.queue is None else (" WHERE queue = ?", (scope.queue,))
    rows = connection.execute(
        f"{_DEFINED}{named} ORDER BY rowid DESC LIMIT ?", (*values, MOST_QUEUES)
    ).fetchall()
    known = {(source, queue): Defined(*row) for source, queue, *row in rows}
    if len(known) == MOST_QUEUES:
        for key in foremost:
            if key not in known:
                for source, queue, *row in connection.execute(f"{_DEFINED} {_OF_KEY}", key):
                    known[source, queue] = Defined(*row)
    for key, said in defined_then(connection, "queue", now, known.keys()).items():
        del known[key]
        if said is not None:
            level = level_then(said) or (None, None)
            known[key] = Defined(said.name, *level)
    return known


def queues_beyond(connection: sqlite3.Connection, calendar: Calendar, now: int, shown: int) -> int:
    """How many queues there are beyond those that are looked at, which are `shown` of them."""
    if shown < MOST_QUEUES:
        return 0
    start, _ = calendar.day_bounds(calendar.day_of(now))
    return max(0, queues_known(connection, start) - shown)


def _target(known: Defined, fallback: Target, metrics: Metrics) -> Target:
    if known.seconds is None:
        return fallback
    share = metrics.service_level_share if known.share is None else known.share
    return Target(known.seconds, share)
