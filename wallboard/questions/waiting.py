"""Who waits now and for how long, and how long one who joins now may expect to [L1, L2, L6]."""

import sqlite3
from collections.abc import Iterable
from typing import Final

from wallboard.config import Metrics
from wallboard.questions.agent_states import AgentState, agent_states
from wallboard.questions.crowd import MOST_QUEUES
from wallboard.questions.floor_answers import WaitingNow
from wallboard.questions.gaps import unfetched
from wallboard.questions.hindsight import Corrections, corrected, corrected_by_queue, hindsight
from wallboard.questions.open_calls import OpenStay, open_stays
from wallboard.questions.past_calls import past_calls
from wallboard.questions.rates import handle_seconds
from wallboard.questions.scope import Scope
from wallboard.questions.sums import (
    MINUTE_MS,
    NOTHING,
    Sums,
    recent_by_queue,
    recent_in_all,
)
from wallboard.questions.view import one_view

WINDOW_MS: Final = 30 * 60_000
"""The window of the average handle time that a wait is estimated from."""


def waiting(connection: sqlite3.Connection, metrics: Metrics, scope: Scope, now: int) -> WaitingNow:
    """The calls in queues at `now` (UTC ms). A team narrows the agents that serve them alone."""
    with one_view(connection):
        past = past_calls(connection, now)
        corrections = hindsight(connection, metrics, now, past)
        return waits(
            open_stays(connection, scope, now, past),
            agent_states(connection, Scope(team=scope.team), now),
            handled_in_all(connection, scope, now, corrections),
            scope,
            now,
        )


def handled_lately(
    connection: sqlite3.Connection, scope: Scope, now: int, corrections: Corrections
) -> dict[tuple[int, str], Sums]:
    """The sums of the inbound calls of the window, to the minute, by source and first queue.

    Of as many queues as are looked at. Nothing while events of the window are still to come: the
    few that are there say little.
    """
    if unfetched(connection, now - WINDOW_MS):
        return {}
    recent = recent_by_queue(connection, scope, now, WINDOW_MS, "inbound", MOST_QUEUES)
    begins = now - now % MINUTE_MS - WINDOW_MS
    return corrected_by_queue(recent, corrections, scope, begins, now, "inbound")


def handled_in_all(
    connection: sqlite3.Connection, scope: Scope, now: int, corrections: Corrections
) -> Sums:
    """The same of all queues together, however many they are."""
    if unfetched(connection, now - WINDOW_MS):
        return NOTHING
    recent = recent_in_all(connection, scope, now, WINDOW_MS, "inbound")
    begins = now - now % MINUTE_MS - WINDOW_MS
    return corrected(recent, corrections, scope, begins, now, "inbound")


def waits(
    stays: list[OpenStay], states: list[AgentState], recent: Sums, scope: Scope, now: int
) -> WaitingNow:
    """The waits of `stays`, oldest first, with `states` the agents of all queues."""
    calls = len({stay.call for stay in stays})
    longest = (now - stays[0].entered) / 1_000 if stays else None
    serving = sum(state.is_serving for state in serving_queue(states, None, scope.queue))
    return WaitingNow(calls, longest, estimate(calls, recent, serving))


def estimate(calls: int, recent: Sums, serving: int) -> float | None:
    """The wait of a caller who joins now, in seconds [L6]; None when no agent serves."""
    handle = handle_seconds(recent)
    return None if not handle or not serving else (calls + 1) * handle / serving


def serving_queue(
    states: Iterable[AgentState], source: int | None, queue: str | None
) -> list[AgentState]:
    """The agents of a queue (None: of any), which are all of them when no agent names queues."""
    known = list(states)
    if not any(state.queues for state in known):
        return known
    return [
        state
        for state in known
        if state.queues
        and (queue is None or queue in state.queues)
        and (source is None or source == state.source)
    ]
