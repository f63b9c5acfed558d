"""Metrics 83 to 109, by hand: conversions, sales, deals, customers, costs."""

import pytest

from tests.metrics.asking import (
    CALLER,
    answered,
    arrive,
    ask,
    asked,
    dial,
    end,
    figures,
    gave_up,
    rows,
)
from tests.metrics.asking import shares as parts
from tests.questions.conftest import Cache
from wallboard.metrics.behind import calls_behind
from wallboard.metrics.catalogue import BY_SLUG

OTHER = "+14155550172"
DAY = 86_400.0
TODAY = "2024-06-12"


def sale(cache: Cache, name: str, at: float, amount: float, **data: object) -> None:
    """A sale is recorded."""
    cache.say("sale.recorded", at, sale=name, amount=amount, **data)


def test_a_sale_converts_a_call_that_has_no_flag(cache: Cache) -> None:
    for number, call in enumerate(("flagged", "sold", "neither")):
        answered(cache, call, number * 60.0, 1, 10)
    cache.say("call.outcome", 200, call="flagged", quote=True, outcome="sold")
    cache.say("call.outcome", 201, call="neither", outcome="sold")
    sale(cache, "s1", 9 * DAY, 10, call="sold")
    cache.feed()
    assert parts(cache, "call_conversion_rate") == (2, 3)
    assert parts(cache, "call_to_sale_rate") == (1, 3)


def test_a_call_with_two_sales_is_one_call_and_two_orders(cache: Cache) -> None:
    answered(cache, "c1", 0, 1, 10)
    answered(cache, "c2", 60, 1, 10)
    sale(cache, "s1", 100, 0.1, call="c1")
    sale(cache, "s2", 101, 0.2, call="c1")
    sale(cache, "s3", 102, 900)
    cache.feed()
    assert parts(cache, "call_to_sale_rate") == (1, 2)
    assert figures(cache, "revenue_per_call") == (0.15, 0.3, 2)
    assert figures(cache, "average_order_value") == (0.15, 0.3, 2)


def test_a_sale_that_was_corrected_counts_as_last_told(cache: Cache) -> None:
    answered(cache, "c1", 0, 1, 10)
    sale(cache, "s1", 100, 70, call="c1")
    sale(cache, "s1", 50, 40, call="c1")
    cache.feed()
    assert figures(cache, "average_order_value") == (70, 70, 1)


def test_a_lead_closes_with_a_sale_at_its_start_and_not_before(cache: Cache) -> None:
    answered(cache, "c1", 100, 1, 10)
    answered(cache, "c2", 100, 1, 10, from_number=OTHER)
    answered(cache, "c3", 100, 1, 10, from_number="anonymous")
    for call in ("c1", "c2", "c3"):
        cache.say("call.outcome", 200, call=call, lead=True)
    sale(cache, "s1", 100, 1, phone=CALLER)
    sale(cache, "s2", 99.999, 1, phone=OTHER)
    cache.feed()
    assert parts(cache, "lead_close_rate") == (1, 2)


def test_the_customer_of_a_sale_is_its_contact_when_nothing_else_says_who(cache: Cache) -> None:
    answered(cache, "c1", 100, 1, 10)
    cache.say("call.outcome", 200, call="c1", lead=True)
    cache.say("contact.added", 0, contact="k1", phone=CALLER)
    sale(cache, "s1", 300, 1, contact="k1", phone="withheld")
    cache.feed()
    assert parts(cache, "lead_close_rate") == (1, 1)


def test_deals_stand_as_they_stood_when_the_period_ended(cache: Cache) -> None:
    answered(cache, "c1", 0, 1, 10)
    deals = (("o1", "open", 100), ("o2", "won", 30), ("o3", "lost", 7))
    for name, stage, value in deals:
        cache.say("opportunity.changed", 60, opportunity=name, call="c1", stage=stage, value=value)
    cache.say("opportunity.changed", DAY, opportunity="o1", call="c1", stage="won", value=500)
    sale(cache, "s1", 70, 4, call="c1")
    sale(cache, "s2", 70, 8, call="c1", opportunity="o2")
    sale(cache, "s3", DAY, 16, call="c1")
    cache.feed()
    assert figures(cache, "pipeline_value") == (100, 100, None)
    assert figures(cache, "booked_revenue") == (34, 34, None)
    both = {"period": (TODAY, "2024-06-13"), "now": cache.now + round(2e8)}
    assert parts(cache, "call_to_opportunity_rate") == (1, 1)
    assert figures(cache, "pipeline_value", **both)[0] == 0
    assert figures(cache, "booked_revenue", **both)[0] == 550


