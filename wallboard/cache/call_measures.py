"""What each call counts as, read from its row: the measures of the rollups, call by call.

A sum over this view is the sum over the rollups. Every expression says in SQL what the function
wallboard.facts.measures.measures says in Python; a test holds the two together.
"""

from typing import Final

from wallboard.facts.measures import MEASURES

_INBOUND: Final = "direction = 'inbound'"
_OUTBOUND: Final = "direction = 'outbound'"
_HANDLED: Final = f"connected AND ({_INBOUND} OR live)"

EXPRESSIONS: Final = {
    "calls": "1",
    "answered": f"{_INBOUND} AND answered IS NOT NULL",
    "missed": f"{_INBOUND} AND ended IS NOT NULL AND answered IS NULL AND end_reason IS NOT 'lost'",
    "connected": "connected",
    "voicemail": f"{_INBOUND} AND end_reason IS 'voicemail'",
    "abandoned": f"{_INBOUND} AND result = 'abandoned'",
    "short_abandoned": f"{_INBOUND} AND result = 'short_abandoned'",
    "answer_ms": "ifnull(answer_ms, 0)",
    "within_target": f"{_INBOUND} AND answered IS NOT NULL AND within_target",
    "abandoned_within_target": f"{_INBOUND} AND result = 'abandoned' AND within_target",
    "waited": "waited",
    "wait_ms": "wait_ms",
    "answered_stays": "answered_stays",
    "answered_stay_ms": "answered_stay_ms",
    "overflowed": "overflowed",
    "transfers": "transfers",
    "ended": "ended IS NOT NULL",
    "duration_ms": "ifnull(ended - started, 0)",
    "talk_ms": f"CASE WHEN {_HANDLED} THEN talk_ms ELSE 0 END",
    "hold_ms": f"CASE WHEN {_HANDLED} THEN hold_ms ELSE 0 END",
    "wrap_ms": f"CASE WHEN {_HANDLED} THEN wrap_ms ELSE 0 END",
    "decided": f"{_OUTBOUND} AND (ended IS NOT NULL OR answered IS NOT NULL)",
    "dial_answered": f"{_OUTBOUND} AND answered IS NOT NULL",
    "live_answers": "live",
    "dropped": "dropped",
    "live_with_agent": "live AND connected AND NOT dropped",
    "machine_with_agent": "machine_with_agent",
    "drop_allowance_millionths": "drop_allowance_millionths",
    "retries": f"{_OUTBOUND} AND ifnull(attempt, 1) > 1",
    "after_hours": "after_hours",
    "after_hours_answered": f"{_INBOUND} AND after_hours AND answered IS NOT NULL",
    "routed": "routed",
    "routed_right": "routed_right",
    "transferred": "transfers > 0",
    "intended": "intended_queue IS NOT NULL AND first_queue IS NOT NULL",
    "intended_right": "ifnull(intended_queue = first_queue, 0)",
    "tracked": "ifnull(tracked, 0)",
    "eligible_connected": "recording_eligible AND connected",
    "qualified": "ifnull(qualified, 0)",
    "spam": "ifnull(spam, 0)",
    "wrong_number": "ifnull(wrong_number, 0)",
    "appointment": "ifnull(appointment, 0)",
    "quote": "ifnull(quote, 0)",
    "lead": "ifnull(lead, 0)",
    "converted_flags": (
        "ifnull(lead, 0) OR ifnull(appointment, 0) OR ifnull(quote, 0) OR ifnull(converted, 0)"
    ),
    "sales_inquiry": "call_type IS 'sales'",
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
