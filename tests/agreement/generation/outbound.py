"""Outbound calls: who answered, and whether an agent was there."""

from typing import Any

from tests.agreement.generation.places import LINES, PHONES, WITHHELD, Place
from tests.agreement.generation.teller import ABSENT, Teller

FATES = (
    *("person",) * 8,
    *("dropped",) * 3,
    "no_answer",
    "busy",
    "failed",
    "machine",
    "machine_with_agent",
    "fax",
    "person_no_way",
    "ringing",
    "speaking",
    "lost",
)
DELAYS = (-20_000, -1, 0, 1, 1_499, 1_500, 1_501, 1_999, 2_000, 2_001, 2_500, 2_501, 3_000, 3_001)
"""Milliseconds from the contact's answer to the agent's: before, at and beyond the limits."""


def started(teller: Teller, place: Place, call: str, at: int, number: str | None = None) -> None:
    """The start of a dial; to a number, where one is to be called back."""
    anyone = teller.pick(PHONES) if teller.chance(0.9) else teller.pick(WITHHELD)
    fields: dict[str, Any] = {
        "call": call,
        "direction": "outbound",
        "account": teller.maybe(0.8, teller.pick(place.accounts)),
        "campaign": teller.maybe(0.8, teller.pick(place.outbound)),
        "sub_campaign": teller.maybe(0.2, place.sub),
        "contact": teller.maybe(0.7, teller.pick(place.contacts)),
        "attempt": teller.maybe(0.7, teller.pick((1, 1, 2, 3))),
        "from_number": teller.maybe(0.9, teller.pick(LINES)),
        "to_number": number or anyone,
        "list": teller.maybe(0.3, "list-1"),
        "recording_eligible": teller.maybe(0.3, teller.chance(0.5)),
        "attribution": teller.maybe(0.1, {"source": "source-x", "campaign": "campaign-x"}),
    }
    teller.tell("call.started", at, **fields)
    if teller.chance(0.1):
        correction = {"attempt": teller.pick((2, None)), "contact": teller.pick(place.contacts)}
        teller.tell("call.started", at + 5_000, call=call, direction="outbound", **correction)


def outbound(teller: Teller, place: Place, call: str, at: int, number: str | None = None) -> int:
    """Tell an outbound call; returns when it was over, or would have been."""
    fate = teller.pick(FATES)
    started(teller, place, call, at, number)
    contact, agent = f"{call}-b", f"{call}-a"
    answer = at + teller.pick((0, 4_000, 12_500))
    over: int = answer + teller.pick((1_000, 5_000, 61_000, 240_000))
    teller.tell("leg.started", at, leg=contact, call=call, kind="B", number=teller.maybe(0.9, "+1"))

    def end(reason: str) -> int:
        teller.tell("call.ended", over, call=call, reason=reason, by=teller.maybe(0.5, "system"))
        return over

    def answered(by: Any) -> None:
        greeted = teller.maybe(0.3, teller.time(answer + teller.pick((0, 700, 1_800))))
        teller.tell("leg.answered", answer, leg=contact, call=call, by=by, greeting_ended=greeted)
        teller.tell("leg.ended", over, leg=contact, call=call, cause="completed")

    def connect(when: int, until: int | None) -> None:
        rings = min(at, when)
        name = teller.maybe(0.95, teller.pick(place.agents))
        teller.tell("leg.started", rings, leg=agent, call=call, kind="A", agent=name)
        teller.tell("leg.answered", when, leg=agent, call=call)
        if until is not None:
            teller.tell("leg.ended", until, leg=agent, call=call, cause="completed", cost=0.01)

    if fate == "ringing":
        return over
    if fate in {"no_answer", "busy", "failed"}:
        teller.tell("leg.ended", over, leg=contact, call=call, cause=fate, code=ABSENT)
        return end(fate)
    if fate in {"machine", "machine_with_agent", "fax", "person_no_way"}:
        by = {"fax": "fax", "person_no_way": "human"}.get(fate, "machine")
        answered(by)
        if fate in {"machine_with_agent", "person_no_way"}:
            connect(answer + 500, over)
        return end("fax" if fate == "fax" else "machine")
    answered(teller.pick(("human", "human", "unknown", ABSENT, None)))
    if fate == "dropped":
        if teller.chance(0.4):
            gone = answer - teller.pick((0, 1, 1_000))
            connect(min(at, gone), gone)
        return end("dropped")
    if fate == "speaking":
        connect(answer + 200, None)
        return over
    possible = [delay for delay in DELAYS if answer + delay <= over]
    connect(answer + teller.pick(possible), teller.pick((over, over, None)))
    return end("lost" if fate == "lost" else "completed")
