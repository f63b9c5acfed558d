"""What agents did after a call."""

from typing import Any

from wallboard.facts.call import Call, Leg, WrapUp
from wallboard.facts.entry import Entry
from wallboard.facts.evidence import together
from wallboard.facts.said import given


def wrap_ups_of(entries: list[Entry], facts: Call) -> list[WrapUp]:
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
        wrapped: Any = together(said)
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
