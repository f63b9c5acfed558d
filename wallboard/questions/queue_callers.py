"""One queue at an instant: every caller in it, and every agent of it."""

import json
import sqlite3
from typing import Final

from msgspec import Struct

from wallboard.config import Configuration
from wallboard.questions.agent_states import agent_states
from wallboard.questions.agents import as_shown
from wallboard.questions.call_answers import CallLine
from wallboard.questions.call_lines import SELECTED, lines_of
from wallboard.questions.floor_answers import AgentNow, QueueNow
from wallboard.questions.open_calls import open_stays
from wallboard.questions.queues import queues
from wallboard.questions.scope import Scope
from wallboard.questions.view import one_view
from wallboard.questions.waiting import serving_queue
from wallboard.reporting_time import Calendar

_NAMED: Final = f"{SELECTED} FROM calls WHERE calls.call IN (SELECT value FROM json_each(?))"


class Caller(Struct, frozen=True):
    """A call waiting in the queue since `entered` (UTC ms).

    `place` is 1 for the one who has waited longest; `position` the place that the platform gave the
    call when it entered, None where it said none.
    """

    place: int
    entered: int
    position: int | None
    line: CallLine


class WholeQueue(Struct, frozen=True):
    """A queue with its callers, the longest wait first, and its agents by name.

    `queue` is None for one that is not defined and had no call today; `source` is whose it is.
    """

    source: int
    queue: QueueNow | None
    callers: tuple[Caller, ...]
    agents: tuple[AgentNow, ...]


def whole_queue(
    connection: sqlite3.Connection,
    calendar: Calendar,
    settings: Configuration,
    scope: Scope,
    source: int | None,
    now: int,
) -> WholeQueue:
    """The queue that `scope` names, of one source (the first where it is None) at `now` (UTC ms).

    A campaign narrows the callers, a team the agents.
    """
    with one_view(connection):
        found = queues(connection, calendar, settings.metrics, scope, now)
        if source is None:
            source = min((row.source for row in found if row.queue == scope.queue), default=0)
        stays = [stay for stay in open_stays(connection, scope, now) if stay.source == source]
        named = json.dumps([stay.call for stay in stays])
        rows = connection.execute(_NAMED, (named,)).fetchall() if stays else ()
        lines = {line.number: line for line in lines_of(connection, rows, now)}
        states = agent_states(connection, Scope(team=scope.team), now)
        serving = serving_queue(states, source, scope.queue)
    callers = tuple(
        Caller(place, stay.entered, stay.position, lines[stay.call])
        for place, stay in enumerate(stays, 1)
    )
    queue = next((row for row in found if (row.source, row.queue) == (source, scope.queue)), None)
    return WholeQueue(source, queue, callers, as_shown(serving, settings.board.limits, now))
