"""A leg of a call, from what was said of it."""

from datetime import datetime
from typing import Any

from msgspec import UNSET

from wallboard.events.calls import LegAnswered, LegEnded, LegHeld, LegResumed, LegStarted
from wallboard.events.envelope import milliseconds
from wallboard.events.kinds import Data
from wallboard.facts.call import Leg, Rejected
from wallboard.facts.entry import Entry
from wallboard.facts.evidence import not_before, together


def leg_of(
    leg: str,
    by_kind: dict[type[Data], list[Entry]],
    call_started: int | None,
    call_ended: int | None,
    rejected: list[Rejected],
) -> Leg:
    """A leg from its entries by type; what cannot be true is added to `rejected`.

    `call_started` and `call_ended` (UTC ms) stand in where the leg's own are not known.
    """
    kind = agent = number = caller_id = name = trunk = None
    started = call_started
    start_of_leg = answered = ended = None
    by = greeting_ended = cause = code = ended_by = billable = cost = recording_url = None
    closed_with_call = False
    if starts := by_kind.get(LegStarted):
        # Nothing of a leg is before its start, nor, where that is not known, before the call's.
        started = start_of_leg = starts[0].time
        start: Any = starts[0].data if len(starts) == 1 else together(starts)
        kind = start.kind
        agent, number, caller_id = start.agent, start.number, start.caller_id
        name, trunk = start.name, start.trunk
    if (found := by_kind.get(LegAnswered)) and (
        answers := not_before(found, started, "answer of the leg", rejected)
    ):
        answered = answers[0].time
        if started is not None and answered < started:
            answered = started
        answer: Any = answers[0].data if len(answers) == 1 else together(answers)
        by = answer.by
        if isinstance(answer.greeting_ended, datetime):
            greeting_ended = milliseconds(answer.greeting_ended)
    if (found := by_kind.get(LegEnded)) and (
        ends := not_before(found, started, "end of the leg", rejected)
    ):
        ended = ends[0].time
        floor = answered if answered is not None else started
        if floor is not None and ended < floor:
            ended = floor
        end: Any = ends[0].data if len(ends) == 1 else together(ends)
        cause, ended_by, recording_url = end.cause, end.by, end.recording_url
        billable, cost = end.billable_seconds, end.cost
        if end.code is not UNSET and end.code is not None:
            code = str(end.code)
    elif call_ended is not None:
        ended = max(call_ended, answered or 0, started or 0)
        closed_with_call = True
    # Made at once, in the order of its fields: half the time of setting them one by one.
    return Leg(
        leg,
        kind,
        start_of_leg,
        None if agent is UNSET else agent,
        None if number is UNSET else number,
        None if caller_id is UNSET else caller_id,
        None if name is UNSET else name,
        None if trunk is UNSET else trunk,
        answered,
        None if by is UNSET else by,
        greeting_ended,
        ended,
        cause,
        code,
        None if ended_by is UNSET else ended_by,
        None if billable is UNSET else billable,
        None if cost is UNSET else cost,
        None if recording_url is UNSET else recording_url,
        closed_with_call,
        _holds(by_kind) if LegHeld in by_kind else (),
    )


def _holds(by_kind: dict[type[Data], list[Entry]]) -> tuple[tuple[int, int | None], ...]:
    """Held to resumed, in order; a resume without a hold and a second hold say nothing new."""
    moves = sorted(by_kind[LegHeld] + by_kind.get(LegResumed, []), key=lambda entry: entry.stamp)
    holds: list[tuple[int, int | None]] = []
    since: int | None = None
    for entry in moves:
        if type(entry.data) is LegHeld:
            since = entry.time if since is None else since
        elif since is not None:
            holds.append((since, entry.time))
            since = None
    if since is not None:
        holds.append((since, None))
    return tuple(holds)
