"""Metrics 40 to 52: what the calls were worth."""

from decimal import Decimal

from tests.agreement.brute_force.answers import counted, money, ratio, table, total
from tests.agreement.brute_force.asked import Answer
from tests.agreement.brute_force.chosen import Chosen
from tests.agreement.brute_force.demand import number


def share(chosen: Chosen, flag: str) -> Answer:
    """Calls with a flag, over all."""
    return ratio(sum(call.flag(flag) for call in chosen.inbound), len(chosen.inbound))


def repeated_leads(chosen: Chosen) -> Answer:
    """Lead calls from numbers that already had one, ever."""
    leads = [call for call in chosen.world.calls if call.inbound and call.flag("lead")]
    mine = [call for call in leads if call in chosen.inbound]
    again = [
        call
        for call in mine
        if number(call) is not None
        and any(number(other) == number(call) and other.order < call.order for other in leads)
    ]
    return ratio(len(again), len(mine))


def lead_quality(chosen: Chosen) -> dict[str, Answer]:
    calls = chosen.inbound
    scores = [
        call.outcome["lead_score"] for call in calls if call.outcome.get("lead_score") is not None
    ]
    analysed = [call.analysed for call in calls if call.analysed is not None]
    meant = [each for each in analysed if each.get("intent") not in {None, "", "none"}]
    sold = sum((chosen.world.sale_value(call) for call in calls), start=Decimal(0))
    quoted = sum((money(call.outcome.get("quote_value")) for call in calls), start=Decimal(0))
    return {
        "qualified_calls": total(sum(call.flag("qualified") for call in calls)),
        "qualified_call_rate": share(chosen, "qualified"),
        "spam_call_rate": share(chosen, "spam"),
        "wrong_number_rate": share(chosen, "wrong_number"),
        "duplicate_lead_rate": repeated_leads(chosen),
        "sales_inquiry_rate": ratio(
            sum(call.fields.get("call_type") == "sales" for call in calls), len(calls)
        ),
        "appointment_booking_rate": share(chosen, "appointment"),
        "quote_rate": share(chosen, "quote"),
        "lead_score": ratio(sum(map(money, scores), start=Decimal(0)), len(scores)),
        "intent_detection_rate": ratio(len(meant), len(analysed)),
        "conversion_outcome_by_call": table(counted(call.outcome.get("outcome") for call in calls)),
        "quote_value": total(quoted),
        "sales_value": total(sold),
    }
