"""Every entry of the catalogue names the calls behind it, or says what else it is made of."""

import sqlite3
from collections import Counter
from collections.abc import Iterator
from typing import Final

import pytest

from tests.screens.center import CALENDAR, CONFIGURATION, NOW, fill, simulated
from wallboard.cache.opening import open_for_reading
from wallboard.metrics.answers import Answer
from wallboard.metrics.asked import Asked
from wallboard.metrics.behind import CallBehind, calls_behind, newest_behind, part_names
from wallboard.metrics.catalogue import BY_SLUG, CATALOGUE
from wallboard.metrics.engine import answers
from wallboard.metrics.live import live_answers
from wallboard.metrics.metric import Metric
from wallboard.metrics.sources import UnanswerableError

ASKED: Final = Asked(CALENDAR.period(None, None, NOW), CALENDAR, CONFIGURATION.metrics, NOW)

OF_NO_CALLS: Final = {
    "dni_success_rate": "number displays on web pages",
    "number_pool_usage": "samples of number pools",
    "report_delivery_accuracy": "deliveries of reports",
    "client_account_health_score": "accounts",
    "white_label_report_delivery_rate": "deliveries of reports",
    "multi_account_reporting_accuracy": "audits of reports",
    "user_access_adoption_rate": "views of dashboards and users",
    "client_dashboard_usage_rate": "views of dashboards and users",
    "agents_by_state": "agents",
    "occupancy": "agents",
    **{metric.slug: "visits to web pages" for metric in CATALOGUE if metric.scope == "web"},
}
"""What is made of something else than calls, and of what."""

OF_SPEND: Final = {
    "cost_per_call": "numerator",
    "cost_per_qualified_call": "numerator",
    "cost_per_lead": "numerator",
    "cost_per_appointment": "numerator",
    "cost_per_sale": "numerator",
    "return_on_ad_spend": "denominator",
    "marketing_roi": "denominator",
    "media_efficiency": "denominator",
}
"""The part that is spend, beside one that is made of calls."""

COUNTED_OTHERWISE: Final = {
    ("unique_callers", "numerator"): "callers",
    ("repeat_callers", "numerator"): "callers",
    ("contacts_reached", "numerator"): "contacts",
    ("drop_headroom", "numerator"): "what the live answers still allow",
    ("estimated_wait", "numerator"): "seconds",
    ("longest_wait", "numerator"): "seconds",
    ("average_transfers_per_call", "numerator"): "transfers",
    ("customer_path_touchpoints", "numerator"): "touches",
    ("queue_response_time", "denominator"): "stays",
    ("call_recording_completion_rate", "numerator"): "recordings",
    ("call_recording_completion_rate", "denominator"): "recordings",
    ("script_adherence_rate", "numerator"): "steps",
    ("script_adherence_rate", "denominator"): "steps",
    ("silence_rate", "denominator"): "seconds",
    ("silence_rate", "numerator"): "seconds",
    ("offline_conversion_import_success_rate", "numerator"): "exports",
    ("offline_conversion_import_success_rate", "denominator"): "exports",
    ("average_order_value", "denominator"): "sales",
    ("cost_per_sale", "denominator"): "sales",
    ("lead_close_rate", "numerator"): "callers",
    ("lead_close_rate", "denominator"): "callers",
    ("repeat_purchase_rate", "numerator"): "customers",
    ("repeat_purchase_rate", "denominator"): "customers",
    ("campaign_reporting_coverage", "numerator"): "campaigns",
    ("lead_score", "numerator"): "points",
    ("sentiment_score", "numerator"): "points",
    ("assist_touch_attribution", "numerator"): "touches",
    ("return_on_ad_spend", "numerator"): "money",
    ("marketing_roi", "numerator"): "money",
    ("closed_won_touch_attribution", "numerator"): "money",
}
"""Parts whose number is not that of their calls, and what it is one of."""


@pytest.fixture(scope="module")
def connection(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    """A simulated Tuesday up to the fixed moment."""
    cache = tmp_path_factory.mktemp("calls") / "cache.sqlite"
    fill(cache, simulated(NOW, agents=24))
    connection = open_for_reading(cache)
    yield connection
    connection.close()


@pytest.fixture(scope="module")
def told(connection: sqlite3.Connection) -> dict[str, Answer]:
    """What the catalogue says of the day."""
    return answers(connection, CATALOGUE, ASKED) | live_answers(connection, ASKED)


def _distinct(calls: list[CallBehind]) -> dict[str, int]:
    return {
        part: len({call.number for call in calls if call.part == part})
        for part in {call.part for call in calls}
    }


def _is_of_seconds_or_money(metric: Metric, part: str) -> bool:
    return metric.unit in {"seconds", "money"} and part == "numerator"


@pytest.mark.parametrize("metric", CATALOGUE, ids=lambda metric: metric.slug)
def test_calls_are_named_and_are_as_many_as_the_figure_says(
    connection: sqlite3.Connection, told: dict[str, Answer], metric: Metric
) -> None:
    """Each call once a part and key; what is made of no calls says of what it is made."""
    if metric.slug in OF_NO_CALLS:
        with pytest.raises(UnanswerableError) as refused:
            list(calls_behind(connection, metric, ASKED))
        assert str(refused.value) == (
            f"This figure is made of {OF_NO_CALLS[metric.slug]}, not of calls."
        )
        return
    calls = list(calls_behind(connection, metric, ASKED))
    assert len(calls) == len(set(calls))
    assert {call.part for call in calls} <= set(part_names(metric, ASKED))
    counted, answer = _distinct(calls), told[metric.slug]
    for part in ("numerator", "denominator"):
        figure = getattr(answer, part)
        if figure is None or part not in part_names(metric, ASKED):
            continue
        if OF_SPEND.get(metric.slug) == part:
            assert part not in counted
        elif (metric.slug, part) in COUNTED_OTHERWISE or _is_of_seconds_or_money(metric, part):
            assert bool(counted.get(part)) == bool(figure), "calls where there is a figure"
        else:
            assert counted.get(part, 0) == figure
    if metric.unit == "breakdown" and (metric.slug, "numerator") not in COUNTED_OTHERWISE:
        rows = {row["key"]: row["value"] for row in answer.breakdown or () if row["value"]}
        by_key = Counter(call.key for call in calls)
        if "revenue" in metric.slug:
            assert set(by_key) == set(rows)
        else:
            assert by_key == rows


@pytest.mark.parametrize("metric", CATALOGUE, ids=lambda metric: metric.slug)
def test_a_board_finds_the_same_calls(connection: sqlite3.Connection, metric: Metric) -> None:
    """Newest first, part by part."""
    if metric.slug in OF_NO_CALLS:
        for part in ("numerator", "denominator"):
            with pytest.raises(UnanswerableError, match=r"not of calls\.$"):
                list(newest_behind(connection, metric, part, ASKED))
        return
    calls = list(calls_behind(connection, metric, ASKED))
    for part in part_names(metric, ASKED):
        if OF_SPEND.get(metric.slug) == part:
            with pytest.raises(UnanswerableError, match=r"^This part is made of spend, not of"):
                list(newest_behind(connection, metric, part, ASKED))
            continue
        expected = list(dict.fromkeys(call.number for call in calls if call.part == part))
        found = [n for some in newest_behind(connection, metric, part, ASKED) for n in some]
        assert found == expected[::-1]


def test_a_part_that_is_not_there(connection: sqlite3.Connection) -> None:
    """A count has no denominator, and it is said so."""
    with pytest.raises(UnanswerableError, match="This figure has no denominator"):
        list(newest_behind(connection, BY_SLUG["total_calls"], "denominator", ASKED))
