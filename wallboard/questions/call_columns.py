"""What of a call's row is asked otherwise of an instant in the past: what came of it, as SQL.

A row holds what is known by now. Of a call whose course was over at the instant two things may have
been known otherwise: what was said of it afterwards (its disposition), and its result, where the
queue or campaign whose terms it was judged by was defined only later. Both are then derived anew
from its events, by functions of the connection, and for those calls alone.
"""

import sqlite3
from typing import Any, Final, NamedTuple

from wallboard.cache.functions import add_aggregate
from wallboard.events.calls import CallOutcome
from wallboard.facts.derive import derive
from wallboard.facts.entry import Entry, merged, unpack
from wallboard.facts.judgement import Terms, judge
from wallboard.facts.lasting import LONG_MS
from wallboard.facts.said import given

DISPOSITION_THEN: Final = "disposition_then"
RESULT_THEN: Final = "result_then"

_EVENTS_OF: Final = "FROM call_events WHERE call_events.call = calls.call"
_TOLD_LATER: Final = (
    f"(+first_event > :then - {LONG_MS} OR EXISTS (SELECT 1 FROM late_outcomes"
    " WHERE late_outcomes.call = calls.call AND late_outcomes.until > :then))"
)
_BY_QUEUE: Final = "direction = 'inbound' AND result IN ('abandoned', 'short_abandoned')"
_BY_CAMPAIGN: Final = "direction = 'outbound' AND live"


CALLED_BACK: Final = (
    "EXISTS (SELECT 1 FROM calls AS back"
    " WHERE back.to_number = calls.from_number AND back.direction = 'outbound'"
    " AND back.started >= calls.ended AND back.started <= :now{})"
)
"""Whether somebody called the number of a call back; {} for what else is asked of that call."""


class Columns(NamedTuple):
    """The SQL for what of `calls` may have been known otherwise."""

    result: str = "result"
    disposition: str = "disposition"
    called_back: str = CALLED_BACK.format("")


BY_NOW: Final = Columns()
THEN: Final = Columns(
    disposition=(
        f"CASE WHEN {_TOLD_LATER} THEN (SELECT {DISPOSITION_THEN}(entries, :then) {_EVENTS_OF})"
        " ELSE disposition END"
    )
)
"""As at the instant `:then` (UTC ms)."""


def _judged_then(is_later_queue: str, is_later_campaign: str) -> Columns:
    return THEN._replace(
        result=(
            f"CASE WHEN {_BY_QUEUE} AND {is_later_queue} OR {_BY_CAMPAIGN} AND {is_later_campaign}"
            f" THEN (SELECT {RESULT_THEN}(entries, :short_ms, :drop_ms) {_EVENTS_OF})"
            " ELSE result END"
        )
    )


def _first_said_later(kind: str, column: str) -> str:
    """That all that was ever said of it was said later."""
    said = f"SELECT 1 FROM definitions AS d WHERE (d.kind, d.source) = ('{kind}', calls.source)"
    of_it = f"{said} AND d.entity = calls.{column}"
    return f"EXISTS ({of_it}) AND NOT EXISTS ({of_it} AND d.time <= :then)"


JUDGED_THEN: Final = _judged_then(
    "source || '/' || first_queue IN (SELECT value FROM json_each(:later_queues))",
    "source || '/' || campaign IN (SELECT value FROM json_each(:later_campaigns))",
)
"""The same where queues or campaigns were defined later: `:later_queues`, `:later_campaigns`."""
JUDGED_THEN_OF_MANY: Final = _judged_then(
    _first_said_later("queue", "first_queue"), _first_said_later("campaign", "campaign")
)
"""The same where they are too many to be named: they are looked up call by call."""


class _DispositionThen:
    """An aggregate over the parts of a call's events: its disposition at an instant."""

    def __init__(self) -> None:
        self._said: list[Entry] = []

    def step(self, stored: bytes, then: int) -> None:
        """Take in a part of the events."""
        self._said += [
            entry
            for entry in unpack(stored)
            if entry.time <= then and isinstance(entry.data, CallOutcome)
        ]

    def finalize(self) -> str | None:
        """What was last said by then, None for nothing."""
        self._said.sort(key=lambda entry: entry.stamp)
        said: Any = merged([entry.data for entry in self._said]) if self._said else None
        return None if said is None else given(said.disposition)


class _ResultThen:
    """An aggregate over the parts of a call's events: its result by other terms."""

    def __init__(self) -> None:
        self._entries: list[Entry] = []
        self._terms = Terms(0, 0, 0, 0)

    def step(self, stored: bytes, short_ms: int, drop_ms: int) -> None:
        """Take in a part of the events."""
        self._entries += unpack(stored)
        self._terms = Terms(0, short_ms, drop_ms, 0)

    def finalize(self) -> str:
        """How the call is judged."""
        self._entries.sort(key=lambda entry: entry.stamp)
        return judge(derive("", self._entries), self._terms).result


def let_columns_be_asked(connection: sqlite3.Connection) -> None:
    """Add the functions above to the connection, once."""
    add_aggregate(connection, DISPOSITION_THEN, 2, _DispositionThen)
    add_aggregate(connection, RESULT_THEN, 3, _ResultThen)