def test_customers_are_those_whose_first_sale_ever_came_by_a_call(cache: Cache) -> None:
    answered(cache, "c1", 0, 1, 10)
    answered(cache, "c2", 60, 1, 10, from_number=OTHER)
    sale(cache, "s1", 100, 60, call="c1")
    sale(cache, "s2", 100 + 2 * 365.25 * DAY, 1_000, phone=CALLER)
    sale(cache, "s0", -DAY, 5, phone=OTHER)
    sale(cache, "s3", 100, 40, call="c2")
    cache.feed()
    assert parts(cache, "repeat_purchase_rate") == (1, 1)
    # Orders of 50 on average, two in two years, for three years.
    assert ask(cache, "customer_lifetime_value").value == 150
    assert ask(cache, "customer_lifetime_value", customer_years=1.5).value == 75


def test_costs_are_null_without_spend_and_not_nothing(cache: Cache) -> None:
    answered(cache, "c1", 0, 1, 10, attribution={"campaign": "spring"})
    cache.say("spend.recorded", 0, spend="x1", amount=5, day="2024-06-11")
    cache.feed()
    assert figures(cache, "cost_per_call") == (None, None, None)
    cache.say("spend.recorded", 0, spend="x2", amount=0, day=TODAY)
    cache.feed()
    assert figures(cache, "cost_per_call") == (0, 0, 1)


def test_costs_returns_and_their_filters(cache: Cache) -> None:
    answered(cache, "c1", 0, 1, 10, campaign="line", attribution={"campaign": "spring"})
    gave_up(cache, "c2", 60, 30, campaign="line", attribution={"campaign": "autumn"})
    sale(cache, "s1", 100, 300, call="c1")
    cache.say("call.outcome", 100, call="c1", lead=True, qualified=True)
    for name, campaign, amount in (("x1", "spring", 40), ("x2", "winter", 60)):
        cache.say("spend.recorded", 0, spend=name, amount=amount, day=TODAY, campaign=campaign)
    cache.feed()
    assert figures(cache, "cost_per_call") == (50, 100, 2)
    assert figures(cache, "cost_per_lead") == (100, 100, 1)
    assert figures(cache, "cost_per_sale") == (100, 100, 1)
    assert figures(cache, "return_on_ad_spend") == (3, 300, 100)
    assert figures(cache, "marketing_roi", margin=0.5) == (0.5, 50, 100)
    assert figures(cache, "media_efficiency") == (10, 1, 0.1)
    spring = {"attribution.campaign": "spring"}
    assert figures(cache, "cost_per_call", filters=spring) == (40, 40, 1)
    unknown = ask(cache, "cost_per_call", filters={"campaign": "line"})
    assert unknown.value is None
    assert "campaign" in unknown.note
    assert rows(cache, "cost_per_call", by="day") == {TODAY: 50}
    assert rows(cache, "cost_per_call", by="attribution.campaign")["autumn"] is None


def test_revenue_by_campaign_has_spend_and_return_beside_it(cache: Cache) -> None:
    answered(cache, "c1", 0, 1, 10, campaign="line", attribution={"campaign": "spring"})
    answered(cache, "c2", 60, 1, 10, campaign="line")
    sale(cache, "s1", 100, 300, call="c1")
    sale(cache, "s2", 100, 100, call="c2")
    cache.say("spend.recorded", 0, spend="x1", amount=40, day=TODAY, campaign="spring")
    cache.say("spend.recorded", 0, spend="x2", amount=9, day=TODAY, campaign="idle")
    cache.feed()
    found = {row["key"]: row for row in ask(cache, "revenue_by_campaign").breakdown or ()}
    assert (found["spring"]["spend"], found["spring"]["return"]) == (40, 7.5)
    assert (found["(none)"]["spend"], found["(none)"]["return"]) == (None, None)
    assert (found["idle"]["value"], found["idle"]["return"]) == (0, 0)
    assert found["spring"]["share"] == pytest.approx(0.75)
    answer = ask(cache, "revenue_by_campaign", filters={"campaign": "line"})
    assert [(row["value"], row["spend"]) for row in answer.breakdown or ()] == [
        (300, None),
        (100, None),
    ]
    assert "spend" in answer.note


