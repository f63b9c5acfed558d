"""What a call adds to its rollup buckets: one pure function, so that rollups equal recomputation.

Whole numbers only (counts, milliseconds, millionths): their sums do not depend on the order.
"""

from typing import Final, NamedTuple

from wallboard.events.calls import Attribution, CallOutcome, CallStarted
from wallboard.facts.call import Call
from wallboard.facts.judgement import Judgement

MEASURES: Final = (
    "calls",
    "answered",
    "missed",
    "connected",
    "voicemail",
    "abandoned",
    "short_abandoned",
    "answer_ms",
    "within_target",
    "abandoned_within_target",
    "waited",
    "wait_ms",
    "answered_stays",
    "answered_stay_ms",
    "overflowed",
    "transfers",
    "ended",
    "duration_ms",
    "talk_ms",
    "hold_ms",
    "wrap_ms",
    "decided",
    "dial_answered",
    "live_answers",
    "dropped",
    "live_with_agent",
    "machine_with_agent",
    "drop_allowance_millionths",
    "retries",
    "after_hours",
    "after_hours_answered",
    "routed",
    "routed_right",
    "transferred",
    "intended",
    "intended_right",
    "tracked",
    "eligible_connected",
    "qualified",
    "spam",
    "wrong_number",
    "appointment",
    "quote",
    "lead",
    "converted_flags",
    "sales_inquiry",
    "attributed",
)
"""The columns of the rollups. A change of them, or of their meaning, rebuilds the rollups."""

Vector = tuple[int, ...]
NOTHING: Final[Vector] = (0,) * len(MEASURES)


class Bucket(NamedTuple):
    """Where a call counts: its start, and what it is filtered by; empty text for none."""

    started: int
    source: int
    direction: str
    campaign: str
    queue: str


def bucket_of(call: Call, verdict: Judgement, source: int) -> Bucket | None:
    """The bucket of a call; None for one without a call.started, which counts nowhere."""
    if call.started is None or call.said is None:
        return None
    campaign = call.said.campaign
    return Bucket._make(  # half the time of naming them one by one
        (
            call.started,
            source,
            call.said.direction,
            campaign if isinstance(campaign, str) else "",
            verdict.first_queue or "",
        )
    )


def measures(call: Call, verdict: Judgement) -> Vector:
    """What the call counts as, in the order of MEASURES."""
    said = call.said
    if said is None or call.started is None:
        return NOTHING
    outcome, attribution, intended = call.outcome, said.attribution, said.intended_queue
    is_intended = verdict.first_queue is not None and isinstance(intended, str)
    transfers = len(call.transfers)
    course, after_hours_answered = (
        _of_inbound(call, verdict)
        if said.direction == "inbound"
        else _of_outbound(call, verdict, said)
    )
    others = (
        verdict.after_hours,
        after_hours_answered,
        verdict.routed,
        verdict.routed_right,
        1 if transfers else 0,
        1 if is_intended else 0,
        1 if is_intended and verdict.first_queue == intended else 0,
        1 if said.tracked is True else 0,
        verdict.connected if said.recording_eligible is not False else 0,
    )
    flags = _NO_OUTCOME if outcome is None else _of_outcome(outcome)
    last = (
        1 if call.call_type == "sales" else 0,
        1 if isinstance(attribution, Attribution) and _is_attributed(attribution) else 0,
    )
    return course + others + flags + last


def _of_inbound(call: Call, verdict: Judgement) -> tuple[Vector, int]:
    """What an inbound call came to, and whether it was answered after hours."""
    result, ended, reason = verdict.result, call.ended, call.end_reason
    answered = 1 if verdict.answered_at is not None else 0
    abandoned = 1 if result == "abandoned" else 0
    within = verdict.within_target
    handled = verdict.connected
    course = (
        1,
        answered,
        1 if ended is not None and not answered and reason != "lost" else 0,
        handled,
        1 if reason == "voicemail" else 0,
        abandoned,
        1 if result == "short_abandoned" else 0,
        verdict.answer_ms or 0,
        within if answered else 0,
        within if abandoned else 0,
        verdict.waited,
        verdict.wait_ms,
        verdict.answered_stays,
        verdict.answered_stay_ms,
        verdict.overflowed,
        len(call.transfers),
        0 if ended is None else 1,
        0 if ended is None or call.started is None else ended - call.started,
        verdict.talk_ms if handled else 0,
        verdict.hold_ms if handled else 0,
        verdict.wrap_ms if handled else 0,
    )
    return course + _NO_DIAL, answered and verdict.after_hours


_NO_DIAL: Final[Vector] = (0,) * 8


def _of_outbound(call: Call, verdict: Judgement, said: CallStarted) -> tuple[Vector, int]:
    """What a dial came to; as inbound it was not answered, after hours or else."""
    ended, live = call.ended, verdict.live
    answered = 1 if verdict.answered_at is not None else 0
    handled = 1 if live and verdict.connected else 0
    attempt = said.attempt
    course = (
        1,
        0,
        0,
        verdict.connected,
        0,
        0,
        0,
        verdict.answer_ms or 0,
        0,
        0,
        verdict.waited,
        verdict.wait_ms,
        verdict.answered_stays,
        verdict.answered_stay_ms,
        verdict.overflowed,
        len(call.transfers),
        0 if ended is None else 1,
        0 if ended is None or call.started is None else ended - call.started,
        verdict.talk_ms if handled else 0,
        verdict.hold_ms if handled else 0,
        verdict.wrap_ms if handled else 0,
        1 if answered or ended is not None else 0,
        answered,
        live,
        verdict.dropped,
        1 if handled and not verdict.dropped else 0,
        verdict.machine_with_agent,
        verdict.drop_allowance_millionths,
        1 if isinstance(attempt, int) and attempt > 1 else 0,
    )
    return course, 0


_NO_OUTCOME: Final[Vector] = (0,) * 7


def _of_outcome(outcome: CallOutcome) -> Vector:
    """The flags of the outcome; the last is whether any makes it a conversion (readings 37)."""
    appointment, quote = outcome.appointment is True, outcome.quote is True
    lead = outcome.lead is True
    return (
        int(outcome.qualified is True),
        int(outcome.spam is True),
        int(outcome.wrong_number is True),
        int(appointment),
        int(quote),
        int(lead),
        int(lead or appointment or quote or outcome.converted is True),
    )


def _is_attributed(attribution: Attribution) -> bool:
    """Whether anything says what brought the caller (metric 111)."""
    return (
        isinstance(attribution.source, str)
        or isinstance(attribution.campaign, str)
        or isinstance(attribution.channel, str)
        or isinstance(attribution.keyword, str)
    )
