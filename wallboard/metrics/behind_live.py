"""The calls behind the live figures: those that are waiting, or going on, at the instant."""

import sqlite3
from typing import Final

from wallboard.metrics.asked import Asked
from wallboard.metrics.live import NOT_NOW, unknown
from wallboard.metrics.metric import Metric
from wallboard.metrics.sources import UnanswerableError
from wallboard.questions.open_calls import open_calls, open_stays
from wallboard.questions.past_calls import past_calls
from wallboard.questions.scope import Scope

_OF_AGENTS: Final = frozenset({"agents_by_state", "occupancy"})


def live_behind(
    connection: sqlite3.Connection, metric: Metric, asked: Asked
) -> dict[str, dict[int, list[str | None]]]:
    """By part the numbers of the calls, each with its keys: queues, or None where nothing is split.

    Of an estimated wait they are those who wait already: how long a call lately took is the
    metric average_handle_time. Raises UnanswerableError where no calls stand behind the figure,
    or it is not known by what is asked.
    """
    if not asked.period.start_ms <= asked.now < asked.period.end_ms:
        raise UnanswerableError(NOT_NOW)
    if metric.slug in _OF_AGENTS:
        raise UnanswerableError("This figure is made of agents, not of calls.")
    if refused := unknown(metric.slug, asked.filters):
        raise UnanswerableError(refused)
    filters, now = asked.filters, asked.now
    scope = Scope(filters.get("campaign"), filters.get("queue"), filters.get("team"))
    past = past_calls(connection, now)
    if metric.slug == "calls_in_progress":
        calls = open_calls(connection, scope, now, past)
        return {"numerator": {call.call: [None] for call in calls}}
    is_split = asked.by == "queue"
    stays = [
        (stay.queue if is_split else None, stay.call)
        for stay in open_stays(connection, scope, now, past)
    ]
    if metric.slug == "longest_wait":
        # The first of all, or of each queue.
        stays = list({key: (key, call) for key, call in reversed(stays)}.values())
    found: dict[int, list[str | None]] = {}
    for key, call in stays:
        keys = found.setdefault(call, [])
        if key not in keys:
            keys.append(key)
    return {"numerator": found}
