"""Inbound calls: every way in which one can go."""

from typing import Any

from tests.agreement.generation.places import LINES, PHONES, RARE, WITHHELD, Place
from tests.agreement.generation.teller import ABSENT, Teller

WAITS = (0, 1, 2_999, 3_000, 4_999, 5_000, 10_000, 14_999, 15_000, 15_001, 20_000, 20_001)
WAITS_TOO = (25_500, 25_501, 30_000, 30_001, 90_000, 600_123)
"""Exactly at the thresholds, and beside them."""

FATES = (
    *("answered",) * 11,
    *("abandoned",) * 5,
    "transferred",
    "transferred",
    "overflowed",
    "overflowed_abandoned",
    "patched",
    "rings_two",
    "direct",
    "menu",
    "voicemail",
    "answered_voicemail",
    "timed_out",
    "rejected",
    "lost",
    "answered_lost",
    "waiting",
    "talking",
    "own_leg",
    "early_end",
)
TAGS = ("source", "channel", "medium", "campaign", "ad_group", "ad", "creative", "keyword")
PAGES = ("landing_page", "referring_url", "referral_source")


def attribution(teller: Teller) -> dict[str, Any]:
    """A few fields of few values, some null."""
    names = [name for name in TAGS + PAGES if teller.chance(0.5)]
    return {name: None if teller.chance(0.1) else f"{name}-{teller.pick('xyz')}" for name in names}


def started(teller: Teller, place: Place, call: str, at: int) -> None:
    """The start of an inbound call, perhaps corrected, perhaps never told."""
    if teller.chance(0.03):
        return
    number = teller.pick(PHONES + RARE) if teller.chance(0.85) else teller.pick(WITHHELD)
    fields: dict[str, Any] = {
        "call": call,
        "direction": "inbound",
        "account": teller.maybe(0.8, teller.pick(place.accounts)),
        "campaign": teller.maybe(0.8, teller.pick(place.inbound)),
        "contact": teller.maybe(0.3, teller.pick(place.contacts)),
        "from_number": ABSENT if number is None and teller.chance(0.5) else number,
        "to_number": teller.pick(LINES),
        "intended_queue": teller.maybe(0.5, teller.pick(place.queues)),
        "call_type": teller.maybe(0.5, teller.pick(("sales", "support"))),
        "tracked": teller.maybe(0.7, teller.chance(0.7)),
        "recording_eligible": teller.maybe(0.4, teller.chance(0.5)),
        "attribution": teller.maybe(0.8, attribution(teller)),
        "location": teller.maybe(0.5, {"country": "US", "region": teller.pick(("CA", "NY"))}),
    }
    teller.tell("call.started", at, **fields)
    if teller.chance(0.15):
        teller.tell(
            "call.started",
            at + teller.pick((0, 1, 700, 60_000)),
            call=call,
            direction="inbound",
            campaign=teller.maybe(0.3, teller.pick(place.inbound)),
            account=teller.maybe(0.3, teller.pick(place.accounts)),
            attribution=teller.maybe(0.5, attribution(teller)),
            call_type=teller.maybe(0.3, "sales"),
        )


def agent_leg(
    teller: Teller, call: str, leg: str, rings: int, answer: int, end: int | None, **fields: Any
) -> None:
    """A leg that is answered, held and ended, its clock perhaps a little off."""
    teller.tell("leg.started", rings, leg=leg, call=call, **fields)
    slip = teller.pick((*(0,) * 24, 500, 2_000, 2_001))
    if slip:
        answer = rings - slip
    teller.tell("leg.answered", answer, leg=leg, call=call)
    if teller.chance(0.05):
        teller.tell("leg.answered", answer + 400, leg=leg, call=call)
    last = end if end is not None else answer + 60_000
    if last - answer > 30_000 and teller.chance(0.5):
        teller.tell("leg.held", answer + 5_000, leg=leg, call=call)
        if teller.chance(0.3):
            teller.tell("leg.held", answer + 6_000, leg=leg, call=call)
        if teller.chance(0.8):
            teller.tell("leg.resumed", answer + 12_345, leg=leg, call=call)
            teller.tell("leg.held", answer + 20_000, leg=leg, call=call)
            teller.tell("leg.resumed", answer + 20_000, leg=leg, call=call)
    if end is not None and teller.chance(0.9):
        teller.tell(
            "leg.ended",
            end,
            leg=leg,
            call=call,
            cause="completed",
            by=teller.maybe(0.5, "caller"),
            cost=teller.maybe(0.5, 0.021),
        )


