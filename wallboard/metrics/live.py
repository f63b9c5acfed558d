"""The live figures of the catalogue: what is true at the instant of asking, never of a period."""

import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

from msgspec.structs import replace

from wallboard.metrics.answers import Answer, Row, Value
from wallboard.metrics.asked import Asked
from wallboard.metrics.catalogue.live import LIVE
from wallboard.metrics.completeness import completeness
from wallboard.questions.agent_states import AgentState, agent_states
from wallboard.questions.crowd import MOST_QUEUES
from wallboard.questions.floor_answers import QueueNow
from wallboard.questions.hindsight import hindsight
from wallboard.questions.occupancy import WINDOW_MS, occupancy
from wallboard.questions.open_calls import in_progress, open_stays
from wallboard.questions.past_calls import past_calls
from wallboard.questions.queues import queue_rows
from wallboard.questions.scope import Scope
from wallboard.questions.view import one_view
from wallboard.questions.waiting import handled_in_all, waits
from wallboard.reporting_time import Period

STATES: Final = (
    *("available", "ringing", "dialling", "on_call", "on_hold"),
    *("wrap_up", "paused", "fault", "offline"),
)
"""The states of agents, in the order in which they are shown."""

NOT_NOW: Final = "This figure is of now only, and the period that is asked for does not reach now."


class _Seen(NamedTuple):
    """What was read of the instant."""

    answers: Mapping[str, Answer]
    queues: tuple[QueueNow, ...]


def live_answers(connection: sqlite3.Connection, asked: Asked) -> dict[str, Answer]:
    """The live figures by slug, as of `asked.now`; null where the period does not contain it.

    Calls can be filtered by campaign and queue, agents by team as well. Those of a queue can be
    split by it; the estimated wait is told by queue in any case. Raises sqlite3.Error.
    """
    if not asked.period.start_ms <= asked.now < asked.period.end_ms:
        return {metric.slug: Answer(None, note=NOT_NOW) for metric in LIVE}
    day = asked.calendar.day_of(asked.now)
    # Just after midnight occupancy and estimates reach back into the day before.
    begins = min(asked.calendar.day_bounds(day)[0], asked.now - WINDOW_MS)
    today = Period(begins, asked.now + 1, (day,))
    with one_view(connection):
        known = completeness(connection, replace(asked, period=today))
        seen = _seen(connection, asked)
    found = {}
    for metric in LIVE:
        refused = known.missing(metric.needs) or unknown(metric.slug, asked.filters)
        answer = Answer(None, note=refused) if refused else _split(metric.slug, seen, asked)
        notes = " ".join(note for note in (answer.note, known.note) if note)
        found[metric.slug] = replace(answer, complete=known.complete, note=notes)
    return found


_OF_CALLS: Final = frozenset({"campaign", "queue"})
_FILTERS: Final = MappingProxyType(
    {
        "agents_by_state": _OF_CALLS | {"team"},
        "occupancy": _OF_CALLS | {"team"},
    }
)
"""What each figure can be filtered by, where that is more than calls can."""

_QUEUED: Final = frozenset({"calls_waiting", "longest_wait", "estimated_wait"})
"""The figures that are known queue by queue."""


def unknown(slug: str, filters: Iterable[str]) -> str:
    """What the figure cannot be filtered by, in words; empty for nothing."""
    for dimension in filters:
        if dimension not in _FILTERS.get(slug, _OF_CALLS):
            return f"Nothing here is known by {dimension}."
    return ""


def _seen(connection: sqlite3.Connection, asked: Asked) -> _Seen:
    settings, now = asked.settings, asked.now
    filters = asked.filters
    scope = Scope(filters.get("campaign"), filters.get("queue"), filters.get("team"))
    past = past_calls(connection, now)
    calls = sum(some.calls for some in in_progress(connection, scope, now, past))
    stays = open_stays(connection, scope, now, past)
    everyone = agent_states(connection, Scope(), now)
    corrections = hindsight(connection, settings, now, past)
    recent = handled_in_all(connection, scope, now, corrections)
    queued = waits(stays, everyone, recent, scope, now)
    busy = occupancy(connection, scope, now)
    found = {
        "calls_waiting": Answer(queued.calls, queued.calls),
        "longest_wait": Answer(queued.longest_seconds, queued.longest_seconds),
        "calls_in_progress": Answer(calls, calls),
        "agents_by_state": Answer(None, breakdown=_states(agent_states(connection, scope, now))),
        "occupancy": Answer(busy.share, busy.busy_seconds, busy.seconds),
        "estimated_wait": Answer(queued.estimated_seconds),
    }
    rows = queue_rows(
        connection, asked.calendar, settings, scope, now, stays, everyone, corrections
    )
    return _Seen(found, rows)


def _states(agents: Iterable[AgentState]) -> tuple[Row, ...]:
    """How many agents are in each state, of the states that any is in."""
    counted = Counter(agent.state for agent in agents)
    return tuple(
        {"key": state, "value": counted[state], "share": counted[state] / counted.total()}
        for state in STATES
        if counted[state]
    )


def _split(slug: str, seen: _Seen, asked: Asked) -> Answer:
    """The answer with its breakdown."""
    answer = seen.answers[slug]
    if slug in _QUEUED and (asked.by == "queue" or (slug == "estimated_wait" and not asked.by)):
        rows: tuple[Row, ...] = tuple(
            {"key": queue.queue, "value": _of_queue(slug, queue, asked.now)}
            for queue in seen.queues
        )
        many = f"Of the {MOST_QUEUES:,} queues that matter most." * (len(rows) == MOST_QUEUES)
        note = " ".join(words for words in (many, answer.note) if words)
        return replace(answer, breakdown=rows, note=note)
    if asked.by is not None and answer.breakdown is None:
        return replace(answer, note=f"This metric cannot be split by {asked.by}.")
    return answer


def _of_queue(slug: str, queue: QueueNow, now: int) -> Value:
    match slug:
        case "calls_waiting":
            return len(queue.entered)
        case "longest_wait":
            return (now - queue.entered[0]) / 1_000 if queue.entered else None
        case _:
            return queue.estimated_seconds
