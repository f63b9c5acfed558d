"""Revenue: what came of the calls, what they earned, and what they cost."""

from typing import Final

from wallboard.metrics.catalogue.customers import (
    BOUGHT_SINCE,
    LIFETIME_VALUE,
    MISSED_REVENUE,
    NEWCOMERS,
    REPEATED,
)
from wallboard.metrics.metric import CALLS, Count, Distinct, Metric, Query, Ratio, Split, Total

ORIGIN: Final = "call tracking metrics, revenue"
"""Where the entries come from: the published list of 126 call tracking metrics."""

_CALLS: Final = Total("measures.calls")
_SALES: Final = Total("1", "sales")
_SOLD: Final = Total("sales.amount", "sales")
_SPENT: Final = Total("spends.amount", "spends")
_RECORDED: Final = Total("1", "spends")
"""How often spend was recorded: never is not the same as nothing spent (readings 10)."""

_CONVERTED: Final = (
    "(coalesce(outcomes.lead, 0) = 1 OR coalesce(outcomes.appointment, 0) = 1"
    " OR coalesce(outcomes.quote, 0) = 1 OR coalesce(outcomes.converted, 0) = 1"
    " OR EXISTS (SELECT 1 FROM sales WHERE sales.source = calls.source AND sales.call = calls.id))"
)
"""A flag that says so, or a sale tied to the call (readings 37)."""

_LEAD: Final = "CASE WHEN outcomes.lead = 1 THEN calls.from_number END"
_CLOSED: Final = f"CASE WHEN outcomes.lead = 1 AND {BOUGHT_SINCE} THEN calls.from_number END"
"""Of several lead calls the first is followed by every sale that follows one of them."""

_SOLD_WITHOUT_DEAL: Final = (
    "CASE WHEN sales.opportunity IS NULL AND sales.at < :until THEN sales.amount END"
)


def _standing(stage: str) -> str:
    """The value of an opportunity that stands at this stage when the period ends (readings 39)."""
    return (
        f"(SELECT CASE WHEN stages.stage = '{stage}' THEN stages.value END"
        " FROM opportunity_stages stages WHERE stages.source = opportunities.source"
        " AND stages.opportunity = opportunities.opportunity AND stages.time < :until"
        " ORDER BY stages.time DESC, stages.sequence DESC, stages.id DESC LIMIT 1)"
    )


def _revenue_by(field: str) -> Split:
    return Split(f"attribution.{field}", {"value": Count(_SOLD)})


