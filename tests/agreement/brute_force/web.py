"""Metrics W1 to W17: what web campaigns brought."""

from collections.abc import Callable, Sequence
from decimal import Decimal

from tests.agreement.brute_force.answers import money, ratio, total
from tests.agreement.brute_force.asked import UNKNOWN, Answer
from tests.agreement.brute_force.chosen import Chosen
from tests.agreement.brute_force.visits import Visit
from tests.agreement.brute_force.web_campaign import WebCampaign, campaigns_of
from tests.agreement.brute_force.web_compared import contribution, goal_types, incremental


def early(
    campaign: WebCampaign, visits: Sequence[Visit], when: Callable[[Visit, str], list[int]]
) -> int:
    """Visits that did something (at those times) before an own goal."""
    return sum(
        any(at < goal.time for goal in campaign.own(visit) for at in when(visit, campaign.name))
        for visit in visits
    )


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
    if chosen.lacks("campaign"):
        return dict.fromkeys(result, UNKNOWN)
    return result
