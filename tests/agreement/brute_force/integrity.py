"""Metrics 110 to 118: whether the records of calls can be trusted."""

from collections import defaultdict

from tests.agreement.brute_force.answers import divided, ratio
from tests.agreement.brute_force.asked import UNKNOWN, Answer, Row
from tests.agreement.brute_force.calls import Call
from tests.agreement.brute_force.chosen import Chosen
from tests.agreement.brute_force.merge import merged
from tests.agreement.brute_force.numbers import known
from tests.agreement.brute_force.world import World

ANY_OF = ("source", "campaign", "channel", "keyword")


def attributed(call: Call) -> bool:
    """The test of metric 111: any of four fields."""
    return any(call.attribution.get(name) for name in ANY_OF)


def displays(chosen: Chosen) -> Answer:
    if chosen.lacks():
        return UNKNOWN
    groups = chosen.world.entities("number.shown", "shown")
    shown = [merged(group)["correct"] for group in groups if chosen.within(group[0].time)]
    return ratio(sum(shown), len(shown))


def pools(chosen: Chosen) -> Answer:
    """Numbers in use over the size of each pool's latest sample of the period."""
    if chosen.lacks():
        return UNKNOWN
    samples = defaultdict(list)
    for group in chosen.world.entities("pool.sampled", "pool"):
        for event in group:
            if chosen.within(event.time):
                samples[event.data["pool"]].append(event)
    last = {pool: max(group, key=lambda each: each.order) for pool, group in samples.items()}
    rows: list[Row] = []
    for pool in sorted(last):
        used, size = last[pool].data["in_use"], last[pool].data["size"]
        shares = [divided(each.data["in_use"], each.data["size"]) for each in samples[pool]]
        peak = max((share for share in shares if share is not None), default=None)
        rows.append(
            {
                "key": pool,
                "value": divided(used, size),
                "numerator": used,
                "denominator": size,
                "peak": peak,
            }
        )
    return ratio(
        sum(row["numerator"] for row in rows), sum(row["denominator"] for row in rows), rows
    )


def repeated(world: World) -> list[Call]:
    """Call records within 2 s of the first of their group (reading 44)."""
    opened: dict[tuple[str, ...], int] = {}
    result = []
    for call in world.calls:
        caller, called = (known(call.fields.get(name)) for name in ("from_number", "to_number"))
        if caller is None or called is None:
            continue
        group = (call.fields["direction"], caller, called)
        if group in opened and call.start - opened[group] <= 2_000:
            result.append(call)
        else:
            opened[group] = call.start
    return result


def integrity(chosen: Chosen) -> dict[str, Answer]:
    calls, inbound = chosen.calls, chosen.inbound
    exports = [ok for call in calls for ok in call.exports.values()]
    checked = [call for call in calls if call.checks]
    reviewed = [call for call in inbound if call.reviewed.get("spam") is not None]
    duplicates = repeated(chosen.world)
    return {
        "crm_match_rate": ratio(sum(call.record is not None for call in inbound), len(inbound)),
        "attribution_completeness_rate": ratio(
            sum(attributed(call) for call in inbound), len(inbound)
        ),
        "offline_conversion_import_success_rate": ratio(sum(exports), len(exports)),
        "tracking_coverage_rate": ratio(
            sum(call.fields.get("tracked") is True for call in inbound), len(inbound)
        ),
        "dni_success_rate": displays(chosen),
        "number_pool_usage": pools(chosen),
        "duplicate_record_rate": ratio(sum(call in duplicates for call in calls), len(calls)),
        "spam_detection_accuracy": ratio(
            sum(call.flag("spam") == call.reviewed["spam"] for call in reviewed), len(reviewed)
        ),
        "privacy_compliance_rate": ratio(
            sum(all(call.checks.values()) for call in checked), len(checked)
        ),
    }
