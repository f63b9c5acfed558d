"""Metrics 110 to 126, by hand: records of calls, numbers, reports, accounts and users."""

import pytest

from tests.metrics.asking import CALLER, answered, arrive, ask, dial, end, figures, rows, shares
from tests.questions.conftest import NOON, Cache, iso

DAY = 86_400.0


def test_a_match_of_null_is_none_and_the_last_export_of_a_platform_counts(cache: Cache) -> None:
    for number, call in enumerate(("c1", "c2", "c3")):
        answered(cache, call, number * 60.0, 1, 10)
    cache.say("call.matched", 200, call="c1", record="r1")
    cache.say("call.matched", 200, call="c2", record=None)
    cache.say("call.exported", 201, call="c1", platform="ads", ok=False)
    cache.say("call.exported", 202, call="c1", platform="ads", ok=True)
    cache.say("call.exported", 202, call="c1", platform="other", ok=False)
    cache.say("call.checked", 203, call="c1", rule="consent", passed=True)
    cache.say("call.checked", 203, call="c1", rule="retention", passed=False)
    cache.say("call.checked", 203, call="c2", rule="consent", passed=True)
    cache.feed()
    assert shares(cache, "crm_match_rate") == (1, 3)
    assert shares(cache, "offline_conversion_import_success_rate") == (1, 2)
    assert shares(cache, "privacy_compliance_rate") == (1, 2)


def test_who_was_never_called_spam_was_not_called_spam(cache: Cache) -> None:
    for call, flag, found in (("c1", True, True), ("c2", None, False), ("c3", None, True)):
        answered(cache, call, 0, 1, 10)
        if flag is not None:
            cache.say("call.outcome", 200, call=call, spam=flag)
        cache.say("call.reviewed", 300, call=call, spam=found)
    answered(cache, "c4", 0, 1, 10)
    cache.say("call.reviewed", 300, call="c4", outcome="sold")
    cache.feed()
    assert shares(cache, "spam_detection_accuracy") == (2, 3)


def test_duplicates_are_measured_from_the_first_of_their_group(cache: Cache) -> None:
    for number, at in enumerate((0, 0, 2, 2.001, 4.001, 4.002)):
        arrive(cache, f"c{number}", at)
    arrive(cache, "elsewhere", 0, to_number="+18005550199")
    arrive(cache, "unknown1", 0, from_number=None)
    arrive(cache, "unknown2", 0, from_number=None)
    dial(cache, "other way", 0, from_number=CALLER, to_number="+18005550100")
    cache.feed()
    # 0 opens a group of three, 2.001 one of two, 4.002 the third.
    assert shares(cache, "duplicate_record_rate") == (3, 10)
    assert rows(cache, "duplicate_record_rate", by="weekday") == {"Wednesday": 0.3}
    assert rows(cache, "duplicate_record_rate", by="direction") == {
        "inbound": pytest.approx(3 / 9),
        "outbound": 0,
    }


def test_the_first_of_a_group_may_lie_before_the_period(cache: Cache) -> None:
    arrive(cache, "before", 12 * 3_600 - 1)
    arrive(cache, "after", 12 * 3_600)
    cache.feed()
    tomorrow = ("2024-06-13", "2024-06-13")
    assert shares(cache, "duplicate_record_rate", period=tomorrow, now=NOON + 90_000_000) == (1, 1)


def test_pools_by_their_latest_sample_with_their_peak(cache: Cache) -> None:
    for at, pool, size, used in ((0, "a", 10, 9), (60, "a", 20, 4), (30, "b", 10, 5)):
        cache.say("pool.sampled", at, pool=pool, size=size, in_use=used)
    cache.say("pool.sampled", DAY, pool="a", size=20, in_use=20)
    cache.feed()
    assert shares(cache, "number_pool_usage") == (9, 30)
    found = {row["key"]: row for row in ask(cache, "number_pool_usage").breakdown or ()}
    assert (found["a"]["value"], found["a"]["peak"]) == (0.2, 0.9)
    assert ask(cache, "number_pool_usage", filters={"campaign": "x"}).value is None


def test_a_report_at_exactly_its_time_is_in_time(cache: Cache) -> None:
    for name, late, more in (
        ("d1", 0, {}),
        ("d2", 1, {}),
        ("d3", None, {}),
        ("d4", 0, {"right_data": False}),
        ("d5", 0, {"right_recipients": True, "white_label": False}),
    ):
        fields = {"white_label": True, "account": "acme", "report": "weekly"} | more
        made = None if late is None else iso(NOON + late)
        cache.say("report.delivered", 60, delivery=name, due=iso(NOON), delivered=made, **fields)
    cache.feed()
    assert shares(cache, "report_delivery_accuracy") == (2, 5)
    assert shares(cache, "white_label_report_delivery_rate") == (3, 4)
    assert rows(cache, "report_delivery_accuracy") == {"acme": 0.4}
    assert ask(cache, "report_delivery_accuracy", filters={"queue": "q"}).value is None


