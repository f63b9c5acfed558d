"""How a call is judged: its answer, its result, and whether it met its targets.

A pure function of the call's facts, the definitions in force when it started, and the settings.
Formulas are those of metrics.csv (numbers in brackets) as readings.md tells to read them.
"""

from typing import Final, NamedTuple

from msgspec import Struct

from wallboard.facts.call import Call, Leg

MILLION: Final = 1_000_000


class Terms(NamedTuple):
    """The thresholds that apply to one call; milliseconds, and shares in millionths."""

    service_level_ms: int
    short_abandon_ms: int
    drop_ms: int
    drop_limit_millionths: int


class Judgement(Struct, gc=False):
    """What a call came to. Times are UTC ms, durations ms, flags whole numbers to be summed.

    `answered_at`: inbound, the first answer by an A- or S-leg; outbound, the answer of the B-leg.
    `connected`: two-way conversation with an agent (or, inbound, a patched-through party).
    `live`: outbound, answered by a person as far as anyone knows (readings 49).
    """

    answered_at: int | None = None
    connected: int = 0
    result: str = "in_progress"
    agent: str | None = None
    first_queue: str | None = None
    answer_ms: int | None = None
    within_target: int = 0
    abandon_wait_ms: int | None = None
    wait_ms: int = 0
    waited: int = 0
    talk_ms: int = 0
    hold_ms: int = 0
    wrap_ms: int = 0
    live: int = 0
    dropped: int = 0
    amd: str | None = None


def judge(call: Call, terms: Terms) -> Judgement:
    """Judge a call; one without a call.started is judged as inbound and counted nowhere."""
    verdict = Judgement()
    stays = call.stays
    if stays:
        verdict.first_queue = stays[0].queue
        for stay in stays:
            if stay.left is not None:
                verdict.waited = 1
                verdict.wait_ms += stay.left - stay.entered
    _agents(call, verdict)
    if call.said is not None and call.said.direction == "outbound":
        _judge_outbound(call, terms, verdict)
    else:
        _judge_inbound(call, terms, verdict)
    return verdict


def _agents(call: Call, verdict: Judgement) -> None:
    """The last answered agent, and the time spent (readings 31 to 34)."""
    latest = -1
    over = call.ended is not None
    for leg in call.legs:
        if leg.kind == "A" and leg.answered is not None:
            if leg.answered > latest:
                latest, verdict.agent = leg.answered, leg.agent
            if over:
                verdict.talk_ms += leg.talk_ms
                verdict.hold_ms += leg.hold_ms
    for wrap_up in call.wrap_ups:
        verdict.wrap_ms += wrap_up.length_ms


def _judge_inbound(call: Call, terms: Terms, verdict: Judgement) -> None:
    answered = min(
        (leg.answered for leg in call.legs if leg.answered is not None and leg.kind in {"A", "S"}),
        default=None,
    )
    waited_from = call.stays[0].entered if call.stays else call.started
    if answered is not None:
        verdict.answered_at = answered
        verdict.connected = 1
        verdict.answer_ms = max(0, answered - (waited_from or answered))
        verdict.within_target = int(verdict.answer_ms <= terms.service_level_ms)
        verdict.result = "answered"
    elif call.ended is not None:
        verdict.result = call.end_reason or "lost"
        if verdict.result == "abandoned":
            wait = max(0, call.ended - (waited_from or call.ended))
            verdict.abandon_wait_ms = wait
            verdict.within_target = int(wait <= terms.service_level_ms)
            if wait < terms.short_abandon_ms:
                verdict.result = "short_abandoned"


def _judge_outbound(call: Call, terms: Terms, verdict: Judgement) -> None:
    contact: Leg | None = None
    for leg in call.legs:
        if (
            leg.kind == "B"
            and leg.answered is not None
            and (contact is None or leg.answered < (contact.answered or 0))
        ):
            contact = leg
    if contact is None or contact.answered is None:
        if call.ended is not None:
            verdict.result = call.end_reason or "lost"
        return
    verdict.answered_at = answered = contact.answered
    verdict.amd = contact.by or "unknown"
    verdict.live = int(
        contact.by not in {"machine", "fax"} and call.end_reason not in {"machine", "fax"}
    )
    if not verdict.live:
        verdict.result = "fax" if "fax" in {contact.by, call.end_reason} else "machine"
        return
    deadline = (contact.greeting_ended or answered) + terms.drop_ms
    connections = [
        leg.answered
        for leg in call.legs
        if leg.kind == "A"
        and leg.answered is not None
        and (leg.ended is None or leg.ended >= answered)
    ]
    verdict.connected = int(bool(connections))
    in_time = any(answer <= deadline for answer in connections)
    decided = call.ended is not None or connections or call.decided_until > deadline
    verdict.dropped = int(not in_time and bool(decided))
    if verdict.dropped:
        verdict.result = "dropped"
    elif connections:
        verdict.result = "answered"
