"""What becomes known of a call during and after it: outcome, analysis, checks, money."""

from typing import Any

from tests.agreement.generation.places import PHONES, WITHHELD, Place
from tests.agreement.generation.teller import ABSENT, Teller

FLAGS = ("qualified", "spam", "wrong_number", "appointment", "quote", "lead", "converted")
OUTCOMES = ("booked", "booked", "booked", "quoted", "sold", "lost", "support", "other")
AMOUNTS = (0, 19.99, 100, 250.5, 0.1, 1234.56)


def outcome(teller: Teller, place: Place, call: str, at: int) -> None:
    """What the agent put down, and perhaps what it was corrected to."""
    for again in range(teller.pick((0, 1, 1, 1, 2))):
        flags: dict[str, Any] = {name: teller.maybe(0.3, teller.chance(0.8)) for name in FLAGS}
        teller.tell(
            "call.outcome",
            at + again * teller.pick((0, 1_000, 7_200_000)),
            call=call,
            disposition=teller.maybe(0.7, teller.pick(("done", "again", "never"))),
            outcome=teller.maybe(0.7, teller.pick(OUTCOMES)),
            call_type=teller.maybe(0.2, teller.pick(("sales", "billing"))),
            quote_value=teller.maybe(0.2, teller.pick(AMOUNTS)),
            lead_score=teller.maybe(0.3, teller.pick((0, 10, 77.5, 100))),
            survey=teller.maybe(0.1, [{"question": "Happy?", "answer": "yes"}]),
            **flags,
        )


def analysed(teller: Teller, call: str, at: int) -> None:
    required = teller.pick((ABSENT, 4, 5, None))
    followed = teller.pick((0, 3, 4)) if isinstance(required, int) else ABSENT
    teller.tell(
        "call.analysed",
        at,
        call=call,
        intent=teller.maybe(0.6, teller.pick(("buy", "complain", "none"))),
        sentiment=teller.maybe(0.7, teller.pick((-1, -0.25, -0.26, 0, 0.25, 0.251, 1))),
        transcribed=teller.maybe(0.8, teller.chance(0.7)),
        silence_seconds=teller.maybe(0.6, teller.pick((0, 1.5, 12))),
        dead_air_count=teller.maybe(0.6, teller.pick((0, 0, 1, 3))),
        script_steps_required=required,
        script_steps_followed=followed,
        phrases=teller.maybe(0.6, teller.pick(([], ["refund"], ["refund", "cancel"], ["hello"]))),
    )


def judged(teller: Teller, call: str, at: int) -> None:
    """Reviews, matches, exports and checks: several, the latest counts."""
    if teller.chance(0.3):
        verdict = teller.maybe(0.6, teller.pick(OUTCOMES))
        teller.tell(
            "call.reviewed",
            at,
            call=call,
            spam=teller.maybe(0.6, teller.chance(0.3)),
            outcome=verdict,
        )
    for later in range(teller.pick((0, 0, 1, 2))):
        record = teller.pick(("r-1", "r-2", None))
        teller.tell("call.matched", at + later, call=call, record=record)
    for later in range(teller.pick((0, 0, 1, 3))):
        platform = teller.pick(("ads", "social"))
        teller.tell(
            "call.exported", at + later * 900, call=call, platform=platform, ok=teller.chance(0.6)
        )
    for later in range(teller.pick((0, 0, 1, 3))):
        rule = teller.pick(("consent", "recording_notice"))
        teller.tell(
            "call.checked", at + later * 900, call=call, rule=rule, passed=teller.chance(0.7)
        )


def recorded(teller: Teller, call: str, at: int) -> None:
    for leg in (ABSENT, f"{call}-x"):
        if teller.chance(0.4):
            teller.tell("call.recording", at, call=call, leg=leg, status="started")
        if teller.chance(0.3):
            status = teller.pick(("completed", "failed"))
            teller.tell("call.recording", at + 2_000, call=call, leg=leg, status=status)


def sold(teller: Teller, place: Place, call: str, at: int, others: list[str]) -> None:
    """A sale and an opportunity of the call, corrected, moved to another call, or cut loose."""
    phone = teller.pick((*PHONES, *WITHHELD))
    contact = teller.maybe(0.4, teller.pick(place.contacts))
    deal = f"deal-{teller.pick(range(30))}" if teller.chance(0.5) else f"deal-{call}"
    if teller.chance(0.35):
        when = at
        for stage in teller.pick(
            (("open",), ("won",), ("open", "won"), ("open", "won", "lost", "won"), ("won", "lost"))
        ):
            teller.tell(
                "opportunity.changed",
                when,
                opportunity=deal,
                call=teller.maybe(0.8, call),
                contact=contact,
                phone=teller.maybe(0.3, phone),
                stage=stage,
                value=teller.pick(AMOUNTS),
            )
            when += teller.pick((0, 1_000, 3_600_000, 86_400_000, 40 * 86_400_000))
    if teller.chance(0.3):
        sale = f"sale-{call}"
        when = at + teller.pick((-86_400_000, 0, 0, 60_000, 86_400_000, 500 * 86_400_000))
        teller.tell(
            "sale.recorded",
            when,
            sale=sale,
            call=teller.maybe(0.8, call),
            phone=teller.maybe(0.3, phone),
            contact=contact,
            amount=teller.pick(AMOUNTS),
            opportunity=teller.maybe(0.3, deal),
        )
        if teller.chance(0.3):
            moved = teller.pick((None, teller.pick(others), ABSENT))
            amount = teller.pick(AMOUNTS)
            teller.tell(
                "sale.recorded",
                when + teller.pick((0, 5_000)),
                sale=sale,
                call=moved,
                amount=amount,
            )


def wrapped(teller: Teller, place: Place, call: str, at: int) -> None:
    agent = teller.pick(place.agents)
    for again in range(teller.pick((0, 1, 1, 1, 2))):
        seconds = teller.maybe(0.5, teller.pick((0, 12, 30.5)))
        when = at + 15_000 + again * 10_000
        teller.tell("call.wrapped", when, call=call, agent=agent, seconds=seconds)


def aftermath(teller: Teller, place: Place, call: str, at: int, others: list[str]) -> None:
    """Everything that is told of a call beside its course."""
    outcome(teller, place, call, at + 1_000)
    wrapped(teller, place, call, at)
    recorded(teller, call, at)
    if teller.chance(0.5):
        analysed(teller, call, at + 60_000)
    if teller.chance(0.1):
        analysed(teller, call, at + 61_000)
    judged(teller, call, at + 120_000)
    sold(teller, place, call, at, others)
