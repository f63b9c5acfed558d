"""The calls at an instant in the past, to be asked the same as those of now.

Those that may have been known otherwise are derived as they were known (wallboard.questions
.past_calls) and put in tables of their own, in memory, where the same conditions are asked of them.
All others are asked of the cache, where their rows tell the same as then.
"""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final, NamedTuple

from wallboard.config import Metrics
from wallboard.questions.call_columns import (
    BY_NOW,
    CALLED_BACK,
    JUDGED_THEN,
    JUDGED_THEN_OF_MANY,
    THEN,
    Columns,
    let_columns_be_asked,
)
from wallboard.questions.call_filter import CallFilter
from wallboard.questions.calls_in_memory import (
    BACKS,
    add_calls_back,
    add_events,
    calls_in_memory,
)
from wallboard.questions.conditions import Conditions, conditions_of
from wallboard.questions.lookup import Place, looked_up
from wallboard.questions.name_conditions import let_names_be_asked
from wallboard.questions.part_conditions import let_trunk_be_asked
from wallboard.questions.past_calls import KnownCall, past_calls
from wallboard.questions.past_terms import first_defined_later
from wallboard.questions.shown_numbers import let_shown_digits_be_asked
from wallboard.questions.team_conditions import let_teams_be_asked

BUT: Final = " AND calls.call NOT IN (SELECT value FROM json_each(:differing))"
"""The calls of the cache without those that are in memory."""

_CALLED_BACK_THEN: Final = (
    f"({CALLED_BACK.format(' AND back.call NOT IN (SELECT value FROM json_each(:differing))')}"
    " OR (from_number IN (SELECT value ->> 0 FROM json_each(:backs))"
    " AND EXISTS (SELECT 1 FROM json_each(:backs) AS known"
    " WHERE known.value ->> 0 = calls.from_number AND known.value ->> 1 >= calls.ended)))"
)
_CALLED_BACK_IN_MEMORY: Final = (
    f"({CALLED_BACK.format('')} OR EXISTS (SELECT 1 FROM backs"
    " WHERE backs.number = calls.from_number AND backs.started >= calls.ended))"
)
_STARTS: Final = "SELECT call, started FROM calls WHERE call IN (SELECT value FROM json_each(?))"


class CallsThen(NamedTuple):
    """What to ask of an instant: `memory` has the calls that may have been known otherwise.

    `conditions` are of the calls in memory. Of the cache `asked` are asked, of `columns`, which
    leave those out. `named`: the calls that the filter can be reduced to, None where it cannot.
    `is_in_place`: whether the same calls had begun, at the same times, by what is known now.
    """

    memory: sqlite3.Connection
    conditions: Conditions
    asked: Conditions
    columns: Columns
    named: list[int] | None
    is_in_place: bool


@contextmanager
def calls_then(
    connection: sqlite3.Connection,
    filter: CallFilter,
    now: int,
    metrics: Metrics,
) -> Iterator[CallsThen | None]:
    """The calls of a filter at `now` (UTC ms); None where it is live: the cache then tells all.

    `metrics` are the settings that calls are judged by. Raises sqlite3.Error.
    """
    past = past_calls(connection, now)
    if past is None:
        yield None
        return
    # Of what was over, and of which nothing was told since, the cache tells the same.
    past = tuple(k for k in past if not k.is_same or k.facts is None or k.facts.ended is None)
    with calls_in_memory(connection, past, metrics, now) as memory:
        if filter.part is not None:
            add_events(memory, connection, past, now)
        yield _asked(memory, connection, past, filter, metrics, now)


def _asked(
    memory: sqlite3.Connection,
    connection: sqlite3.Connection,
    past: tuple[KnownCall, ...],
    filter: CallFilter,
    metrics: Metrics,
    now: int,
) -> CallsThen:
    differing = json.dumps([known.call for known in past])
    in_memory, columns = BY_NOW, THEN
    values: dict[str, Any] = {"differing": differing, "then": now}
    queues = first_defined_later(connection, "queue", now)
    campaigns = first_defined_later(connection, "campaign", now)
    if queues is None or campaigns is None:
        columns = JUDGED_THEN_OF_MANY
        values |= {
            "short_ms": round(metrics.short_abandon_seconds * 1_000),
            "drop_ms": round(metrics.drop_seconds * 1_000),
        }
    elif queues or campaigns:
        columns = JUDGED_THEN
        values |= {
            "later_queues": json.dumps(queues),
            "later_campaigns": json.dumps(campaigns),
            "short_ms": round(metrics.short_abandon_seconds * 1_000),
            "drop_ms": round(metrics.drop_seconds * 1_000),
        }
    let_columns_be_asked(connection)
    if filter.state == "not_called_back":
        columns = columns._replace(called_back=_CALLED_BACK_THEN)
        in_memory = in_memory._replace(called_back=_CALLED_BACK_IN_MEMORY)
        values["backs"] = json.dumps(memory.execute(BACKS, {"now": now}).fetchall())
        add_calls_back(memory, connection, differing, now)
    let_shown_digits_be_asked(memory)
    let_trunk_be_asked(memory)
    let_names_be_asked(memory, connection)
    let_teams_be_asked(memory, connection)
    said, of_filter = conditions_of(connection, filter, columns, now)
    in_memory_said, in_memory_values = conditions_of(connection, filter, in_memory, now)
    # The numbers of calls are the cache's in both.
    without = Place(
        connection,
        " AND first_event <= ? AND call NOT IN (SELECT value FROM json_each(?))",
        (now, differing),
    )
    return CallsThen(
        memory,
        (in_memory_said, in_memory_values | {"now": now}),
        (said + BUT, of_filter | values),
        columns,
        looked_up((without, Place(memory)), filter),
        _is_in_place(memory, connection, differing, now),
    )


def _is_in_place(
    memory: sqlite3.Connection, connection: sqlite3.Connection, differing: str, now: int
) -> bool:
    """Whether an offset in the list of all calls means the same as by the rows of the cache."""

    def begun(found: sqlite3.Connection) -> set[tuple[int, int]]:
        rows = found.execute(_STARTS, (differing,))
        return {(call, at) for call, at in rows if at is not None and at <= now}

    return begun(memory) == begun(connection)
