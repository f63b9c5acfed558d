"""Customers: whose first sale came from a call, and what they bought since."""

from collections import defaultdict
from decimal import Decimal

from tests.agreement.brute_force.answers import divided, money, ratio
from tests.agreement.brute_force.asked import Answer
from tests.agreement.brute_force.chosen import Chosen
from tests.agreement.brute_force.demand import number as number_of
from tests.agreement.brute_force.money import Sale

YEAR = Decimal("365.25") * 86_400_000
"""Milliseconds of a year (reading 40)."""


def customers(chosen: Chosen) -> dict[str, list[Sale]]:
    """All sales of each customer whose first sale ever is tied to a chosen inbound call."""
    bought: dict[str, list[Sale]] = defaultdict(list)
    for sale in sorted(chosen.world.sales, key=lambda each: each.order):
        number = chosen.world.customer(sale)
        if number is not None:
            bought[number].append(sale)
    return {
        number: sales
        for number, sales in bought.items()
        if chosen.world.call_for(sales[0].source, sales[0].fields.get("call")) in chosen.inbound
    }


def per_year(sales: list[Sale]) -> Decimal:
    """Orders a year over the span since the first order, at least one year."""
    span = Decimal(sales[-1].time - sales[0].time) / YEAR
    return len(sales) / max(Decimal(1), span)


def lifetime_value(chosen: Chosen, order_value: Answer) -> Answer:
    known = list(customers(chosen).values())
    orders = divided(sum(map(per_year, known), start=Decimal(0)), len(known))
    if orders is None or order_value.value is None:
        return Answer()
    years = money(chosen.settings.customer_years)
    return Answer(money(order_value.value) * money(orders) * years)


def repeat_purchases(chosen: Chosen) -> Answer:
    known = customers(chosen)
    return ratio(sum(len(sales) >= 2 for sales in known.values()), len(known))


def closed_leads(chosen: Chosen) -> Answer:
    """Lead callers with a sale at or after their first lead call of the period."""
    world = chosen.world
    leads: dict[str, int] = {}
    for call in chosen.inbound:
        number = number_of(call)
        if number is not None and call.flag("lead"):
            leads.setdefault(number, call.start)
    won = [
        number
        for number, since in leads.items()
        if any(world.customer(sale) == number and sale.time >= since for sale in world.sales)
    ]
    return ratio(len(won), len(leads))
