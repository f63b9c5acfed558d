"""Conversions: what came of the calls, as parts of them."""

from typing import Final

from wallboard.metrics.catalogue.customers import (
    BOUGHT_SINCE,
)
from wallboard.metrics.catalogue.revenue import ORIGIN
from wallboard.metrics.metric import CALLS, Distinct, Metric, Ratio, Total

_CALLS: Final = Total("measures.calls")

CONVERTED: Final = (
    "(coalesce(outcomes.lead, 0) = 1 OR coalesce(outcomes.appointment, 0) = 1"
    " OR coalesce(outcomes.quote, 0) = 1 OR coalesce(outcomes.converted, 0) = 1"
    " OR EXISTS (SELECT 1 FROM sales WHERE sales.source = calls.source AND sales.call = calls.id))"
)
"""A flag that says so, or a sale tied to the call (readings 37)."""

_LEAD: Final = "CASE WHEN outcomes.lead = 1 THEN calls.from_number END"
_CLOSED: Final = f"CASE WHEN outcomes.lead = 1 AND {BOUGHT_SINCE} THEN calls.from_number END"
"""Of several lead calls the first is followed by every sale that follows one of them."""

CONVERSIONS: Final = (
    Metric(
        number="83",
        slug="call_conversion_rate",
        title="Call conversion rate",
        category="revenue",
        scope="inbound",
        unit="ratio",
        better="up",
        formula="sum(converted) / calls; converted = lead, appointment, quote or sale",
        tells=(
            "In what part of the calls the caller did what we hope for: became a lead, booked, "
            "took a quote or bought."
        ),
        misleads="One vague flag set by habit on every call lifts it as much as a sale does.",
        origin=ORIGIN,
        needs=("call.started", "call.outcome|sale.recorded"),
        reckoning=Ratio(Total(f"CASE WHEN {CONVERTED} THEN 1 END", CALLS), _CALLS),
    ),
    Metric(
        number="84",
        slug="call_to_lead_rate",
        title="Call-to-lead rate",
        category="revenue",
        scope="inbound",
        unit="ratio",
        better="up",
        formula="sum(lead) / calls",
        tells="How many calls became leads.",
        misleads=(
            "Repeat calls of one caller are several calls here, and a lead may be marked on each."
        ),
        origin=ORIGIN,
        needs=("call.started", "call.outcome"),
        reckoning=Ratio(Total("measures.lead"), _CALLS),
    ),
    Metric(
        number="85",
        slug="call_to_appointment_rate",
        title="Call-to-appointment rate",
        category="revenue",
        scope="inbound",
        unit="ratio",
        better="up",
        formula="sum(appointment) / calls",
        tells="How many calls ended with a date in the book.",
        misleads="A booking is not a visit: those who never turn up count as well.",
        origin=ORIGIN,
        needs=("call.started", "call.outcome"),
        reckoning=Ratio(Total("measures.appointment"), _CALLS),
    ),
    Metric(
        number="86",
        slug="call_to_opportunity_rate",
        title="Call-to-opportunity rate",
        category="revenue",
        scope="inbound",
        unit="ratio",
        better="up",
        formula="calls with at least one opportunity / calls",
        tells="How many calls led to a deal that the sales team follows up.",
        misleads="Opportunities that were entered without naming the call are missing.",
        origin=ORIGIN,
        needs=("call.started", "opportunity.changed"),
        reckoning=Ratio(Distinct("calls.call", "opportunities"), _CALLS),
    ),
    Metric(
        number="87",
        slug="call_to_sale_rate",
        title="Call-to-sale rate",
        category="revenue",
        scope="inbound",
        unit="ratio",
        better="up",
        formula="calls with at least one sale / calls",
        tells="How many calls led to a sale.",
        misleads="The latest calls look weak: many of their sales are still to come.",
        origin=ORIGIN,
        needs=("call.started", "sale.recorded"),
        reckoning=Ratio(Distinct("calls.call", "sales"), _CALLS),
    ),
    Metric(
        number="88",
        slug="lead_close_rate",
        title="Lead close rate from calls",
        category="revenue",
        scope="inbound",
        unit="ratio",
        better="up",
        formula=(
            "lead callers (distinct from_number) with a sale at or after their lead call / lead "
            "callers"
        ),
        tells="How many of those who became leads by phone bought afterwards.",
        misleads=(
            "Leads of the last days have had no time to buy; leads without a number are left out."
        ),
        origin=ORIGIN,
        needs=("call.started", "call.outcome", "sale.recorded"),
        reckoning=Ratio(Distinct(_CLOSED), Distinct(_LEAD)),
    ),
)
