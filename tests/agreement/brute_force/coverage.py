"""Metrics 123 and 124: how much of the calls is attributed, by campaign and by account."""

from collections import defaultdict

from tests.agreement.brute_force import clock
from tests.agreement.brute_force.answers import divided, ratio
from tests.agreement.brute_force.asked import UNKNOWN, Answer, Row
from tests.agreement.brute_force.calls import Call
from tests.agreement.brute_force.chosen import Chosen
from tests.agreement.brute_force.merge import merged


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
