"""What a call adds to its rollup buckets: one pure function, so that rollups equal recomputation.

Whole numbers only (counts, milliseconds, millionths): their sums do not depend on the order.
"""

from typing import Final, NamedTuple

from wallboard.facts.call import Call
from wallboard.facts.judgement import Judgement, Terms

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

MACHINES: Final = frozenset({"machine", "fax"})

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


def measures(call: Call, verdict: Judgement, terms: Terms) -> Vector:
    """What the call counts as, in the order of MEASURES."""
    if call.said is None:
        return NOTHING
    inbound = call.said.direction == "inbound"
    ended = call.ended is not None
    result = verdict.result
    answered = verdict.answered_at is not None
    answered_stays = answered_stay_ms = overflowed = 0
    for stay in call.stays:
        if stay.reason == "answered" and stay.left is not None:
            answered_stays += 1
            answered_stay_ms += stay.left - stay.entered
        elif stay.reason == "overflowed":
            overflowed = 1
    connected_or_inbound = inbound or verdict.live
    handled = verdict.connected and connected_or_inbound
    attempt = call.said.attempt
    return (
        1,
        int(inbound and answered),
        int(inbound and ended and not answered and call.end_reason != "lost"),
        int(verdict.connected),
        int(inbound and call.end_reason == "voicemail"),
        int(inbound and result == "abandoned"),
        int(inbound and result == "short_abandoned"),
        verdict.answer_ms or 0,
        int(inbound and answered and verdict.within_target),
        int(inbound and result == "abandoned" and verdict.within_target),
        verdict.waited,
        verdict.wait_ms,
        answered_stays,
        answered_stay_ms,
        overflowed,
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
        int(not inbound and not verdict.live and _machine_with_agent(call, verdict)),
        terms.drop_limit_millionths if verdict.live else 0,
        int(not inbound and isinstance(attempt, int) and attempt > 1),
    )


def _machine_with_agent(call: Call, verdict: Judgement) -> bool:
    """Whether a dial ended as machine or fax with an agent on (readings 52)."""
    if call.end_reason not in MACHINES and verdict.amd not in MACHINES:
        return False
    answered = verdict.answered_at
    return any(
        leg.kind == "A"
        and leg.answered is not None
        and (leg.ended is None or answered is None or leg.ended >= answered)
        for leg in call.legs
    )
