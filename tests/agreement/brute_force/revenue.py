"""Metrics 83 to 109: what the calls brought in, and what they cost."""

from collections import defaultdict
from decimal import Decimal

from tests.agreement.brute_force.answers import divided, key_of, money, ratio, shared, table, total
from tests.agreement.brute_force.asked import UNKNOWN, Answer, Figure
from tests.agreement.brute_force.calls import Call
from tests.agreement.brute_force.chosen import Chosen
from tests.agreement.brute_force.customers import closed_leads, lifetime_value, repeat_purchases
from tests.agreement.brute_force.demand import first_ever, number
from tests.agreement.brute_force.judged import answered, callback, converted, missed
from tests.agreement.brute_force.spend import spends, spent

ZERO = Decimal(0)


def sold(chosen: Chosen, calls: list[Call]) -> Decimal:
    return sum((chosen.world.sale_value(call) for call in calls), start=ZERO)


def revenue_by(chosen: Chosen, name: str) -> dict[str, Decimal]:
    """Sale value by a field of attribution."""
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for call in chosen.inbound:
        if call.sales:
            sums[key_of(call.attribution.get(name))] += chosen.world.sale_value(call)
    return sums


def by_campaign(chosen: Chosen) -> Answer:
    """Revenue by campaign, with spend and return beside it."""
    sums: dict[str, Figure] = dict(revenue_by(chosen, "campaign"))
    costs: dict[str, Decimal] = defaultdict(Decimal)
    for each in spends(chosen) or []:
        costs[key_of(each.get("campaign"))] += money(each["amount"])
    rows = shared({key: sums.get(key, ZERO) for key in [*sums, *(set(costs) - set(sums))]})
    for row in rows:
        row["spend"] = costs.get(row["key"])
        row["return"] = divided(row["value"], row["spend"])
    return table(rows)


def pipeline(chosen: Chosen) -> tuple[Decimal, Decimal]:
    """What is open, and what is won, at the period's end (reading 39)."""
    until = chosen.asked.until_ms
    opened, booked = ZERO, ZERO
    for call in chosen.inbound:
        for opportunity in call.opportunities:
            standing = opportunity.standing(until)
            if standing.get("stage") == "open":
                opened += money(standing["value"])
            if standing.get("stage") == "won":
                booked += money(standing["value"])
        for sale in call.sales:
            if sale.fields.get("opportunity") is None and sale.time < until:
                booked += sale.amount
    return opened, booked


def missed_loss(chosen: Chosen, order_value: Answer) -> Answer:
    """Missed calls not called back, as if they had sold like the answered ones."""
    calls = chosen.inbound
    lost = [call for call in calls if missed(call) and callback(chosen.world, call) is None]
    sales = sum(bool(call.sales) for call in calls)
    answers = sum(answered(call) for call in calls)
    if order_value.value is None or answers == 0:
        return UNKNOWN
    return Answer(len(lost) * Decimal(sales) / answers * money(order_value.value))


def costs(chosen: Chosen, revenue: Decimal, sales: int) -> dict[str, Answer]:
    """Metrics 96 to 102 and 109: over what was spent."""
    calls, cost = chosen.inbound, spent(chosen)
    margin = money(chosen.settings.margin)

    def per(n: int) -> Answer:
        return UNKNOWN if cost is None else ratio(cost, n)

    return {
        "cost_per_call": per(len(calls)),
        "cost_per_qualified_call": per(sum(call.flag("qualified") for call in calls)),
        "cost_per_lead": per(sum(call.flag("lead") for call in calls)),
        "cost_per_appointment": per(sum(call.flag("appointment") for call in calls)),
        "cost_per_sale": per(sales),
        "return_on_ad_spend": UNKNOWN if cost is None else ratio(revenue, cost),
        "marketing_roi": UNKNOWN if cost is None else ratio(revenue * margin - cost, cost),
        "media_efficiency": UNKNOWN
        if cost is None
        else ratio(sum(answered(call) for call in calls), cost / 1000),
    }


def revenue(chosen: Chosen) -> dict[str, Answer]:
    world, calls = chosen.world, chosen.inbound
    n, money_in = len(calls), sold(chosen, calls)
    sales = sum(len(call.sales) for call in calls)
    qualified = [call for call in calls if call.flag("qualified")]
    newcomers = {number(call) for call in calls if first_ever(world, call)}
    by_newcomers = [call for call in calls if number(call) in newcomers]
    order_value = ratio(money_in, sales)
    opened, booked = pipeline(chosen)
    return {
        "call_conversion_rate": ratio(sum(converted(call) for call in calls), n),
        "call_to_lead_rate": ratio(sum(call.flag("lead") for call in calls), n),
        "call_to_appointment_rate": ratio(sum(call.flag("appointment") for call in calls), n),
        "call_to_opportunity_rate": ratio(sum(bool(call.opportunities) for call in calls), n),
        "call_to_sale_rate": ratio(sum(bool(call.sales) for call in calls), n),
        "lead_close_rate": closed_leads(chosen),
        "revenue_per_call": ratio(money_in, n),
        "revenue_per_qualified_call": ratio(sold(chosen, qualified), len(qualified)),
        "average_order_value": order_value,
        "pipeline_value": total(opened),
        "booked_revenue": total(booked),
        "customer_lifetime_value": lifetime_value(chosen, order_value),
        "repeat_purchase_rate": repeat_purchases(chosen),
        **costs(chosen, money_in, sales),
        "revenue_by_channel": table(shared(revenue_by(chosen, "channel"))),
        "revenue_by_campaign": by_campaign(chosen),
        "revenue_by_keyword": table(shared(revenue_by(chosen, "keyword"))),
        "revenue_by_landing_page": table(shared(revenue_by(chosen, "landing_page"))),
        "revenue_per_first_time_caller": ratio(sold(chosen, by_newcomers), len(newcomers)),
        "missed_call_revenue_loss": missed_loss(chosen, order_value),
    }
