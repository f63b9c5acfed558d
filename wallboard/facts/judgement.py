"""How a call is judged: its answer, its result, and whether it met its targets.

A pure function of the call's facts, the definitions in force when it started, and the settings.
Formulas are those of metrics.csv (numbers in brackets) as readings.md tells to read them.
"""

from collections.abc import Callable
from typing import Final, NamedTuple

from msgspec import Struct

from wallboard.facts.call import Call, Leg, Stay

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
    wait_ms: int = 0
    waited: int = 0
    talk_ms: int = 0
    hold_ms: int = 0
    wrap_ms: int = 0
    live: int = 0
    dropped: int = 0
    amd: str | None = None
    answered_stays: int = 0
    answered_stay_ms: int = 0
    overflowed: int = 0
    routed: int = 0
    routed_right: int = 0
    machine_with_agent: int = 0
    drop_allowance_millionths: int = 0
    after_hours: int = 0
    abandon_wait_ms: int | None = None


MACHINES: Final = frozenset({"machine", "fax"})


def always_open(_: int) -> bool:
    """No instant is after hours."""
    return False


def judge(call: Call, terms: Terms, after_hours: Callable[[int], bool] = always_open) -> Judgement:
    """Judge a call; one without a call.started is judged as inbound and counted nowhere.

    `after_hours` tells whether an instant (UTC ms) lies outside business hours.
    """
    verdict = Judgement()
    if call.stays:
        _waits(call.stays, verdict)
    _agents(call, verdict)
    if call.said is not None and call.said.direction == "outbound":
        _judge_outbound(call, terms, verdict)
    else:
        _judge_inbound(call, terms, verdict)
    if call.started is not None and after_hours(call.started):
        verdict.after_hours = 1
    answered = verdict.answered_at
    if answered is not None or call.ended is not None:
        routed = bool(call.stays) or _is_routed(call.legs)
        if routed:
            verdict.routed = 1
        if routed and verdict.connected and not _is_handed_on(call, answered):
            verdict.routed_right = 1
    return verdict


_ROUTED: Final = frozenset({"A", "S"})


def _is_routed(legs: list[Leg]) -> bool:
    """Whether the call went to an agent or a system."""
    # This and what follows are loops: with one or two legs a generator costs more than its items.
    for leg in legs:  # noqa: SIM110 - as above
        if leg.kind in _ROUTED:
            return True
    return False


def _is_handed_on(call: Call, answered: int | None) -> bool:
    """Whether the call was transferred after its answer."""
    if answered is None or not call.transfers:
        return False
    return any(transfer.time > answered for transfer in call.transfers)


def _waits(stays: list[Stay], verdict: Judgement) -> None:
    """The stays in queues, later ones too (readings 30)."""
    verdict.first_queue = stays[0].queue
    for stay in stays:
        if stay.left is None:
            continue
        length = stay.left - stay.entered
        verdict.waited = 1
        verdict.wait_ms += length
        if stay.reason == "answered":
            verdict.answered_stays += 1
            verdict.answered_stay_ms += length
        elif stay.reason == "overflowed":
            verdict.overflowed = 1


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
    answered: int | None = None
    for leg in call.legs:
        time = leg.answered
        if time is not None and leg.kind in _ROUTED and (answered is None or time < answered):
            answered = time
    waited_from = call.stays[0].entered if call.stays else call.started
    if answered is not None:
        verdict.answered_at = answered
        verdict.connected = 1
        verdict.answer_ms = answer_ms = max(0, answered - (waited_from or answered))
        if answer_ms <= terms.service_level_ms:
            verdict.within_target = 1
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
            if call.end_reason in MACHINES:
                verdict.machine_with_agent = int(_with_agent(call, None))
        return
    verdict.answered_at = answered = contact.answered
    verdict.amd = contact.by or "unknown"
    if contact.by in MACHINES or call.end_reason in MACHINES:
        verdict.result = "fax" if "fax" in {contact.by, call.end_reason} else "machine"
        verdict.machine_with_agent = int(_with_agent(call, answered))
        return
    verdict.live = 1
    verdict.drop_allowance_millionths = terms.drop_limit_millionths
    deadline = (contact.greeting_ended or answered) + terms.drop_ms
    connections = [
        leg.answered
        for leg in call.legs
        if leg.kind == "A"
        and leg.answered is not None
        and (leg.ended is None or leg.ended >= answered)
    ]
    verdict.connected = 1 if connections else 0
    in_time = bool(connections) and min(connections) <= deadline
    decided = call.ended is not None or connections or call.decided_until > deadline
    if not in_time and decided:
        verdict.dropped = 1
        verdict.result = "dropped"
    elif connections:
        verdict.result = "answered"


def _with_agent(call: Call, answered: int | None) -> bool:
    """Whether an agent was on a dial that a machine answered (readings 52)."""
    return any(
        leg.kind == "A"
        and leg.answered is not None
        and (leg.ended is None or answered is None or leg.ended >= answered)
        for leg in call.legs
    )
