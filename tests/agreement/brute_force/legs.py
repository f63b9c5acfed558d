"""The legs of a call: who was connected, from when to when, and held for how long."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tests.agreement.brute_force import clock
from tests.agreement.brute_force.merge import first, merged
from tests.agreement.brute_force.valid import Told

TOLERANCE = 2_000
"""An end or answer this much before its start counts as at the start (reading 2)."""


@dataclass
class Leg:
    """A connection of a call; times in milliseconds."""

    fields: dict[str, Any]
    start: int
    answered: int | None
    answer_order: tuple[int, int, str]
    by: str | None
    judged_from: int | None
    """Where a drop is judged from: the greeting's end where given, else the answer."""
    end: int | None
    own_end: int | None
    held: int

    @property
    def kind(self) -> str:
        return str(self.fields["kind"])

    @property
    def agent(self) -> str | None:
        agent: str | None = self.fields.get("agent")
        return agent

    @property
    def talk(self) -> int:
        """Answer to end less hold; 0 while it goes on."""
        if self.answered is None or self.end is None:
            return 0
        return max(0, self.end - self.answered) - self.held


def possible(events: Sequence[Told], start: int) -> list[Told]:
    """Those not earlier than the start by more than clocks differ."""
    return [event for event in events if event.time >= start - TOLERANCE]


def held_between(events: Sequence[Told], since: int, until: int) -> int:
    """Milliseconds on hold between two instants."""
    result, held_at = 0, None
    for event in sorted(events, key=lambda each: each.order):
        if event.type == "leg.held" and held_at is None:
            held_at = event.time
        elif event.type == "leg.resumed" and held_at is not None:
            result += max(0, min(event.time, until) - max(held_at, since))
            held_at = None
    if held_at is not None:
        result += max(0, until - max(held_at, since))
    return result


def leg_of(events: Sequence[Told], call_end: int | None) -> Leg | None:
    """The leg that these events tell of; None without a leg.started."""
    by_type = {kind: [each for each in events if each.type == kind] for kind in LEG_TYPES}
    begun = first(by_type["leg.started"])
    if begun is None:
        return None
    start = begun.time
    answers = possible(by_type["leg.answered"], start)
    ends = possible(by_type["leg.ended"], start)
    answer, ended = first(answers), first(ends)
    said = merged(answers)
    answered = max(start, answer.time) if answer else None
    own_end = max(start, ended.time) if ended else None
    end = own_end if own_end is not None else call_end
    held = 0
    if answered is not None and end is not None:
        held = held_between(by_type["leg.held"] + by_type["leg.resumed"], answered, end)
    return Leg(
        fields=merged(by_type["leg.started"]),
        start=start,
        answered=answered,
        answer_order=(answered or 0, answer.sequence, answer.id) if answer else (0, 0, ""),
        by=said.get("by"),
        judged_from=clock.milliseconds(said.get("greeting_ended")) or answered,
        end=end,
        own_end=own_end,
        held=held,
    )


LEG_TYPES = ("leg.started", "leg.answered", "leg.held", "leg.resumed", "leg.ended")
