"""The rows that a call's facts are in the cache, and the statements that write them."""

from collections.abc import Callable, Iterable
from operator import attrgetter
from typing import Any, Final

import msgspec
from msgspec import UNSET

from wallboard.collector.call_log import CallLog, Row
from wallboard.events.calls import CallOutcome
from wallboard.facts.call import Call
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

_COURSE: Final = tuple(
    """
    call_type first_queue agent answered connected ended end_reason ended_by result answer_ms
    within_target waited wait_ms answered_stays answered_stay_ms overflowed routed routed_right
    talk_ms hold_ms wrap_ms legs transfers live dropped machine_with_agent
    drop_allowance_millionths disposition outcome amd billable_seconds cost rejected
    """.split()  # noqa: SIM905 - as above
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
WRITE_OUTCOME: Final = f"INSERT OR REPLACE INTO call_outcomes VALUES ({', '.join('?' * 14)})"
WRITE_QUALITY: Final = (
    f"INSERT OR REPLACE INTO call_quality VALUES ({', '.join('?' * (len(Quality._fields) + 1))})"
)

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
        verdict.first_queue,
        verdict.agent,
        verdict.answered_at,
        verdict.connected,
        call.ended,
        call.end_reason,
        call.ended_by,
        verdict.result,
        verdict.answer_ms,
        verdict.within_target,
        verdict.waited,
        verdict.wait_ms,
        verdict.answered_stays,
        verdict.answered_stay_ms,
        verdict.overflowed,
        verdict.routed,
        verdict.routed_right,
        verdict.talk_ms,
        verdict.hold_ms,
        verdict.wrap_ms,
        len(call.legs),
        len(call.transfers),
        verdict.live,
        verdict.dropped,
        verdict.machine_with_agent,
        verdict.drop_allowance_millionths,
        given(outcome.disposition) if outcome else None,
        given(outcome.outcome) if outcome else None,
        verdict.amd,
        billable,
        cost,
        log.rejected,
    )


def next_part(log: CallLog) -> Row:
    """The events of a call that are not in the cache yet, as the next part of them."""
    part, log.parts = log.parts, log.parts + 1
    row = (log.number, part, pack(log.fresh))
    log.fresh.clear()
    return row


def leg_rows(number: int, call: Call) -> Iterable[Row]:
    """The legs of a call."""
    for leg in call.legs:
        yield (
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


def stay_rows(log: CallLog, call: Call) -> list[Row]:
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
        for at, stay in enumerate(call.stays)
    ]


def wrap_up_rows(number: int, call: Call) -> list[Row]:
    """The wrap-ups of a call, counted from 0."""
    return [(number, at, *wrap_up) for at, wrap_up in enumerate(call.wrap_ups)]


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
