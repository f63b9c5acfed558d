"""Deliveries and views of accounts, and metric 120: how healthy each account is."""

from typing import Any

from tests.agreement.brute_force import clock
from tests.agreement.brute_force.answers import divided
from tests.agreement.brute_force.asked import UNKNOWN, Answer, Figure, Row
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