def test_the_health_of_an_account_is_the_mean_of_what_is_known(cache: Cache) -> None:
    cache.say("account.defined", 0, account="acme", name="Acme", setup=0.5)
    cache.say("account.defined", 0, account="new", name="New", client=True)
    cache.say("account.defined", 0, account="ours", name="Ours", client=False, setup=1)
    answered(cache, "c1", 0, 1, 10, account="acme", tracked=True, attribution={"source": "ad"})
    answered(cache, "c2", 60, 1, 10, account="acme")
    cache.feed()
    # Setup, attribution and tracking are a half each; of the new one nothing is known.
    assert ask(cache, "client_account_health_score").value == 50
    assert rows(cache, "client_account_health_score") == {"acme": 50}
    cache.say("dashboard.viewed", 60, view="v1", user="u1", account="new", dashboard="d")
    cache.feed()
    assert rows(cache, "client_account_health_score") == {"new": 100, "acme": 37.5}
    assert rows(cache, "client_account_health_score", by="account") == {"new": 100, "acme": 37.5}


def test_one_wrong_report_spoils_an_account(cache: Cache) -> None:
    for name, account, correct in (("a1", "acme", True), ("a2", "acme", False), ("a3", "b", True)):
        cache.say("report.audited", 0, audit=name, account=account, report="r", correct=correct)
    cache.feed()
    assert shares(cache, "multi_account_reporting_accuracy") == (1, 2)
    assert rows(cache, "multi_account_reporting_accuracy") == {"acme": 0.5, "b": 1}


def test_campaigns_that_run_in_the_period_and_those_with_attributed_calls(cache: Cache) -> None:
    over = {"name": "x", "direction": "inbound", "channel": "voice"}
    day = NOON - 12 * 3_600_000
    for name, more in (
        ("runs", {}),
        ("sub", {"parent": "runs"}),
        ("ended", {"ends": iso(day)}),
        ("ends", {"ends": iso(day + 1)}),
        ("later", {"starts": iso(day + 86_400_000)}),
    ):
        cache.say("campaign.defined", -DAY, campaign=name, **(over | more))
    cache.say("campaign.defined", DAY, campaign="unborn", **over)
    tagged = {"attribution": {"medium": "print"}}
    dial(cache, "c1", 0, campaign="runs", sub_campaign="sub", **tagged)
    answered(cache, "c2", 0, 1, 10, campaign="ends")
    cache.feed()
    assert shares(cache, "campaign_reporting_coverage") == (2, 3)
    assert rows(cache, "campaign_reporting_coverage") == {"ends": 0, "runs": 1, "sub": 1}


def test_calls_without_an_account_are_left_out(cache: Cache) -> None:
    whole = {"source": "ad", "campaign": "spring", "channel": "search"}
    answered(cache, "c1", 0, 1, 10, account="acme", attribution=whole)
    answered(cache, "c2", 0, 1, 10, account="acme", attribution={"source": "ad"})
    answered(cache, "c3", 0, 1, 10, attribution=whole)
    cache.feed()
    slug = "account_attribution_completeness"
    assert shares(cache, slug) == (1, 2)
    assert shares(cache, slug, required_attribution=("source",)) == (2, 2)
    assert rows(cache, slug) == {"acme": 0.5}


def test_users_who_look(cache: Cache) -> None:
    for user, client, more in (
        ("u1", True, {}),
        ("u2", True, {"intended": False}),
        ("u3", False, {}),
    ):
        cache.say("user.defined", 0, user=user, account="acme", role="r", client=client, **more)
    for number, user in enumerate(("u1", "u1", "u2", "u9")):
        cache.say(
            "dashboard.viewed", 9, view=f"v{number}", user=user, account="acme", dashboard="d"
        )
    cache.feed()
    assert shares(cache, "user_access_adoption_rate") == (1, 2)
    assert figures(cache, "client_dashboard_usage_rate") == (1.5, 3, 2)
    assert figures(cache, "client_dashboard_usage_rate", filters={"account": "b"})[0] is None


def test_what_the_feed_never_sent_is_not_known(cache: Cache) -> None:
    answered(cache, "c1", 0, 1, 10)
    end(cache, "c1", 60)
    cache.feed()
    answer = ask(cache, "crm_match_rate")
    assert answer.value is None
    assert "call.matched" in answer.note