def test_all_calls_of_a_newcomer_count_and_none_of_who_called_before(cache: Cache) -> None:
    answered(cache, "old", -DAY, 1, 10, from_number=OTHER)
    answered(cache, "c1", 0, 1, 10)
    answered(cache, "c2", 60, 1, 10)
    answered(cache, "c3", 60, 1, 10, from_number=OTHER)
    for call, amount in (("c1", 5), ("c2", 7), ("c3", 100)):
        sale(cache, f"s-{call}", 200, amount, call=call)
    cache.feed()
    assert figures(cache, "revenue_per_first_time_caller") == (12, 12, 1)


def test_a_newcomer_stands_under_the_key_of_the_first_call(cache: Cache) -> None:
    """What was sold in later calls counts there too, though these have another key."""
    answered(cache, "old", -DAY, 1, 10, from_number=OTHER, campaign="south")
    answered(cache, "c1", 0, 1, 10, campaign="north")
    answered(cache, "c2", 3_600, 1, 10, campaign="south")
    answered(cache, "c3", 3_700, 1, 10, from_number=OTHER, campaign="south")
    answered(cache, "c4", 3_800, 1, 10, from_number=None, campaign="south")
    for call, amount in (("c2", 7), ("c3", 100), ("c4", 1_000)):
        sale(cache, f"s-{call}", 4_000, amount, call=call)
    cache.feed()
    assert figures(cache, "revenue_per_first_time_caller") == (7, 7, 1)
    for by, key in (("campaign", "north"), ("hour", "12")):
        (row,) = ask(cache, "revenue_per_first_time_caller", by=by).breakdown or ()
        assert row == {"key": key, "value": 7, "numerator": 7, "denominator": 1}
    metric = BY_SLUG["revenue_per_first_time_caller"]
    behind = calls_behind(cache.read(), metric, asked(cache, by="campaign"))
    assert [(call.part, call.call, call.key) for call in behind] == [
        ("numerator", "c2", "north"),
        ("denominator", "c1", "north"),
    ]


def test_what_missed_calls_would_have_sold(cache: Cache) -> None:
    answered(cache, "c1", 0, 1, 10)
    answered(cache, "c2", 60, 1, 10)
    sale(cache, "s1", 100, 80, call="c1")
    gave_up(cache, "short", 200, 1, from_number=OTHER)
    gave_up(cache, "withheld", 300, 30, from_number=None)
    gave_up(cache, "back", 400, 30)
    dial(cache, "d1", 500)
    arrive(cache, "lost", 600)
    end(cache, "lost", 601, "lost")
    cache.feed()
    # Two missed, half of the answered ones sold, 80 an order.
    assert figures(cache, "missed_call_revenue_loss") == (80, None, None)
    assert rows(cache, "missed_call_revenue_loss", by="day") == {TODAY: 80}


@pytest.mark.parametrize("by", ["campaign", "team", "hour", "week", "attribution.keyword"])
def test_customers_by_any_dimension_are_the_customers_of_its_keys(cache: Cache, by: str) -> None:
    answered(cache, "c1", 0, 1, 10)
    gave_up(cache, "c2", 60, 30, from_number=OTHER)
    sale(cache, "s1", 100, 60, call="c1")
    cache.feed()
    for slug, value in (
        ("customer_lifetime_value", 180),
        ("repeat_purchase_rate", 0),
        ("revenue_per_first_time_caller", 30),
        ("missed_call_revenue_loss", 60),
    ):
        found = rows(cache, slug, by=by)
        assert list(found.values()) == [value]
