"""From the events of one call to its facts: a pure function of the set of events.

The order in which they arrived plays no part: entries are folded in the order of their stamps. So
the same events give the same call, whatever was late, repeated or lost on the way.
"""

from collections.abc import Iterable
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
from wallboard.events.kinds import Data
from wallboard.facts.call import Call, Rejected, Transfer
from wallboard.facts.entry import ConnectionLost, ConnectionSeen, Entry
from wallboard.facts.evidence import not_before, together
from wallboard.facts.legs import leg_of
from wallboard.facts.said import given
from wallboard.facts.stays import stays_of
from wallboard.facts.wrap_ups import wrap_ups_of

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


_ALIVE: Final = _LEG_EVENTS | {
    CallStarted,
    CallTransferred,
    ConnectionSeen,
    QueueEntered,
    QueueLeft,
}
"""What of a call shows that it was going on then."""


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
    entered = groups.get(QueueEntered)
    outcomes = groups.get(CallOutcome)
    started = starts[0].time if starts else None
    ended, end_reason, ended_by = _end_of_call(entries, groups, started, rejected)
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
        [leg_of(leg, by_kind, started, ended, rejected) for leg, by_kind in legs.items()],
        stays_of(entered, groups.get(QueueLeft), ended) if entered else [],
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
        facts.wrap_ups = wrap_ups_of(wrapped, facts)
    return facts


def _said(kind: type[D], entries: list[Entry]) -> D | None:
    """What all events of one type say together."""
    said = together(entries)
    return said if isinstance(said, kind) else None


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


def _end_of_call(
    entries: list[Entry],
    groups: dict[type[Data], list[Entry]],
    started: int | None,
    rejected: list[Rejected],
) -> tuple[int | None, str | None, str | None]:
    """When, why and by whom the call ended.

    A loss that we inferred yields to a real end, and to whatever shows that it went on later.
    """
    if found := groups.get(CallEnded):
        ends = not_before(found, started, "end of the call", rejected)
        if ends:
            said = _said(CallEnded, ends)
            time = ends[0].time if started is None else max(started, ends[0].time)
            return time, said.reason if said else None, given(said.by) if said else None
    if losses := groups.get(ConnectionLost):
        alive = max((entry.time for entry in entries if type(entry.data) in _ALIVE), default=0)
        standing = [loss for loss in losses if loss.time >= alive]
        if not standing:
            return None, None, None
        time = standing[0].time
        return (time if started is None else max(started, time)), "lost", None
    return None, None, None


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