REVENUE: Final = (
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
        reckoning=Ratio(Total(_CONVERTED, CALLS), _CALLS),
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
    Metric(
        number="89",
        slug="revenue_per_call",
        title="Revenue per call",
        category="revenue",
        scope="inbound",
        unit="money",
        better="up",
        formula="sum(sale_value) / calls",
        tells="What a call brings in on average, whatever it was about.",
        misleads=(
            "One large order moves it for a whole quiet day; wrong numbers and spam water it down."
        ),
        origin=ORIGIN,
        needs=("call.started", "sale.recorded"),
        reckoning=Ratio(_SOLD, _CALLS),
    ),
    Metric(
        number="90",
        slug="revenue_per_qualified_call",
        title="Revenue per qualified call",
        category="revenue",
        scope="inbound",
        unit="money",
        better="up",
        formula="sum(sale_value of qualified calls) / qualified calls",
        tells="What a call that was worth having brings in.",
        misleads="It rises when fewer calls are marked as qualified, with no cent more earned.",
        origin=ORIGIN,
        needs=("call.started", "call.outcome", "sale.recorded"),
        reckoning=Ratio(
            Total("CASE WHEN outcomes.qualified = 1 THEN sales.amount END", "sales"),
            Total("measures.qualified"),
        ),
    ),
    Metric(
        number="91",
        slug="average_order_value",
        title="Average order value from calls",
        category="revenue",
        scope="inbound",
        unit="money",
        better="up",
        formula="sum(sale_value) / number of sales",
        tells="How large an order by phone is.",
        misleads="A few very large orders pull it up: most orders may be far smaller.",
        origin=ORIGIN,
        needs=("call.started", "sale.recorded"),
        reckoning=Ratio(_SOLD, _SALES),
    ),
    Metric(
        number="92",
        slug="pipeline_value",
        title="Pipeline value from calls",
        category="revenue",
        scope="inbound",
        unit="money",
        better="up",
        formula=(
            "sum of the value of opportunities of the period's calls that are open at the "
            "period's end"
        ),
        tells="What is still to be won of the deals that the calls began.",
        misleads="Open deals count in full, also those that nobody believes in any more.",
        origin=ORIGIN,
        needs=("call.started", "opportunity.changed"),
        reckoning=Count(Total(_standing("open"), "opportunities")),
    ),
    Metric(
        number="93",
        slug="booked_revenue",
        title="Booked revenue from calls",
        category="revenue",
        scope="inbound",
        unit="money",
        better="up",
        formula=(
            "sum of the value of opportunities of the period's calls that are won at the period's"
            " end, plus sales with no opportunity"
        ),
        tells="What the calls have earned: deals that were won, and sales without a deal.",
        misleads="Deals won after the end of the period are not in it, though their calls are.",
        origin=ORIGIN,
        needs=("call.started", "opportunity.changed|sale.recorded"),
        reckoning=Count(
            Total(_standing("won"), "opportunities"),
            plus=Total(_SOLD_WITHOUT_DEAL, "sales"),
        ),
    ),
    Metric(
        number="94",
        slug="customer_lifetime_value",
        title="Customer lifetime value from call leads",
        category="revenue",
        scope="inbound",
        unit="money",
        better="up",
        formula=(
            "average order value x orders per customer per year x customer_years (3); customers ="
            " from_numbers whose first sale came from a call; orders per year over each "
            "customer's span since the first order, at least one year"
        ),
        tells="What a customer who came by phone is worth over the years.",
        misleads=(
            "It draws the pace of a short past out over years: customers who left are counted as "
            "if they stayed."
        ),
        origin=ORIGIN,
        needs=("call.started", "sale.recorded"),
        reckoning=Query(LIFETIME_VALUE, "sales"),
    ),
    Metric(
        number="95",
        slug="repeat_purchase_rate",
        title="Repeat purchase rate from call leads",
        category="revenue",
        scope="inbound",
        unit="ratio",
        better="up",
        formula="those customers with two or more sales / those customers",
        tells="How many of those whose first order came by phone ordered again.",
        misleads=(
            "New customers have had little time to come back: recent periods always look worse."
        ),
        origin=ORIGIN,
        needs=("call.started", "sale.recorded"),
        reckoning=Query(REPEATED, "sales"),
    ),
    Metric(
        number="96",
        slug="cost_per_call",
        title="Cost per call",
        category="revenue",
        scope="inbound",
        unit="money",
        better="down",
        formula="spend / calls",
        tells="What we paid in advertising for each call.",
        misleads="Calls that no advertisement brought count too and make it look cheaper.",
        origin=ORIGIN,
        needs=("call.started", "spend.recorded"),
        reckoning=Ratio(_SPENT, _CALLS, known=_RECORDED),
    ),
    Metric(
        number="97",
        slug="cost_per_qualified_call",
        title="Cost per qualified call",
        category="revenue",
        scope="inbound",
        unit="money",
        better="down",
        formula="spend / qualified calls",
        tells="What we paid for each call that was worth having.",
        misleads="Calls that nobody has judged yet count as not qualified and make it look dear.",
        origin=ORIGIN,
        needs=("call.started", "spend.recorded", "call.outcome"),
        reckoning=Ratio(_SPENT, Total("measures.qualified"), known=_RECORDED),
    ),
    Metric(
        number="98",
        slug="cost_per_lead",
        title="Cost per lead from calls",
        category="revenue",
        scope="inbound",
        unit="money",
        better="down",
        formula="spend / lead calls",
        tells="What we paid for each lead by phone.",
        misleads="Spend that brought leads through forms or chat is in it too.",
        origin=ORIGIN,
        needs=("call.started", "spend.recorded", "call.outcome"),
        reckoning=Ratio(_SPENT, Total("measures.lead"), known=_RECORDED),
    ),
    Metric(
        number="99",
        slug="cost_per_appointment",
        title="Cost per appointment",
        category="revenue",
        scope="inbound",
        unit="money",
        better="down",
        formula="spend / appointment calls",
        tells="What we paid for each booking.",
        misleads=(
            "Spend is counted when it is made, bookings by the day of the call: small periods mix"
            " the two."
        ),
        origin=ORIGIN,
        needs=("call.started", "spend.recorded", "call.outcome"),
        reckoning=Ratio(_SPENT, Total("measures.appointment"), known=_RECORDED),
    ),
    Metric(
        number="100",
        slug="cost_per_sale",
        title="Cost per sale",
        category="revenue",
        scope="inbound",
        unit="money",
        better="down",
        formula="spend / number of sales",
        tells="What we paid for each sale by phone.",
        misleads=(
            "Sales come later than the spend that led to them: the last days always look dear."
        ),
        origin=ORIGIN,
        needs=("call.started", "spend.recorded", "sale.recorded"),
        reckoning=Ratio(_SPENT, _SALES, known=_RECORDED),
    ),
    Metric(
        number="101",
        slug="return_on_ad_spend",
        title="Return on ad spend from calls",
        category="revenue",
        scope="inbound",
        unit="number",
        better="up",
        formula="sum(sale_value) / spend",
        tells="How much was sold by phone for each unit of money spent on advertising.",
        misleads="It counts turnover, not profit, and nothing of what was sold online.",
        origin=ORIGIN,
        needs=("call.started", "spend.recorded", "sale.recorded"),
        reckoning=Ratio(_SOLD, _SPENT, known=_RECORDED),
    ),
    Metric(
        number="102",
        slug="marketing_roi",
        title="Marketing ROI from calls",
        category="revenue",
        scope="inbound",
        unit="ratio",
        better="up",
        formula="(sum(sale_value) x margin (1.0) - spend) / spend",
        tells="What is left of the sales by phone after the spend, as a part of the spend.",
        misleads=(
            "With the margin left at 1 every sale counts as pure profit: set it in the "
            "configuration."
        ),
        origin=ORIGIN,
        needs=("call.started", "spend.recorded", "sale.recorded"),
        reckoning=Ratio(
            Total("sales.amount * :margin", "sales"), _SPENT, less=_SPENT, known=_RECORDED
        ),
    ),
    Metric(
        number="103",
        slug="revenue_by_channel",
        title="Revenue by channel from calls",
        category="revenue",
        scope="inbound",
        unit="breakdown",
        better="none",
        formula="sum(sale_value) by channel",
        tells="Which channels bring the money by phone.",
        misleads=(
            "Sales of calls without attribution stand under (none): a large (none) makes the rest"
            " guesswork."
        ),
        origin=ORIGIN,
        needs=("call.started", "sale.recorded"),
        reckoning=_revenue_by("channel"),
    ),
    Metric(
        number="104",
        slug="revenue_by_campaign",
        title="Revenue by campaign from calls",
        category="revenue",
        scope="inbound",
        unit="breakdown",
        better="none",
        formula="sum(sale_value) by campaign, with spend and return beside it",
        tells="Which campaigns earn more by phone than they cost.",
        misleads=(
            "Spend is known by campaign only as far as it was booked to one; what sold online is "
            "not in it."
        ),
        origin=ORIGIN,
        needs=("call.started", "sale.recorded"),
        reckoning=Split(
            "attribution.campaign",
            {"value": Count(_SOLD), "spend": Count(_SPENT), "return": Ratio(_SOLD, _SPENT)},
            needs={"spend": "spend.recorded", "return": "spend.recorded"},
        ),
    ),
    Metric(
        number="105",
        slug="revenue_by_keyword",
        title="Revenue by keyword from calls",
        category="revenue",
        scope="inbound",
        unit="breakdown",
        better="none",
        formula="sum(sale_value) by keyword",
        tells="Which search words bring buyers and not only callers.",
        misleads="Most words have a handful of sales: a single order changes the ranking.",
        origin=ORIGIN,
        needs=("call.started", "sale.recorded"),
        reckoning=_revenue_by("keyword"),
    ),
    Metric(
        number="106",
        slug="revenue_by_landing_page",
        title="Revenue by landing page from calls",
        category="revenue",
        scope="inbound",
        unit="breakdown",
        better="none",
        formula="sum(sale_value) by landing_page",
        tells="Which pages send callers who buy.",
        misleads="It is the page that was seen before the call, not the one that convinced.",
        origin=ORIGIN,
        needs=("call.started", "sale.recorded"),
        reckoning=_revenue_by("landing_page"),
    ),
    Metric(
        number="107",
        slug="revenue_per_first_time_caller",
        title="Revenue per first-time caller",
        category="revenue",
        scope="inbound",
        unit="money",
        better="up",
        formula="sum(sale_value of calls by first-time callers) / first-time callers",
        tells="What a caller who is new to us brings in.",
        misleads="In the first weeks of a feed nearly everyone counts as new.",
        origin=ORIGIN,
        needs=("call.started", "sale.recorded"),
        reckoning=Query(NEWCOMERS),
    ),
    Metric(
        number="108",
        slug="missed_call_revenue_loss",
        title="Missed call revenue loss",
        category="revenue",
        scope="inbound",
        unit="money",
        better="down",
        formula=(
            "missed calls not called back x (calls with a sale / answered calls) x average order "
            "value: an estimate, shown as one"
        ),
        tells="An estimate of what the missed calls would have sold, had they been answered.",
        misleads=(
            "It supposes that missed callers buy like the others; who calls again by himself "
            "counts as lost."
        ),
        origin=ORIGIN,
        needs=("call.started", "sale.recorded"),
        reckoning=Query(MISSED_REVENUE),
        estimate=True,
    ),
    Metric(
        number="109",
        slug="media_efficiency",
        title="Media efficiency adjusted by answer rate",
        category="revenue",
        scope="inbound",
        unit="number",
        better="up",
        formula="answered calls per 1,000 of spend",
        tells=(
            "How many calls were answered for each thousand spent: waste in advertising and in "
            "answering alike."
        ),
        misleads="A cheap campaign that brings useless calls looks best of all.",
        origin=ORIGIN,
        needs=("call.started", "spend.recorded"),
        reckoning=Ratio(
            Total("measures.answered"),
            Total("spends.amount", "spends", scale=1000),
            known=_RECORDED,
        ),
    ),
)
