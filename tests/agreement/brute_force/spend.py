"""What was spent in a period, as far as the filters let it be known."""

from datetime import date
from decimal import Decimal
from typing import Any

from tests.agreement.brute_force import clock
from tests.agreement.brute_force.answers import money
from tests.agreement.brute_force.chosen import Chosen
from tests.agreement.brute_force.merge import merged


def spends(chosen: Chosen) -> list[dict[str, Any]] | None:
    """The spend of the period's days; None under filters that spend does not know (42a)."""
    if chosen.lacks("account", "attribution_campaign"):
        return None
    asked = chosen.asked
    result = []
    for group in chosen.world.entities("spend.recorded", "spend"):
        each = merged(group)
        if (
            chosen.within(clock.begins(date.fromisoformat(each["day"]), chosen.settings))
            and asked.account in {None, each.get("account")}
            and asked.attribution_campaign in {None, each.get("campaign")}
        ):
            result.append(each)
    return result


def spent(chosen: Chosen) -> Decimal | None:
    """The sum of the spend; None where none was recorded."""
    known = spends(chosen)
    if not known:
        return None
    return sum((money(each["amount"]) for each in known), start=Decimal(0))
