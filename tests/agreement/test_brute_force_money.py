"""Attribution, lead quality, revenue, integrity and accounts, counted by hand."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from tests.agreement.stories import MONDAY, Story, rows, written

HOUR, DAYS = 3600, 86_400


def answered(story: Story, call: str, at: float, **fields: Any) -> None:
    story.inbound(call, at, **fields)
    story.leg(call, "A", at, at + 1, at + 30, agent="ames")
    story.end(call, at + 30)


def selling() -> Story:
    """Two callers: one with two calls, both leads, and sales; one missed and not called back."""
    story = Story()
    found = {"source": "search", "channel": "paid", "campaign": "x"}
    answered(story, "a", 0, attribution=found, call_type="sales", tracked=True)
    answered(story, "b", 100, attribution={"channel": "paid"})
    story.inbound("c", 200, from_number="+12125550102")
    story.end("c", 260, "abandoned")
    for call in ("a", "b"):
        story.tell("call.outcome", 300, call=call, lead=True, qualified=call == "a")
    story.tell("sale.recorded", 400, sale="1", call="a", amount=19.99)
    story.tell("sale.recorded", 400 * DAYS, sale="2", call="a", amount=80.01, opportunity="o")
    story.tell("spend.recorded", 0, spend="s", amount=50, day="2025-11-10", campaign="x")
    story.tell("spend.recorded", 0, spend="t", amount=7, day="2025-11-11")
    return story


def test_revenue_and_costs() -> None:
    answers = selling().metrics()
    assert answers["sales_value"].value == 100
    assert answers["average_order_value"].value == 50
    assert answers["revenue_per_call"].denominator == 3
    assert answers["revenue_per_qualified_call"].value == 100
    assert answers["booked_revenue"].value == Decimal("19.99")
    assert answers["cost_per_lead"].value == 25
    assert answers["return_on_ad_spend"].value == 2
    assert answers["marketing_roi"].value == 1
    assert answers["media_efficiency"].value == 40
    assert answers["missed_call_revenue_loss"].value == 25
    assert answers["repeat_purchase_rate"].value == 1
    years = Decimal("399.995370370370370") / Decimal("365.25")
    lifetime = answers["customer_lifetime_value"].value
    assert float(lifetime or 0) == pytest.approx(float(50 * 2 / years * 3))
    assert answers["call_conversion_rate"].numerator == 2
    assert answers["lead_close_rate"].value == 1
    assert rows(answers["revenue_by_channel"]) == {"paid": 100}
    assert answers["revenue_by_campaign"].breakdown == [
        {"key": "x", "value": 100, "share": 1, "spend": 50, "return": 2}
    ]
    assert answers["revenue_per_first_time_caller"].value == 50


def test_costs_know_only_their_own_filters() -> None:
    story = selling()
    assert story.metrics(replace(MONDAY, agent="ames"))["cost_per_call"].value is None
    assert story.metrics(replace(MONDAY, attribution_campaign="x"))["cost_per_call"].value == 50
    assert story.metrics(replace(MONDAY, attribution_campaign="y"))["cost_per_call"].value is None


def test_lead_quality() -> None:
    answers = selling().metrics()
    assert answers["qualified_calls"].value == 1
    assert answers["duplicate_lead_rate"].value == 0.5
    assert answers["sales_inquiry_rate"].numerator == 1
    assert answers["lead_score"].value is None
    assert answers["intent_detection_rate"].denominator is None
    assert rows(answers["conversion_outcome_by_call"]) == {"(none)": 3}


def test_a_sale_follows_its_correction() -> None:
    story = selling()
    story.tell("sale.recorded", 500, sale="1", call="b", amount=20)
    assert story.metrics()["revenue_per_qualified_call"].value == Decimal("80.01")
    story.tell("sale.recorded", 600, sale="1", call=None, amount=20)
    assert story.metrics()["sales_value"].value == Decimal("80.01")


def test_opportunities_as_they_stood() -> None:
    story = selling()
    moves = (("won", 0), ("lost", 10), ("won", 20), ("open", 2 * DAYS))
    for stage, at in moves:
        story.tell("opportunity.changed", at, opportunity="o", call="b", stage=stage, value=at or 5)
    answers = story.metrics()
    assert answers["booked_revenue"].value == Decimal("39.99")
    assert answers["pipeline_value"].value == 0
    assert answers["call_to_opportunity_rate"].numerator == 1
    story.tell("touch.recorded", -5, touch="t", source="mail", phone="+14155550100")
    assert story.metrics()["closed_won_touch_attribution"].breakdown == []


def test_touches() -> None:
    story = selling()
    for number, (source, at) in enumerate(
        (("mail", -30), ("radio", -20), ("search", -10), ("late", 0), ("other", 100))
    ):
        known = {"phone": "+14155550100"} if number % 2 else {"contact": "k"}
        story.tell("touch.recorded", at, touch=f"t{number}", source=source, channel="z", **known)
    story.tell("call.started", 5, call="a", direction="inbound", contact="k")
    answers = story.metrics()
    assert rows(answers["first_touch_attribution"]) == {"mail": 1, "radio": 1, "(none)": 1}
    assert rows(answers["last_touch_attribution"]) == {"search": 1, "late": 1, "(none)": 1}
    assert rows(answers["assist_touch_attribution"]) == {"radio": 1}
    assert rows(answers["lead_creation_touch_attribution"]) == {"late": 1}
    assert answers["customer_path_touchpoints"].value == 2.5
    story.tell(
        "opportunity.changed", -15, opportunity="o", phone="+14155550100", stage="won", value=30
    )
    story.tell("opportunity.changed", -9, opportunity="o", contact="k", stage="lost", value=1)
    story.tell("opportunity.changed", -5, opportunity="o", stage="won", value=9)
    won = rows(story.metrics()["closed_won_touch_attribution"])
    assert won == {"mail": 3, "radio": 3, "search": 3}


def test_integrity() -> None:
    story = selling()
    for number, at in enumerate((200, 202, 202.001, 204.001)):
        story.inbound(f"d{number}", at, from_number="+12125550102")
    story.inbound("hidden 1", 0, from_number=None)
    story.inbound("hidden 2", 0, from_number=None)
    for at, passed in ((1, False), (2, True)):
        story.tell("call.checked", at, call="a", rule="consent", passed=passed)
        story.tell("call.exported", at, call="a", platform="ads", ok=not passed)
    story.tell("call.reviewed", 9, call="a", spam=False, outcome="sold")
    story.tell("call.matched", 9, call="a", record="r")
    story.tell("call.matched", 10, call="a", record=None)
    for at, used in ((1, 8), (2, 5)):
        story.tell("pool.sampled", at, pool="p", size=10, in_use=used)
    answers = story.metrics()
    assert answers["duplicate_record_rate"].numerator == 3
    assert answers["duplicate_record_rate"].denominator == 9
    assert answers["privacy_compliance_rate"].value == 1
    assert answers["offline_conversion_import_success_rate"].value == 0
    assert answers["spam_detection_accuracy"].value == 1
    assert answers["call_outcome_classification_accuracy"].value == 0
    assert answers["crm_match_rate"].numerator == 0
    assert answers["attribution_completeness_rate"].numerator == 2
    assert answers["tracking_coverage_rate"].numerator == 1
    assert answers["number_pool_usage"].value == 0.5
    assert (answers["number_pool_usage"].breakdown or [])[0]["peak"] == 0.8


def test_accounts() -> None:
    story = Story()
    story.tell("account.defined", 0, account="acme", name="Acme", setup=0.5)
    story.tell("account.defined", 0, account="own", name="Own", client=False, setup=1)
    story.inbound("a", 0, account="acme", attribution={"source": "s"})
    for number, made in enumerate((0, 0.001, None)):
        story.tell(
            "report.delivered",
            9,
            delivery=f"d{number}",
            report="weekly",
            account="acme",
            due=written(60),
            delivered=None if made is None else written(60 + made),
            white_label=True,
        )
    for user, client in (("eve", True), ("bob", False)):
        story.tell("user.defined", 0, user=user, account="acme", role="r", client=client)
    for number in range(3):
        story.tell(
            "dashboard.viewed", 1, view=f"v{number}", user="eve", account="acme", dashboard="d"
        )
    for number, correct in enumerate((True, False)):
        story.tell(
            "report.audited", 1, audit=f"u{number}", account="acme", report="r", correct=correct
        )
    answers = story.metrics()
    assert answers["report_delivery_accuracy"].value == pytest.approx(1 / 3)
    assert answers["white_label_report_delivery_rate"].value == pytest.approx(2 / 3)
    health = (0.5 + 1 + 1 / 3 + 0 + 1) / 5 * 100
    assert float(answers["client_account_health_score"].value or 0) == pytest.approx(health)
    assert answers["multi_account_reporting_accuracy"].value == 0
    assert answers["user_access_adoption_rate"].value == 0.5
    assert answers["client_dashboard_usage_rate"].value == 3
    assert answers["account_attribution_completeness"].value == 0
    single = ("source",)
    assert story.metrics(required_attribution=single)["account_attribution_completeness"].value == 1
