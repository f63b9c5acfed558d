"""Metrics W1 to W17: what web campaigns brought."""

from collections.abc import Callable, Sequence
from decimal import Decimal

from tests.agreement.brute_force.answers import divided, money, ratio, table, total
from tests.agreement.brute_force.asked import UNKNOWN, Answer, Figure, Row
from tests.agreement.brute_force.chosen import Chosen
from tests.agreement.brute_force.merge import merged
from tests.agreement.brute_force.visits import Visit
from tests.agreement.brute_force.web_campaign import WebCampaign


def visits_of(chosen: Chosen) -> list[Visit]:
    wanted = chosen.asked.attribution_campaign
    return [
        visit
        for visit in chosen.world.visits
        if chosen.within(visit.start)
        and wanted in {None, (visit.fields.get("attribution") or {}).get("campaign")}
    ]


def campaigns_of(chosen: Chosen) -> list[WebCampaign]:
    """Every campaign of every feed that a definition or a visit names."""
    visits, definitions = visits_of(chosen), {}
    for group in chosen.world.entities("campaign.defined", "campaign"):
        definitions[group[0].source, group[0].data["campaign"]] = merged(group)
    names = set(definitions)
    for visit in visits:
        named = [*visit.fields["campaigns"], *visit.fields["control"]]
        named += [each.data["campaign"] for each in visit.exposures + visit.engagements]
        names |= {(visit.source, name) for name in named}
    return [
        WebCampaign(
            name, definitions.get((source, name), {}), [v for v in visits if v.source == source]
        )
        for source, name in sorted(names)
    ]


def early(
    campaign: WebCampaign, visits: Sequence[Visit], when: Callable[[Visit, str], list[int]]
) -> int:
    """Visits that did something (at those times) before an own goal."""
    return sum(
        any(at < goal.time for goal in campaign.own(visit) for at in when(visit, campaign.name))
        for visit in visits
    )


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


def web(chosen: Chosen) -> dict[str, Answer]:
    everything = campaigns_of(chosen)
    asked = chosen.asked.campaign
    mine = [each for each in everything if asked in {None, each.name}]

    def summed(count: Callable[[WebCampaign], int]) -> int:
        return sum(count(each) for each in mine)

    def rate(over: Callable[[WebCampaign], int], under: Callable[[WebCampaign], int]) -> Answer:
        return ratio(summed(over), summed(under))

    def reached(each: WebCampaign, kinds: set[str]) -> int:
        return sum(goal.data["goal_type"] in kinds for v in each.exposed for goal in v.goals)

    def order_value(orders: list[Decimal]) -> Answer:
        return ratio(sum(orders, start=Decimal(0)), len(orders))

    result = {
        "prospects": total(summed(lambda each: len(each.prospects))),
        "exposures": total(
            summed(
                lambda each: sum(
                    shown.data["campaign"] == each.name
                    for v in each.visits
                    for shown in v.exposures
                )
            )
        ),
        "engagements": total(
            summed(lambda each: sum(len(each.engaged(visit)) for visit in each.visits))
        ),
        "conversions": total(summed(lambda each: reached(each, {"sale", "lead"}))),
        "goals_reached": total(summed(lambda each: reached(each, {"page_views", "other"}))),
        "chat_conversion_rate": rate(
            lambda each: early(each, each.chatted, Visit.chats), lambda each: len(each.chatted)
        ),
        "view_through_rate": rate(
            lambda each: each.converting(each.passive), lambda each: len(each.passive)
        ),
        "click_through_rate": rate(
            lambda each: early(each, each.clicked, Visit.clicks), lambda each: len(each.clicked)
        ),
        "control_rate": rate(
            lambda each: each.converting(each.control), lambda each: len(each.control)
        ),
        "goal_type_average": goal_types(everything, chosen),
        "goals_after_engagement": total(summed(lambda each: len(each.after_engagement()))),
        "contribution": contribution(chosen),
        "revenue_after_engagement": total(
            sum(
                (
                    money(goal.data.get("revenue"))
                    for each in mine
                    if each.goal_type == "sale"
                    for goal in each.after_engagement()
                    if goal.data["goal_type"] == "sale"
                ),
                start=Decimal(0),
            )
        ),
        "aov_exposed": order_value([one for each in mine for one in each.orders(each.exposed)]),
        "aov_control": order_value([one for each in mine for one in each.orders(each.control)]),
        "incremental_conversions": total(incremental(mine)[0]),
        "incremental_revenue": total(incremental(mine)[1]),
    }
    if chosen.lacks("campaign", "attribution_campaign"):
        return dict.fromkeys(result, UNKNOWN)
    return result
