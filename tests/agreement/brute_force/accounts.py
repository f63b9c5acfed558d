"""Metrics 119 to 126: whether accounts get, and use, what was promised."""

from collections import defaultdict

from tests.agreement.brute_force.answers import ratio
from tests.agreement.brute_force.asked import UNKNOWN, Answer
from tests.agreement.brute_force.chosen import Chosen
from tests.agreement.brute_force.coverage import completeness, coverage
from tests.agreement.brute_force.health import deliveries, health, perfect, views
from tests.agreement.brute_force.merge import merged


def audits(chosen: Chosen) -> Answer:
    if chosen.lacks("account"):
        return UNKNOWN
    right: dict[str, list[bool]] = defaultdict(list)
    for group in chosen.world.entities("report.audited", "audit"):
        audit = merged(group)
        if chosen.within(group[0].time) and chosen.asked.account in {None, audit["account"]}:
            right[audit["account"]].append(audit["correct"])
    return ratio(sum(all(each) for each in right.values()), len(right))


def adoption(chosen: Chosen) -> tuple[Answer, Answer]:
    """Intended users who looked, and looks of client users."""
    if chosen.lacks("account"):
        return UNKNOWN, UNKNOWN
    users = [merged(group) for group in chosen.world.entities("user.defined", "user")]
    users = [each for each in users if chosen.asked.account in {None, each["account"]}]
    seen = [each["user"] for each in views(chosen, chosen.asked.account)]
    intended = {each["user"] for each in users if each.get("intended") is not False}
    clients = {each["user"] for each in users if each["client"]}
    return (
        ratio(len(intended & set(seen)), len(intended)),
        ratio(sum(user in clients for user in seen), len(clients)),
    )


def accounts(chosen: Chosen) -> dict[str, Answer]:
    asked, adopted = chosen.asked, adoption(chosen)
    unknown = chosen.lacks("account")
    due = deliveries(chosen, asked.account)
    white = [each for each in due if each["white_label"]]
    made = sum(each.get("delivered") is not None for each in white)
    return {
        "report_delivery_accuracy": UNKNOWN
        if unknown
        else ratio(sum(perfect(each) for each in due), len(due)),
        "client_account_health_score": health(chosen),
        "white_label_report_delivery_rate": UNKNOWN if unknown else ratio(made, len(white)),
        "multi_account_reporting_accuracy": audits(chosen),
        "campaign_reporting_coverage": coverage(chosen),
        "account_attribution_completeness": completeness(chosen),
        "user_access_adoption_rate": adopted[0],
        "client_dashboard_usage_rate": adopted[1],
    }
