"""Calls: what the events of one call come to."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from tests.agreement.brute_force.legs import LEG_TYPES, Leg, leg_of, possible
from tests.agreement.brute_force.merge import first, merged
from tests.agreement.brute_force.money import Opportunity, Sale
from tests.agreement.brute_force.stays import Stay, stays_of
from tests.agreement.brute_force.valid import Told

Key = tuple[str, str]
"""An entity: ids are unique per source."""


@dataclass
class Call:
    """A call that started, with everything on it; times in milliseconds."""

    source: str
    id: str
    order: tuple[int, int, str]
    fields: dict[str, Any]
    start: int
    end: int | None
    reason: str | None
    legs: list[Leg]
    stays: list[Stay]
    transfers: list[int]
    wraps: list[Decimal]
    """Seconds of after-call work, one per agent."""
    recordings: dict[str | None, set[str]]
    """The statuses told of each recording, by leg."""
    outcome: dict[str, Any]
    analysed: dict[str, Any] | None
    reviewed: dict[str, Any]
    record: str | None
    exports: dict[str, bool]
    checks: dict[str, bool]
    sales: list[Sale] = field(default_factory=list)
    opportunities: list[Opportunity] = field(default_factory=list)

    @property
    def inbound(self) -> bool:
        return bool(self.fields["direction"] == "inbound")

    @property
    def answered_agent_legs(self) -> list[Leg]:
        """A-legs that were answered, in the order of their answers."""
        answered = [leg for leg in self.legs if leg.kind == "A" and leg.answered is not None]
        return sorted(answered, key=lambda leg: leg.answer_order)

    @property
    def attribution(self) -> dict[str, Any]:
        return self.fields.get("attribution") or {}

    @property
    def queue(self) -> str | None:
        return self.stays[0].queue if self.stays else None

    @property
    def agent(self) -> str | None:
        legs = self.answered_agent_legs
        return legs[-1].agent if legs else None

    def flag(self, name: str) -> bool:
        return self.outcome.get(name) is True


def wraps_of(events: Sequence[Told], legs: Sequence[Leg], end: int | None) -> list[Decimal]:
    """Seconds of wrap-up per agent; where not told, from the agent's last leg end (reading 34)."""
    by_agent = defaultdict(list)
    for event in events:
        by_agent[event.data["agent"]].append(event)
    result = []
    for agent, told in by_agent.items():
        given = merged(told).get("seconds")
        ends = [leg.end for leg in legs if leg.kind == "A" and leg.agent == agent]
        known = [each for each in [*ends] if each is not None] or ([] if end is None else [end])
        finished = min(told, key=lambda each: each.order).time
        if given is not None:
            result.append(Decimal(str(given)))
        elif known:
            result.append(Decimal(max(0, finished - max(known))) / 1000)
    return result


def latest(events: Iterable[Told], name: str) -> dict[str, dict[str, Any]]:
    """The merged events by one of their fields (a platform, a rule)."""
    groups = defaultdict(list)
    for event in events:
        groups[event.data[name]].append(event)
    return {key: merged(group) for key, group in groups.items()}


def call_of(key: Key, events: Sequence[Told]) -> Call | None:
    """The call of these events; None without a call.started (reading 6)."""
    of: dict[str, list[Told]] = defaultdict(list)
    for event in events:
        of[event.type].append(event)
    begun = first(of["call.started"])
    if begun is None:
        return None
    ends = possible(of["call.ended"], begun.time)
    ended = first(ends)
    end = max(begun.time, ended.time) if ended else None
    by_leg = defaultdict(list)
    for event in events:
        if event.type in LEG_TYPES:
            by_leg[event.data["leg"]].append(event)
    found = [leg_of(group, end) for group in by_leg.values()]
    legs = [leg for leg in found if leg is not None]
    fields = merged(of["call.started"])
    typed = [each for each in of["call.started"] + of["call.outcome"] if "call_type" in each.data]
    fields["call_type"] = merged(typed).get("call_type")
    recordings: dict[str | None, set[str]] = defaultdict(set)
    for event in of["call.recording"]:
        recordings[event.data.get("leg")].add(event.data["status"])
    return Call(
        source=key[0],
        id=key[1],
        order=begun.order,
        fields=fields,
        start=begun.time,
        end=end,
        reason=merged(ends).get("reason"),
        legs=legs,
        stays=stays_of(of["queue.entered"] + of["queue.left"], end),
        transfers=[event.time for event in of["call.transferred"]],
        wraps=wraps_of(of["call.wrapped"], legs, end),
        recordings=recordings,
        outcome=merged(of["call.outcome"]),
        analysed=merged(of["call.analysed"]) if of["call.analysed"] else None,
        reviewed=merged(of["call.reviewed"]),
        record=merged(of["call.matched"]).get("record"),
        exports={name: one["ok"] for name, one in latest(of["call.exported"], "platform").items()},
        checks={name: one["passed"] for name, one in latest(of["call.checked"], "rule").items()},
    )
