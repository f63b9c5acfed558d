"""Everything that the floor screen shows, put together from its parts in one look at the cache."""

import sqlite3
from typing import Literal

from wallboard.config import Configuration
from wallboard.questions.agent_states import agent_states
from wallboard.questions.agents import as_shown
from wallboard.questions.anew import lately_anew
from wallboard.questions.crowd import agents_beyond
from wallboard.questions.floor_answers import Floor
from wallboard.questions.gaps import gaps, in_words, still_to_come, unfetched
from wallboard.questions.headline import headline, headline_before
from wallboard.questions.hindsight import hindsight
from wallboard.questions.hours import TypicalDay, hour_rows, typical_day
from wallboard.questions.longest_waiting import longest_waiting
from wallboard.questions.occupancy import WINDOW_MS, Occupancy, occupancy
from wallboard.questions.open_calls import in_progress, open_stays
from wallboard.questions.past_calls import past_calls
from wallboard.questions.queues import queue_rows, queues_beyond
from wallboard.questions.scope import Scope
from wallboard.questions.view import one_view
from wallboard.questions.waiting import handled_in_all, waits
from wallboard.reporting_time import Calendar


def floor(
    connection: sqlite3.Connection,
    calendar: Calendar,
    settings: Configuration,
    scope: Scope,
    now: int,
    typical: TypicalDay | None = None,
    busy: Occupancy | None = None,
) -> Floor:
    """The floor at `now` (UTC ms), live or past; a team narrows the agents, never the calls.

    `typical` is that of wallboard.questions.hours.typical_day and `busy` that of
    wallboard.questions.occupancy, where the caller has them already: they hardly change.
    """
    metrics = settings.metrics
    day = calendar.day_of(now)
    with one_view(connection):
        past = past_calls(connection, now)
        calls = in_progress(connection, scope, now, past)
        stays = open_stays(connection, scope, now, past)
        states = agent_states(connection, Scope(team=scope.team), now)
        narrowed = agent_states(connection, scope, now) if scope.queue or scope.campaign else states
        corrections = hindsight(connection, metrics, now, past)
        if typical is None or corrections:
            typical = typical_day(connection, calendar, scope, day, corrections)
        recent = handled_in_all(connection, scope, now, corrections)
        if busy is None:
            busy = occupancy(connection, scope, now)
        begins = calendar.day_bounds(day)[0]
        named = "today" if past is None else "that day"
        lost = gaps(connection, begins, now + 1)
        awaited = unfetched(connection, begins)
        rows = queue_rows(connection, calendar, metrics, scope, now, stays, states, corrections)
        return Floor(
            at=now,
            headline=headline(connection, calendar, metrics, scope, now, corrections),
            before=headline_before(connection, calendar, metrics, scope, now, corrections),
            waiting=waits(stays, states, recent, scope, now),
            occupancy=busy.share,
            occupancy_agents=busy.agents,
            queues=rows,
            agents=as_shown(narrowed, settings.board.limits, now),
            hours=hour_rows(connection, calendar, scope, now, typical, calls, corrections),
            calls_in_progress=sum(some.calls for some in calls),
            complete=not lost and not awaited,
            note=in_words(lost, calendar, named) or still_to_come(awaited, calendar, named),
            anew=lately_anew(connection, now),
            agents_beyond=agents_beyond(connection),
            queues_beyond=queues_beyond(connection, calendar, now, len(rows)),
            lately=_lately(connection, now),
            callers=longest_waiting(connection, stays, now),
        )


def _lately(connection: sqlite3.Connection, now: int) -> Literal["", "awaited", "gap"]:
    begins = now - WINDOW_MS
    if unfetched(connection, begins):
        return "awaited"
    return "gap" if gaps(connection, begins, now + 1) else ""
