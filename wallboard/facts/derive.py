"""From the events of one call to its facts: a pure function of the set of events.

The order in which they arrived plays no part: entries are folded in the order of their stamps. So
the same events give the same call, whatever was late, repeated or lost on the way.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final, TypeVar

from msgspec import UNSET

from wallboard.events.calls import (
    CallAnalysed,
    CallEnded,
    CallOutcome,
    CallReviewed,
    CallStarted,
    CallTransferred,
    CallWrapped,
    LegAnswered,
    LegEnded,
    LegHeld,
    LegResumed,
    LegStarted,
    QueueEntered,
    QueueLeft,
)
from wallboard.events.envelope import milliseconds
from wallboard.events.kinds import Data
from wallboard.facts.call import Call, Leg, Rejected, Stay, Transfer, WrapUp
from wallboard.facts.entry import ConnectionLost, Entry, merged
from wallboard.facts.said import given

CLOCK_TOLERANCE_MS: Final = 2_000
"""An end or an answer up to this much before its start counts as at the start (readings 2)."""

D = TypeVar("D", bound=Data)
_LEG_EVENTS: Final = frozenset(
    {
        LegStarted,
        LegAnswered,
        LegHeld,
        LegResumed,
        LegEnded,
    }
)


def derive(call: str, entries: list[Entry]) -> Call:
    """The facts of a call from its entries, which must be sorted by stamp and not empty."""
    groups: dict[type[Data], list[Entry]] = {}
    legs: dict[str, dict[type[Data], list[Entry]]] = {}
    for entry in entries:
        data: Any = entry.data
        kind = type(data)
        if kind in _LEG_EVENTS:
            by_kind = legs.get(data.leg)
            if by_kind is None:
                legs[data.leg] = {kind: [entry]}
            elif kind in by_kind:
                by_kind[kind].append(entry)
            else:
                by_kind[kind] = [entry]
        elif kind in groups:
            groups[kind].append(entry)
        else:
            groups[kind] = [entry]

    rejected: list[Rejected] = []
    starts = groups.get(CallStarted)
    outcomes = groups.get(CallOutcome)
    started = starts[0].time if starts else None
    ended, end_reason, ended_by = _end_of_call(groups, started, rejected)
    call_type: str | None = None
    if starts is not None and outcomes is None and len(starts) == 1:
        start: Any = starts[0].data
        call_type = given(start.call_type)
    elif starts or outcomes:
        call_type = _call_type(starts or [], outcomes or [])
    facts = Call(  # in the order of its fields, which takes half the time of naming them
        call,
        entries[0].time,
        entries[-1].time,
        started,
        _said(CallStarted, starts) if starts else None,
        [_leg(leg, by_kind, started, ended, rejected) for leg, by_kind in legs.items()],
        _stays(groups, ended) if QueueEntered in groups else [],
        _transfers(groups[CallTransferred]) if CallTransferred in groups else [],
        [],
        ended,
        end_reason,
        ended_by,
        _said(CallOutcome, outcomes) if outcomes else None,
        _said(CallAnalysed, groups[CallAnalysed]) if CallAnalysed in groups else None,
        _said(CallReviewed, groups[CallReviewed]) if CallReviewed in groups else None,
        rejected,
        call_type,
    )
    if wrapped := groups.get(CallWrapped):
        facts.wrap_ups = _wrap_ups(wrapped, facts)
    return facts


def _said(kind: type[D], entries: list[Entry]) -> D | None:
    """What all events of one type say together."""
    said = _together(entries)
    return said if isinstance(said, kind) else None


def _together(entries: list[Entry]) -> Any:  # noqa: ANN401 - of whatever type the entries are
    """What several events of one type say; nearly always there is one."""
    return entries[0].data if len(entries) == 1 else merged([entry.data for entry in entries])


def _call_type(starts: list[Entry], outcomes: list[Entry]) -> str | None:
    """The last that was said of the call's type, at its start or with its outcome."""
    told = [*starts, *outcomes]
    if len(told) > 1:
        told.sort(key=lambda entry: entry.stamp)
    known: str | None = None
    for entry in told:
        data: Any = entry.data
        if data.call_type is not UNSET:
            known = data.call_type
    return known


def _not_before(
    entries: list[Entry], started: int | None, what: str, rejected: list[Rejected]
) -> list[Entry]:
    """The entries that are not more than the clock tolerance before the start."""
    if started is None or entries[0].time >= started - CLOCK_TOLERANCE_MS:
        return entries
    kept = []
    for entry in entries:
        if entry.time < started - CLOCK_TOLERANCE_MS:
            early = (started - entry.time) / 1_000
            rejected.append(
                Rejected(
                    entry,
                    f"The {what} is {early:.1f} s before the start: expected 2 s at the most.",
                )
            )
        else:
            kept.append(entry)
    return kept


def _end_of_call(
    groups: dict[type[Data], list[Entry]], started: int | None, rejected: list[Rejected]
) -> tuple[int | None, str | None, str | None]:
    """When, why and by whom the call ended; a loss that we inferred yields to a real end."""
    if found := groups.get(CallEnded):
        ends = _not_before(found, started, "end of the call", rejected)
        if ends:
            said = _said(CallEnded, ends)
            time = ends[0].time if started is None else max(started, ends[0].time)
            return time, said.reason if said else None, given(said.by) if said else None
    if losses := groups.get(ConnectionLost):
        time = losses[0].time
        return (time if started is None else max(started, time)), "lost", None
    return None, None, None


