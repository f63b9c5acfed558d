"""Metrics W10, W12, W16 and W17: campaigns beside each other, and beside their control groups."""

from collections.abc import Sequence
from decimal import Decimal

from tests.agreement.brute_force.answers import divided, ratio, table
from tests.agreement.brute_force.asked import Answer, Figure, Row
from tests.agreement.brute_force.chosen import Chosen
from tests.agreement.brute_force.web_campaign import WebCampaign, visits_of


def goal_types(everything: list[WebCampaign], chosen: Chosen) -> Answer:
    """The mean conversion rate of exposed visits, over the campaigns of a goal type (W10)."""
    rates: dict[str, list[float]] = {}
    wanted = {each.goal_type for each in everything if each.name == chosen.asked.campaign}
    for campaign in everything:
        rate = divided(campaign.converting(campaign.exposed), len(campaign.exposed))
        kind = campaign.goal_type
        if rate is not None and kind and (chosen.asked.campaign is None or kind in wanted):
            rates.setdefault(kind, []).append(float(rate))
    rows: list[Row] = [
        {
            "key": kind,
            "value": divided(sum(found), len(found)),
            "numerator": sum(found),
            "denominator": len(found),
        }
        for kind, found in sorted(rates.items())
    ]
    return ratio(
        sum(row["numerator"] for row in rows), sum(row["denominator"] for row in rows), rows
    )


def contribution(chosen: Chosen) -> Answer:
    """Per goal: times reached by exposed visits, and their share of the goal's total (W12)."""
    visits, asked = visits_of(chosen), chosen.asked.campaign
    rows: list[Row] = []
    for name in sorted({goal.data["goal"] for visit in visits for goal in visit.goals}):
        times = [visit for visit in visits for goal in visit.goals if goal.data["goal"] == name]
        mine = [
            visit for visit in times if (visit.exposures if asked is None else visit.exposed(asked))
        ]
        rows.append(
            {
                "key": name,
                "value": len(mine),
                "denominator": len(times),
                "share": divided(len(mine), len(times)),
            }
        )
    return table(rows)


def incremental(campaigns: Sequence[WebCampaign]) -> tuple[Figure, Figure]:
    """Conversions and revenue beyond what the control groups let expect (W16, W17)."""
    held = [each for each in campaigns if each.control]
    aiming = [each for each in held if each.goal_type in {"sale", "lead"}]
    selling = [each for each in held if each.goal_type == "sale"]
    conversions = sum(each.converting(each.prospects) - each.expected() for each in aiming)
    revenue = Decimal(0)
    for each in selling:
        orders = each.orders(each.control)
        value = sum(orders, start=Decimal(0)) / len(orders) if orders else Decimal(0)
        actual = sum(each.orders(each.prospects), start=Decimal(0))
        revenue += actual - each.expected() * value
    return conversions if aiming else None, revenue if selling else None
