"""The rows that a call's facts are in the cache, and the statements that write them."""

from collections.abc import Callable, Iterable
from operator import attrgetter
from typing import Any, Final

import msgspec
from msgspec import UNSET
from msgspec.structs import astuple

from wallboard.collector.call_log import CallLog, Row
from wallboard.events.calls import CallOutcome
from wallboard.facts.call import Call, Leg
from wallboard.facts.entry import pack
from wallboard.facts.judgement import Judgement
from wallboard.facts.quality import Quality
from wallboard.facts.said import given, number_given

Intern = Callable[[Any, int], int | None]
"""Gives the number of a content that is kept once for many calls."""

_START: Final = tuple(
    """
    source id started first_event after_hours direction account campaign sub_campaign list contact
    attempt caller_id intended_queue tracked from_number to_number recording_eligible attribution
    location
    """.split()  # noqa: SIM905 - a column list reads best as one
)
"""The columns that the start of a call says; they hardly ever change."""

_CAME_TO: Final = tuple(
    """
    call_type ended end_reason ended_by legs transfers disposition outcome billable_seconds cost
    rejected
    """.split()  # noqa: SIM905 - as above
)
_JUDGED: Final = Judgement.__struct_fields__[:-2]
_COURSE: Final = (
    *_CAME_TO,
    *("answered" if name == "answered_at" else name for name in _JUDGED),
)
"""The columns of what the call came to."""


def _set(names: Iterable[str], source: str) -> str:
    return ", ".join(f"{name} = {source.format(name)}" for name in names)


WRITE_CALL: Final = (
    f"INSERT INTO calls ({', '.join((*_START, *_COURSE))}, call) "
    f"VALUES ({', '.join('?' * (len(_START) + len(_COURSE) + 1))}) "
    f"ON CONFLICT (call) DO UPDATE SET {_set((*_START[2:], *_COURSE), 'excluded.{}')}"
)
WRITE_COURSE: Final = f"UPDATE calls SET {_set(_COURSE, '?')} WHERE call = ?"
WRITE_EVENTS: Final = "INSERT INTO call_events (call, part, entries) VALUES (?, ?, ?)"
WRITE_LEG: Final = f"INSERT OR REPLACE INTO legs VALUES ({', '.join('?' * 10)})"
WRITE_STAY: Final = f"INSERT OR REPLACE INTO stays VALUES ({', '.join('?' * 9)})"
WRITE_WRAP_UP: Final = "INSERT OR REPLACE INTO wrap_ups VALUES (?, ?, ?, ?, ?)"
FORGET_LASTING: Final = "DELETE FROM lasting_calls WHERE call = ?"
WRITE_LASTING: Final = "INSERT OR REPLACE INTO lasting_calls VALUES (?, ?, ?)"
WRITE_LATE_OUTCOME: Final = "INSERT OR REPLACE INTO late_outcomes VALUES (?, ?)"
WRITE_OUTCOME: Final = f"INSERT OR REPLACE INTO call_outcomes VALUES ({', '.join('?' * 14)})"
_QUALITY_MARKS: Final = ", ".join("?" * (len(Quality.__struct_fields__) + 1))
WRITE_QUALITY: Final = f"INSERT OR REPLACE INTO call_quality VALUES ({_QUALITY_MARKS})"

_TOLD: Final = attrgetter(*_START[5:15])
_FLAGS: Final = attrgetter(
    *("agent", "qualified", "spam", "wrong_number", "appointment", "quote", "lead", "converted"),
    *("quote_value", "lead_score", "notes"),
)
_UNTOLD: Final[Row] = (None,) * 10
_ENCODE: Final = msgspec.json.Encoder().encode


def start_row(
    log: CallLog, call: Call, verdict: Judgement, attributions: Intern, locations: Intern
) -> Row:
    """What the start of a call says; a withheld number is null (readings 14)."""
    said = call.said
    row = (log.source, log.id, call.started, call.first_event, verdict.after_hours)
    if said is None or call.started is None:
        return (*row, *_UNTOLD, None, None, True, None, None)
    return (
        *row,
        *[None if value is UNSET else value for value in _TOLD(said)],
        number_given(said.from_number),
        number_given(said.to_number),
        said.recording_eligible is not False,
        attributions(said.attribution, call.started),
        locations(said.location, call.started),
    )


def course_row(log: CallLog, call: Call, verdict: Judgement) -> Row:
    """What the call came to."""
    outcome = call.outcome
    billable: float | None = None
    cost: float | None = None
    for leg in call.legs:
        if leg.billable_seconds is not None:
            billable = (billable or 0.0) + leg.billable_seconds
        if leg.cost is not None:
            cost = (cost or 0.0) + leg.cost
    return (
        call.call_type,
        call.ended,
        call.end_reason,
        call.ended_by,
        len(call.legs),
        len(call.transfers),
        given(outcome.disposition) if outcome else None,
        given(outcome.outcome) if outcome else None,
        billable,
        cost,
        log.rejected,
        *astuple(verdict)[: len(_JUDGED)],
    )


def next_part(log: CallLog) -> Row:
    """The events of a call that are not in the cache yet, as the next part of them."""
    part, log.parts = log.parts, log.parts + 1
    row = (log.number, part, pack(log.fresh))
    log.fresh.clear()
    return row


def leg_row(number: int, leg: Leg) -> Row:
    """A leg of a call."""
    return (
        number,
        leg.leg,
        leg.kind,
        leg.agent,
        leg.started,
        leg.answered,
        leg.ended,
        leg.cause,
        leg.hold_ms,
        leg.talk_ms,
    )


def stay_rows(log: CallLog) -> list[Row]:
    """The stays of a call in queues, counted from 0."""
    return [
        (
            log.number,
            at,
            log.source,
            stay.queue,
            stay.entered,
            stay.left,
            stay.reason,
            stay.agent,
            stay.position,
        )
        for at, stay in enumerate(log.stays)
    ]


def wrap_up_rows(log: CallLog) -> list[Row]:
    """The wrap-ups of a call, counted from 0."""
    return [(log.number, at, *wrap_up) for at, wrap_up in enumerate(log.wrap_ups)]


def quality_row(number: int, quality: Quality) -> Row:
    """What became known of a call beside its course."""
    return (number, *astuple(quality))


def outcome_row(number: int, outcome: CallOutcome) -> Row:
    """What came of a call."""
    return (
        number,
        *[None if value is UNSET else value for value in _FLAGS(outcome)],
        _json(outcome.tags),
        _json(outcome.survey),
    )


def _json(value: Any) -> str | None:  # noqa: ANN401 - an optional list
    return _ENCODE(value).decode() if isinstance(value, list) else None
