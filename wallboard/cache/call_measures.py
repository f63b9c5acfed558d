"""What each call counts as, read from its row: the measures of the rollups, call by call.

A sum over this view is the sum over the rollups. Every expression says in SQL what the function
wallboard.facts.measures.measures says in Python; a test holds the two together.
"""

from typing import Final

from wallboard.facts.measures import MEASURES

_INBOUND: Final = "c.direction = 'inbound'"
_OUTBOUND: Final = "c.direction = 'outbound'"
_HANDLED: Final = f"c.connected AND ({_INBOUND} OR c.live)"

EXPRESSIONS: Final = {
    "calls": "1",
    "answered": f"{_INBOUND} AND c.answered IS NOT NULL",
    "missed": (
        f"{_INBOUND} AND c.ended IS NOT NULL AND c.answered IS NULL AND c.end_reason IS NOT 'lost'"
    ),
    "connected": "c.connected",
    "voicemail": f"{_INBOUND} AND c.end_reason IS 'voicemail'",
    "abandoned": f"{_INBOUND} AND c.result = 'abandoned'",
    "short_abandoned": f"{_INBOUND} AND c.result = 'short_abandoned'",
    "answer_ms": "ifnull(c.answer_ms, 0)",
    "within_target": f"{_INBOUND} AND c.answered IS NOT NULL AND c.within_target",
    "abandoned_within_target": f"{_INBOUND} AND c.result = 'abandoned' AND c.within_target",
    "waited": "c.waited",
    "wait_ms": "c.wait_ms",
    "answered_stays": "c.answered_stays",
    "answered_stay_ms": "c.answered_stay_ms",
    "overflowed": "c.overflowed",
    "transfers": "c.transfers",
    "ended": "c.ended IS NOT NULL",
    "duration_ms": "ifnull(c.ended - c.started, 0)",
    "talk_ms": f"CASE WHEN {_HANDLED} THEN c.talk_ms ELSE 0 END",
    "hold_ms": f"CASE WHEN {_HANDLED} THEN c.hold_ms ELSE 0 END",
    "wrap_ms": f"CASE WHEN {_HANDLED} THEN c.wrap_ms ELSE 0 END",
    "decided": f"{_OUTBOUND} AND (c.ended IS NOT NULL OR c.answered IS NOT NULL)",
    "dial_answered": f"{_OUTBOUND} AND c.answered IS NOT NULL",
    "live_answers": "c.live",
    "dropped": "c.dropped",
    "live_with_agent": "c.live AND c.connected AND NOT c.dropped",
    "machine_with_agent": "c.machine_with_agent",
    "drop_allowance_millionths": "c.drop_allowance_millionths",
    "retries": f"{_OUTBOUND} AND ifnull(c.attempt, 1) > 1",
    "after_hours": "c.after_hours",
    "after_hours_answered": f"{_INBOUND} AND c.after_hours AND c.answered IS NOT NULL",
    "routed": "c.routed",
    "routed_right": "c.routed_right",
    "transferred": "c.transfers > 0",
    "intended": "c.intended_queue IS NOT NULL AND c.first_queue IS NOT NULL",
    "intended_right": "ifnull(c.intended_queue = c.first_queue, 0)",
    "tracked": "ifnull(c.tracked, 0)",
    "eligible_connected": "c.recording_eligible AND c.connected",
    "qualified": "ifnull(o.qualified, 0)",
    "spam": "ifnull(o.spam, 0)",
    "wrong_number": "ifnull(o.wrong_number, 0)",
    "appointment": "ifnull(o.appointment, 0)",
    "quote": "ifnull(o.quote, 0)",
    "lead": "ifnull(o.lead, 0)",
    "converted_flags": (
        "ifnull(o.lead, 0) OR ifnull(o.appointment, 0) OR ifnull(o.quote, 0) "
        "OR ifnull(o.converted, 0)"
    ),
    "sales_inquiry": "c.call_type IS 'sales'",
    "attributed": (
        "a.source IS NOT NULL OR a.campaign IS NOT NULL OR a.channel IS NOT NULL "
        "OR a.keyword IS NOT NULL"
    ),
}
"""Each measure over a call `c`, its outcome `o` and its attribution `a`."""

CALL_MEASURES_SQL: Final = f"""
CREATE VIEW call_measures AS SELECT
    c.call, c.started, c.source, c.direction, ifnull(c.campaign, '') AS campaign,
    ifnull(c.first_queue, '') AS queue, c.agent, c.account, c.sub_campaign,
    {", ".join(f"{EXPRESSIONS[name]} AS {name}" for name in MEASURES)}
FROM calls AS c LEFT JOIN call_outcomes AS o ON o.call = c.call
LEFT JOIN attributions AS a ON a.attribution = c.attribution
WHERE c.started IS NOT NULL
"""
"""What makes the view."""
