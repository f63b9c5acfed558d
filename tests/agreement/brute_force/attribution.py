"""Metrics 15 to 39: where calls come from."""

from collections import Counter, defaultdict
from collections.abc import Callable
from decimal import Decimal

from tests.agreement.brute_force.answers import (
    counted,
    divided,
    key_of,
    money,
    ratio,
    shared,
    table,
)
from tests.agreement.brute_force.asked import Answer, Row
from tests.agreement.brute_force.calls import Call
from tests.agreement.brute_force.chosen import Chosen, matches
from tests.agreement.brute_force.demand import number
from tests.agreement.brute_force.judged import answered, missed
from tests.agreement.brute_force.numbers import area
from tests.agreement.brute_force.touches import at_or_before_call, before_call, before_win

FIELDS = {
    "call_source": "source",
    "traffic_channel": "channel",
    "campaign_attribution": "campaign",
    "keyword_attribution": "keyword",
    "landing_page_attribution": "landing_page",
    "call_medium": "medium",
    "ad_group_attribution": "ad_group",
    "ad_attribution": "ad",
    "creative_attribution": "creative",
    "referring_url": "referring_url",
    "referral_source": "referral_source",
    "channel_distribution": "channel",
}
MOST_PATHS = 10
"""As many of the most frequent paths are shown."""
BESIDE = {
    "calls_by_campaign": "campaign",
    "calls_by_keyword": "keyword",
    "calls_by_landing_page": "landing_page",
    "calls_by_channel": "channel",
}


def calls_by(chosen: Chosen, key: Callable[[Call], object]) -> Answer:
    return table(counted(key(call) for call in chosen.inbound))


def beside(chosen: Chosen, name: str) -> Answer:
    """Calls by a field of their attribution, with what became of them."""
    groups: dict[str, list[Call]] = defaultdict(list)
    for call in chosen.inbound:
        groups[key_of(call.attribution.get(name))].append(call)
    rows: list[Row] = shared({key: len(group) for key, group in groups.items()})
    judged = "call.outcome" in chosen.world.sent
    for row in rows:
        group = groups[row["key"]]
        row["answered"] = sum(answered(call) for call in group)
        row["missed"] = sum(missed(call) for call in group)
        row["qualified"] = sum(call.flag("qualified") for call in group) if judged else None
    return table(rows)


def paths(chosen: Chosen) -> Answer:
    """The mean number of touches before a call, and the most frequent ways that they went."""
    found = [before_call(chosen.world, call) for call in chosen.inbound]
    walked = [touches for touches in found if touches]
    ways = Counter(
        " > ".join(key_of(touch.fields.get("channel")) for touch in touches) for touches in walked
    )
    ranked = dict(sorted(ways.items(), key=lambda pair: (-pair[1], pair[0])))
    rows = shared(ranked)[:MOST_PATHS]
    return ratio(sum(len(touches) for touches in walked), len(walked), rows)


def touched(chosen: Chosen, which: int) -> Answer:
    """Calls by the source of the caller's first (0) or last (-1) touch before each."""
    found = [before_call(chosen.world, call) for call in chosen.inbound]
    return table(counted(touches[which].fields["source"] if touches else None for touches in found))


def assists(chosen: Chosen) -> Answer:
    sources = [
        touch.fields["source"]
        for call in chosen.inbound
        for touch in before_call(chosen.world, call)[1:-1]
    ]
    return table(counted(sources))


def leads(chosen: Chosen) -> Answer:
    """Each caller's first lead call ever, by the last touch at or before it."""
    created: dict[str, Call] = {}
    for call in chosen.world.calls:
        caller = number(call)
        if call.inbound and caller is not None and call.flag("lead"):
            created.setdefault(caller, call)
    sources = []
    for call in created.values():
        if call in chosen.inbound:
            touches = at_or_before_call(chosen.world, call)
            sources.append(touches[-1].fields["source"] if touches else None)
    return table(counted(sources))


def wins(chosen: Chosen) -> Answer:
    """The value of won opportunities in equal parts over the touches before each win."""
    world, sums = chosen.world, defaultdict[str, Decimal](Decimal)
    for opportunity in world.opportunities:
        call = world.call_for(opportunity.source, opportunity.fields.get("call"))
        won = opportunity.won()
        if opportunity.fields["stage"] != "won" or won is None or not chosen.within(won):
            continue
        if chosen.asked.filters() and (call is None or not matches(world, call, chosen.asked)):
            continue
        sources = [touch.fields["source"] for touch in before_win(world, opportunity, won)] or [
            None
        ]
        for source in sources:
            part = divided(money(opportunity.fields["value"]), len(sources))
            sums[key_of(source)] += money(part)
    return table(shared(sums))


def attribution(chosen: Chosen) -> dict[str, Answer]:
    result = {
        slug: table(counted(call.attribution.get(name) for call in chosen.inbound))
        for slug, name in FIELDS.items()
    }
    result |= {slug: beside(chosen, name) for slug, name in BESIDE.items()}
    return result | {
        "call_type": calls_by(chosen, lambda call: call.fields.get("call_type")),
        "geographic_call_attribution": calls_by(
            chosen, lambda call: (call.fields.get("location") or {}).get("region")
        ),
        "area_code_attribution": calls_by(
            chosen, lambda call: area(call.fields.get("from_number"))
        ),
        "customer_path_touchpoints": paths(chosen),
        "first_touch_attribution": touched(chosen, 0),
        "assist_touch_attribution": assists(chosen),
        "lead_creation_touch_attribution": leads(chosen),
        "last_touch_attribution": touched(chosen, -1),
        "closed_won_touch_attribution": wins(chosen),
    }