def inbound(teller: Teller, place: Place, call: str, at: int) -> int:
    """Tell an inbound call; returns when it was over, or would have been."""
    fate = teller.pick(FATES)
    started(teller, place, call, at)
    wait: int = teller.pick(WAITS + WAITS_TOO)
    talk: int = teller.pick((1_000, 20_000, 45_000, 180_500, 3_600_000))
    first, second = teller.pick(place.queues), teller.pick(place.queues)
    one, two = teller.pick(place.agents), teller.pick(place.agents)
    queued: int = at + teller.pick((0, 0, 1_500, 10_000))
    over = queued + wait

    def enter(queue: str, when: int) -> None:
        teller.tell("queue.entered", when, call=call, queue=queue, position=teller.maybe(0.5, 1))

    def leave(queue: str, when: int, reason: str) -> None:
        if teller.chance(0.95):
            teller.tell("queue.left", when, call=call, queue=queue, reason=reason)

    def end(when: int, reason: str) -> int:
        teller.tell("call.ended", when, call=call, reason=reason, by=teller.maybe(0.5, "caller"))
        if teller.chance(0.05):
            teller.tell("call.ended", when + 300, call=call, reason=reason, by="system")
        return when

    def speak(queue: str, rings: int, answer: int, until: int | None, agent: str = one) -> None:
        leave(queue, answer, "answered")
        named = teller.maybe(0.95, agent)
        agent_leg(
            teller, call, f"{call}-a{len(teller.told)}", rings, answer, until, kind="A", agent=named
        )

    if fate in {"rejected", "menu", "direct", "own_leg", "early_end"}:
        if fate == "own_leg":
            agent_leg(teller, call, f"{call}-b", at, at + 100, over, kind="B", number=PHONES[0])
        if fate == "direct":
            agent_leg(teller, call, f"{call}-a", at, over, over + talk, kind="A", agent=one)
            return end(over + talk, "completed")
        if fate == "early_end":
            return end(at - teller.pick((1, 2_000, 2_001)), "failed")
        return end(over, "rejected" if fate == "rejected" else "abandoned")
    enter(first, queued)
    if fate in {"answered", "answered_voicemail", "answered_lost", "talking"}:
        gone = None if fate == "talking" else over + talk
        if teller.chance(0.15):
            moved = over + teller.pick((-1_000, 500))
            teller.tell("call.transferred", moved, call=call, to_agent=two, method="blind")
        speak(first, max(queued, over - 5_000), over, gone)
        reasons = {"answered_voicemail": "voicemail", "answered_lost": "lost"}
        return over + talk if gone is None else end(gone, reasons.get(fate, "completed"))
    if fate == "transferred":
        speak(first, queued, over, over + talk)
        moved = over + talk + teller.pick((0, 500))
        methods = {"method": teller.pick(("blind", "attended")), "to_queue": second}
        teller.tell("call.transferred", moved, call=call, from_agent=one, **methods)
        enter(second, moved)
        speak(second, moved + 500, moved + wait + 1_000, moved + wait + talk + 9_000, agent=two)
        return end(moved + wait + talk + 9_000, "completed")
    if fate in {"overflowed", "overflowed_abandoned"}:
        leave(first, over, "overflowed")
        enter(second, over)
        if fate == "overflowed":
            speak(second, over, over + wait, over + wait + talk)
            return end(over + wait + talk, "completed")
        return end(over + wait, "abandoned")
    if fate == "patched":
        teller.tell("call.transferred", over, call=call, to_number=PHONES[2], method="blind")
        leave(first, over, "redirected")
        agent_leg(teller, call, f"{call}-s", over, over + 900, over + talk, kind="S")
        return end(over + talk, "completed")
    if fate == "rings_two":
        teller.tell("leg.started", queued, leg=f"{call}-r", call=call, kind="A", agent=two)
        teller.tell("leg.ended", over, leg=f"{call}-r", call=call, cause="no_answer")
        speak(first, over, over + 4_000, over + talk + 4_000)
        agent_leg(
            teller, call, f"{call}-m", over + 4_500, over + 4_500, over + talk, kind="M", agent=two
        )
        return end(over + talk + 4_000, "completed")
    if fate == "waiting":
        return over
    reason = fate if fate in {"abandoned", "voicemail", "timed_out", "lost"} else "abandoned"
    leave(first, over, reason)
    return end(over, reason)
