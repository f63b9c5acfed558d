"""What a call adds to its rollup buckets: one pure function, so that rollups equal recomputation.

Whole numbers only (counts, milliseconds, millionths): their sums do not depend on the order.
"""

from typing import Final, NamedTuple

from wallboard.events.calls import Attribution, CallOutcome
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
    return Bucket(
        call.started,
        source,
        call.said.direction,
        campaign if isinstance(campaign, str) else "",
        verdict.first_queue or "",
    )


def measures(call: Call, verdict: Judgement) -> Vector:
    """What the call counts as, in the order of MEASURES."""
    said = call.said
    if said is None:
        return NOTHING
    inbound = said.direction == "inbound"
    ended = call.ended is not None
    result = verdict.result
    answered = verdict.answered_at is not None
    handled = verdict.connected and (inbound or verdict.live)
    attempt = said.attempt
    intended = said.intended_queue
    after_hours = verdict.after_hours
    outcome = call.outcome
    return (
        1,
        int(inbound and answered),
        int(inbound and ended and not answered and call.end_reason != "lost"),
        verdict.connected,
        int(inbound and call.end_reason == "voicemail"),
        int(inbound and result == "abandoned"),
        int(inbound and result == "short_abandoned"),
        verdict.answer_ms or 0,
        int(inbound and answered and verdict.within_target),
        int(inbound and result == "abandoned" and verdict.within_target),
        verdict.waited,
        verdict.wait_ms,
        verdict.answered_stays,
        verdict.answered_stay_ms,
        verdict.overflowed,
        len(call.transfers),
        int(ended),
        call.ended - call.started if call.ended is not None and call.started is not None else 0,
        verdict.talk_ms if handled else 0,
        verdict.hold_ms if handled else 0,
        verdict.wrap_ms if handled else 0,
        int(not inbound and (ended or answered)),
        int(not inbound and answered),
        verdict.live,
        verdict.dropped,
        int(verdict.live and verdict.connected),
        verdict.machine_with_agent,
        verdict.drop_allowance_millionths,
        int(not inbound and isinstance(attempt, int) and attempt > 1),
        after_hours,
        int(inbound and answered and after_hours),
        verdict.routed,
        verdict.routed_right,
        int(bool(call.transfers)),
        int(isinstance(intended, str) and verdict.first_queue is not None),
        int(isinstance(intended, str) and verdict.first_queue == intended),
        int(said.tracked is True),
        int(verdict.connected and said.recording_eligible is not False),
        *(_NO_OUTCOME if outcome is None else _of_outcome(outcome)),
        int(call.call_type == "sales"),
        int(isinstance(said.attribution, Attribution) and _is_attributed(said.attribution)),
    )


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
