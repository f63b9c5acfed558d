"""The queues: who waits in them now, how they did today, and the agents that serve them."""

import sqlite3
from typing import NamedTuple

from wallboard.config import Metrics
from wallboard.questions import rates
from wallboard.questions.agent_states import AgentState, agent_states
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
    """The same from open stays, agents and corrections that were read already."""
    start, _ = calendar.day_bounds(calendar.day_of(now))
    today = corrected_by_queue(
        sums_by_queue(connection, calendar, scope, start, now), corrections, scope, start, now
    )
    recent = handled_lately(connection, scope, now, corrections)
    defined = _defined(connection, scope, now)
    fallback = target_of(connection, metrics, Scope(campaign=scope.campaign), now)
    entered: dict[QueueKey, list[int]] = {}
    for stay in stays:
        entered.setdefault((stay.source, stay.queue), []).append(stay.entered)
    staffing = Staffing(states)
    known_of = told(connection, now)
    rows = []
    named = {key for key, sums in today.items() if key[1] and sums != NOTHING}
    for source, queue in {*defined, *named, *entered}:
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


def _defined(connection: sqlite3.Connection, scope: Scope, now: int) -> dict[QueueKey, Defined]:
    rows = connection.execute(
        "SELECT source, queue, name, service_level_seconds, service_level_share FROM queues"
    )
    known = {
        (source, queue): Defined(*row)
        for source, queue, *row in rows
        if scope.queue in {None, queue}
    }
    for key, said in defined_then(connection, "queue", now).items():
        if key in known:
            del known[key]
            if said is not None:
                level = level_then(said) or (None, None)
                known[key] = Defined(said.name, *level)
    return known


def _target(known: Defined, fallback: Target, metrics: Metrics) -> Target:
    if known.seconds is None:
        return fallback
    share = metrics.service_level_share if known.share is None else known.share
    return Target(known.seconds, share)
