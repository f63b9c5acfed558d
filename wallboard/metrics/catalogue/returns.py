"""Returns: what the calls cost, and what came back by where they came from."""

from typing import Final

from wallboard.metrics.catalogue.callers import (
    CALLERS,
    NEWCOMER,
    SOLD_TO_NEWCOMERS,
    SOLD_TO_NEWCOMERS_BY,
)
from wallboard.metrics.catalogue.customers import LOST, MISSED_REVENUE
from wallboard.metrics.catalogue.revenue import ORIGIN, SALES, SOLD
from wallboard.metrics.metric import CALLS, LEGS, Count, Listed, Metric, Query, Ratio, Split, Total

_CALLS: Final = Total("measures.calls")
_SPENT: Final = Total("spends.amount", "spends")
_RECORDED: Final = Total("1", "spends")
"""How often spend was recorded: never is not the same as nothing spent (readings 10)."""


def _revenue_by(field: str) -> Split:
    return Split(f"attribution.{field}", {"value": Count(SOLD)})


RETURNS: Final = (
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
        reckoning=Ratio(_SPENT, SALES, known=_RECORDED),
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
        reckoning=Ratio(SOLD, _SPENT, known=_RECORDED),
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
            {"value": Count(SOLD), "spend": Count(_SPENT), "return": Ratio(SOLD, _SPENT)},
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
        reckoning=Query(CALLERS, when_split=SOLD_TO_NEWCOMERS_BY),
        behind={
            "numerator": Listed(SOLD_TO_NEWCOMERS),
            "denominator": Total(NEWCOMER, CALLS),
        },
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
        needs=("call.started", LEGS, "call.ended", "sale.recorded"),
        reckoning=Query(MISSED_REVENUE),
        behind={
            "numerator": Total(LOST, CALLS),
            "denominator": Total("measures.answered"),
            "also numerator": Total("tied_sales.sales", CALLS),
        },
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
        needs=("call.started", LEGS, "spend.recorded"),
        reckoning=Ratio(
            Total("measures.answered"),
            Total("spends.amount", "spends", scale=1000),
            known=_RECORDED,
        ),
    ),
)
