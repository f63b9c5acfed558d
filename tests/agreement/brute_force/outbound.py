"""Metrics K1 to K8: dials, who answered them, and the drops."""

from decimal import Decimal
from math import floor

from tests.agreement.brute_force.answers import divided, money, ratio, total
from tests.agreement.brute_force.asked import Answer
from tests.agreement.brute_force.chosen import Chosen
from tests.agreement.brute_force.dials import agents_on, contact_leg, dropped, live
from tests.agreement.brute_force.judged import converted


def drop_rate(
    formula: str, drops: int, live_answers: int, all_answers: int, machines: int
) -> Answer:
    """The named formulas of metric K5; machines: those that an agent was on."""
    if formula == "ftc":
        return ratio(drops, live_answers)
    if formula == "answered":
        return ratio(drops, all_answers)
    handled = live_answers - drops
    falsely = divided(Decimal(drops) * machines, handled + machines) or 0
    counted = Decimal(drops) - money(falsely)
    return ratio(counted, handled + counted)


def headroom(chosen: Chosen) -> int:
    """Drops left before the limit, each live answer under its own campaign's (reading 53)."""
    allowed = Decimal(0)
    for call in chosen.outbound:
        if live(call):
            limit = chosen.world.campaign_of(call).get("drop_limit")
            allowed += Decimal(str(chosen.settings.drop_limit if limit is None else limit))
    return floor(allowed) - sum(dropped(chosen.world, call) for call in chosen.outbound)


def attempt(number: int | None) -> int:
    return 1 if number is None else number


def outbound(chosen: Chosen) -> dict[str, Answer]:
    calls = chosen.outbound
    answers = [call for call in calls if contact_leg(call) is not None]
    decided = [call for call in calls if call.end is not None or call in answers]
    people = [call for call in calls if live(call)]
    machines = [call for call in calls if call.reason in {"machine", "fax"} and agents_on(call)]
    drops = sum(dropped(chosen.world, call) for call in calls)
    retries = sum(attempt(call.fields.get("attempt")) > 1 for call in calls)
    contacts = {
        (call.source, call.fields["contact"])
        for call in calls
        if call.fields.get("contact") is not None
    }
    return {
        "dials": total(len(calls)),
        "dial_answer_rate": ratio(len(answers), len(decided)),
        "contact_rate": ratio(len(people), len(decided)),
        "conversion_rate": ratio(sum(converted(call) for call in people), len(people)),
        "drop_rate": drop_rate(
            chosen.settings.drop_formula, drops, len(people), len(answers), len(machines)
        ),
        "drop_headroom": total(headroom(chosen)),
        "retry_share": ratio(retries, len(calls)),
        "contacts_reached": total(len(contacts)),
    }
