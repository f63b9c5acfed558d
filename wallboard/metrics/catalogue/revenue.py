"""Revenue: what the calls earned, and what may still come of them."""

from typing import Final

from wallboard.metrics.catalogue.customers import BUYERS, CUSTOMERS, REPEATED
from wallboard.metrics.metric import Count, Listed, Metric, Query, Ratio, Total

ORIGIN: Final = "call tracking metrics, revenue"
"""Where the entries come from: the published list of 126 call tracking metrics."""

_CALLS: Final = Total("measures.calls")
SALES: Final = Total("1", "sales")
SOLD: Final = Total("sales.amount", "sales")

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


REVENUE: Final = (
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
        reckoning=Ratio(SOLD, _CALLS),
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
        reckoning=Ratio(SOLD, SALES),
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
        reckoning=Query(CUSTOMERS, "sales", part="worth"),
        behind={"numerator": SOLD, "denominator": Listed(BUYERS, "sales")},
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
        reckoning=Query(CUSTOMERS, "sales", part="repeated"),
        behind={"numerator": Listed(REPEATED, "sales"), "denominator": Listed(BUYERS, "sales")},
    ),
)
