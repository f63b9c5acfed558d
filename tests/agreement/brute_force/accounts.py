"""Metrics 119 to 126: whether accounts get, and use, what was promised."""

from collections import defaultdict
from typing import Any

from tests.agreement.brute_force import clock
from tests.agreement.brute_force.answers import divided, ratio
from tests.agreement.brute_force.asked import UNKNOWN, Answer, Figure, Row
from tests.agreement.brute_force.calls import Call
from tests.agreement.brute_force.chosen import Chosen
from tests.agreement.brute_force.integrity import attributed
from tests.agreement.brute_force.merge import merged


def deliveries(chosen: Chosen, account: str | None) -> list[dict[str, Any]]:
    """Deliveries due in the period, of one account or all."""
    found = [merged(group) for group in chosen.world.entities("report.delivered", "delivery")]
    return [
        each
        for each in found
        if chosen.within(clock.milliseconds(each["due"])) and account in {None, each["account"]}
    ]


def perfect(delivery: dict[str, Any]) -> bool:
    """On time, to the right recipients, with the right data (reading 45)."""
    due, made = (clock.milliseconds(delivery.get(name)) for name in ("due", "delivered"))
    on_time = made is not None and due is not None and made <= due
    wrong = (delivery.get(name) is False for name in ("right_recipients", "right_data"))
    return on_time and not any(wrong)


def views(chosen: Chosen, account: str | None) -> list[dict[str, Any]]:
    groups = chosen.world.entities("dashboard.viewed", "view")
    found = [merged(group) for group in groups if chosen.within(group[0].time)]
    return [each for each in found if account in {None, each["account"]}]


def health(chosen: Chosen) -> Answer:
    """Per account the mean of what is known of it, 0 to 100 (reading 46)."""
    if chosen.lacks("account"):
        return UNKNOWN
    world, rows = chosen.world, list[Row]()
    for group in world.entities("account.defined", "account"):
        account = merged(group)
        name = account["account"]
        if account.get("client") is False or chosen.asked.account not in {None, name}:
            continue
        calls = [call for call in chosen.inbound if call.fields.get("account") == name]
        due = deliveries(chosen, name)
        parts: list[Figure] = [
            account.get("setup"),
            divided(sum(attributed(call) for call in calls), len(calls)),
            divided(sum(perfect(each) for each in due), len(due)),
            divided(sum(call.fields.get("tracked") is True for call in calls), len(calls)),
        ]
        if "dashboard.viewed" in world.sent:
            parts.append(1 if views(chosen, name) else 0)
        known = [float(part) for part in parts if part is not None]
        if known:
            rows.append({"key": name, "value": 100 * sum(known) / len(known)})
    return Answer(divided(sum(row["value"] for row in rows), len(rows)), None, None, rows)


def audits(chosen: Chosen) -> Answer:
    if chosen.lacks("account"):
        return UNKNOWN
    right: dict[str, list[bool]] = defaultdict(list)
    for group in chosen.world.entities("report.audited", "audit"):
        audit = merged(group)
        if chosen.within(group[0].time) and chosen.asked.account in {None, audit["account"]}:
            right[audit["account"]].append(audit["correct"])
    return ratio(sum(all(each) for each in right.values()), len(right))


def coverage(chosen: Chosen) -> Answer:
    """Active campaigns with a call that has attribution data (reading 47)."""
    if chosen.lacks("account", "campaign"):
        return UNKNOWN
    asked, active, covered = chosen.asked, 0, 0
    period = Chosen(chosen.world, type(asked)(asked.from_ms, asked.until_ms))
    for group in chosen.world.entities("campaign.defined", "campaign"):
        campaign, source = merged(group), group[0].source
        starts, ends = (clock.milliseconds(campaign.get(name)) for name in ("starts", "ends"))
        if (
            group[0].time >= asked.until_ms
            or (starts is not None and starts >= asked.until_ms)
            or (ends is not None and ends <= asked.from_ms)
            or asked.campaign not in {None, campaign["campaign"]}
            or asked.account not in {None, campaign.get("account")}
        ):
            continue
        active += 1
        covered += any(
            call.source == source
            and campaign["campaign"]
            in {call.fields.get("campaign"), call.fields.get("sub_campaign")}
            and any(value is not None for value in call.attribution.values())
            for call in period.calls
        )
    return ratio(covered, active)


def completeness(chosen: Chosen) -> Answer:
    """Per account, calls with every required field of attribution (reading 48)."""
    groups: dict[str, list[Call]] = defaultdict(list)
    for call in chosen.inbound:
        if call.fields.get("account") is not None:
            groups[call.fields["account"]].append(call)
    rows: list[Row] = []
    for account in sorted(groups):
        full = sum(
            all(call.attribution.get(name) for name in chosen.settings.required_attribution)
            for call in groups[account]
        )
        n = len(groups[account])
        rows.append(
            {"key": account, "value": divided(full, n), "numerator": full, "denominator": n}
        )
    return ratio(
        sum(row["numerator"] for row in rows), sum(row["denominator"] for row in rows), rows
    )


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