def _leg(
    leg: str,
    by_kind: dict[type[Data], list[Entry]],
    call_started: int | None,
    call_ended: int | None,
    rejected: list[Rejected],
) -> Leg:
    kind = agent = number = caller_id = name = trunk = None
    started = call_started
    start_of_leg = answered = ended = None
    by = greeting_ended = cause = code = ended_by = billable = cost = recording_url = None
    closed_with_call = False
    if starts := by_kind.get(LegStarted):
        # Nothing of a leg is before its start, nor, where that is not known, before the call's.
        started = start_of_leg = starts[0].time
        start: Any = starts[0].data if len(starts) == 1 else _together(starts)
        kind = start.kind
        agent, number, caller_id = start.agent, start.number, start.caller_id
        name, trunk = start.name, start.trunk
    if (found := by_kind.get(LegAnswered)) and (
        answers := _not_before(found, started, "answer of the leg", rejected)
    ):
        answered = answers[0].time
        if started is not None and answered < started:
            answered = started
        answer: Any = answers[0].data if len(answers) == 1 else _together(answers)
        by = answer.by
        if isinstance(answer.greeting_ended, datetime):
            greeting_ended = milliseconds(answer.greeting_ended)
    if (found := by_kind.get(LegEnded)) and (
        ends := _not_before(found, started, "end of the leg", rejected)
    ):
        ended = ends[0].time
        floor = answered if answered is not None else started
        if floor is not None and ended < floor:
            ended = floor
        end: Any = ends[0].data if len(ends) == 1 else _together(ends)
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


def _stays(groups: dict[type[Data], list[Entry]], ended: int | None) -> list[Stay]:
    """The queue stays in order of entry; each left closes the open stay of its queue.

    A further left corrects why the stay ended, not when (readings 5).
    """
    entries = groups[QueueEntered]
    lefts = groups.get(QueueLeft)
    moves = entries if not lefts else sorted(entries + lefts, key=lambda entry: entry.stamp)
    stays: list[Stay] = []
    open_stays: dict[str, Stay] = {}
    closed: dict[str, tuple[Stay, Data]] = {}
    early: dict[str, Entry] = {}
    for entry in moves:
        data: Any = entry.data
        queue = data.queue
        if type(data) is QueueEntered:
            stay = open_stays.get(queue)
            if stay is None:
                stay = Stay(queue, entry.time)
                stays.append(stay)
                left = early.pop(queue, None)
                if left is not None and left.time >= entry.time - CLOCK_TOLERANCE_MS:
                    stay.left = stay.entered
                    closed[queue] = (stay, _leave(stay, left.data))
                else:
                    open_stays[queue] = stay
            if data.position is not UNSET:
                stay.position = data.position
        elif queue in open_stays:
            stay = open_stays.pop(queue)
            stay.left = max(entry.time, stay.entered)
            closed[queue] = (stay, _leave(stay, data))
        elif queue in closed:
            stay, before = closed[queue]
            closed[queue] = (stay, _leave(stay, merged((before, data))))
        else:
            early[queue] = entry
    if ended is not None:
        for stay in open_stays.values():
            stay.left = max(ended, stay.entered)
            stay.closed_with_call = True
    return stays


def _leave(stay: Stay, said: Data) -> Data:
    """Note how the stay ended; returns what said so."""
    data: Any = said
    stay.reason = data.reason
    stay.agent = given(data.agent)
    stay.destination = given(data.destination)
    return said


def _transfers(entries: Iterable[Entry]) -> list[Transfer]:
    transfers = []
    for entry in entries:
        data: Any = entry.data
        transfers.append(
            Transfer(
                entry.time,
                data.method,
                given(data.from_agent),
                given(data.to_agent),
                given(data.to_queue),
                given(data.to_number),
            )
        )
    return transfers


def _wrap_ups(entries: list[Entry], facts: Call) -> list[WrapUp]:
    """One wrap-up per leg of an agent; without seconds it runs from that leg's end (readings 34).

    An agent whom the call came to twice wraps up twice; what is said again after the same leg is a
    correction.
    """
    by_leg: dict[tuple[str, str], tuple[Leg | None, list[Entry]]] = {}
    for entry in entries:
        data: Any = entry.data
        leg = _leg_before(entry.time, data.agent, facts.legs)
        by_leg.setdefault((data.agent, leg.leg if leg else ""), (leg, []))[1].append(entry)
    wrap_ups = []
    for (agent, _), (leg, said) in by_leg.items():
        wrapped: Any = _together(said)
        ended = said[0].time
        seconds = given(wrapped.seconds)
        if seconds is not None:
            length = round(seconds * 1_000)
        else:
            since = leg.ended if leg is not None and leg.ended is not None else facts.ended
            length = max(0, ended - since) if since is not None else 0
        wrap_ups.append(WrapUp(agent, ended, length))
    return wrap_ups


def _leg_before(time: int, agent: str, legs: list[Leg]) -> Leg | None:
    """The last leg of an agent that had begun before a time, else the agent's first."""
    theirs = [leg for leg in legs if leg.kind == "A" and leg.agent == agent]
    if len(theirs) < 2:
        return theirs[0] if theirs else None
    theirs.sort(key=lambda leg: (_began(leg), leg.leg))
    begun = [leg for leg in theirs if _began(leg) < time]
    return begun[-1] if begun else theirs[0]


def _began(leg: Leg) -> int:
    return leg.started if leg.started is not None else leg.answered or 0
