"""Metrics 40 to 52, by hand: flags of outcomes, repeated leads, scores, intents, money."""

from typing import Any

import pytest

from tests.metrics.asking import CALLER, arrive, ask, dial, figures, rows, shares
from tests.questions.conftest import Cache
from wallboard.metrics.catalogue import BY_SLUG

DAY = 86_400.0
FLAGS = {
    "qualified_call_rate": "qualified",
    "spam_call_rate": "spam",
    "wrong_number_rate": "wrong_number",
    "appointment_booking_rate": "appointment",
    "quote_rate": "quote",
}
RESTING_ON_OUTCOMES = (
    "qualified_calls",
    *FLAGS,
    "duplicate_lead_rate",
    "sales_inquiry_rate",
    "lead_score",
    "conversion_outcome_by_call",
    "quote_value",
)


def judged(cache: Cache, call: str, at: float = 0, who: str | None = CALLER, **said: Any) -> None:
    """A call that came in, and what was said of it a second later."""
    arrive(cache, call, at, from_number=who)
    cache.say("call.outcome", at + 1, call=call, **said)


@pytest.mark.parametrize(("slug", "flag"), FLAGS.items())
def test_a_flag_over_all_calls(cache: Cache, slug: str, flag: str) -> None:
    """False, null and absent are no; calls without an outcome are calls; dials are none."""
    for number, said in enumerate((True, False, None)):
        arrive(cache, f"c{number}", 0)
        cache.say("call.outcome", 1, call=f"c{number}", **{flag: said})
    arrive(cache, "c4", 0)
    dial(cache, "o1", 0)
    cache.say("call.outcome", 1, call="o1", **{flag: True})
    cache.say("call.outcome", 1, call="never-started", **{flag: True})
    cache.feed()
    assert shares(cache, slug) == (1, 4)


def test_a_later_outcome_corrects_an_earlier_one(cache: Cache) -> None:
    """Field by field, by its time, whichever came first; what becomes known later counts too."""
    judged(cache, "c1", qualified=True, quote_value=10)
    cache.say("call.outcome", 3 * DAY, call="c1", qualified=False)
    cache.say("call.outcome", 60, call="c1", qualified=True, quote_value=12)
    cache.feed()
    assert figures(cache, "qualified_calls") == (0, 0, None)
    assert figures(cache, "quote_value") == (12, 12, None)


@pytest.mark.parametrize("slug", RESTING_ON_OUTCOMES)
def test_without_any_outcome_nothing_is_known(cache: Cache, slug: str) -> None:
    """Null with a note; once one was sent, even of another day, they are figures."""
    arrive(cache, "c1", 0, call_type="sales")
    cache.feed()
    answer = ask(cache, slug)
    assert (answer.value, answer.numerator, answer.denominator) == (None, None, None)
    assert answer.breakdown is None
    assert "call.outcome" in answer.note
    cache.say("call.outcome", -3 * DAY, call="another", notes="-")
    cache.feed()
    assert "call.outcome" not in ask(cache, slug).note
    assert ask(cache, slug).numerator is not None or slug == "conversion_outcome_by_call"


def test_leads_that_were_leads_already(cache: Cache) -> None:
    """At any earlier time and by any campaign; withheld ones count below and never above."""
    judged(cache, "old", -40 * DAY, lead=True)
    judged(cache, "c1", 0, lead=True)
    judged(cache, "c2", 60, lead=False)
    judged(cache, "c3", 60, "+14155550172", lead=False)
    judged(cache, "c4", 90, "+14155550172", lead=True)
    judged(cache, "c5", 91, "+14155550172", lead=True)
    judged(cache, "c6", 0, None, lead=True)
    judged(cache, "c7", 9, None, lead=True)
    cache.feed()
    assert shares(cache, "duplicate_lead_rate") == (2, 5)


def test_a_lead_of_a_dial_makes_no_duplicate(cache: Cache) -> None:
    """Nor does a later one."""
    dial(cache, "o1", -60, from_number=CALLER)
    cache.say("call.outcome", -50, call="o1", lead=True)
    judged(cache, "c1", 0, lead=True)
    judged(cache, "later", DAY, lead=True)
    cache.feed()
    assert shares(cache, "duplicate_lead_rate") == (0, 1)


def test_two_leads_of_one_instant_are_one_duplicate(cache: Cache) -> None:
    """One of them is the first."""
    judged(cache, "c1", 0, lead=True)
    judged(cache, "c2", 0, lead=True)
    cache.feed()
    assert shares(cache, "duplicate_lead_rate") == (1, 2)


def test_without_leads_there_is_no_rate_of_duplicates(cache: Cache) -> None:
    """Null, and the note is silent: outcomes are known."""
    judged(cache, "c1", qualified=True)
    cache.feed()
    assert figures(cache, "duplicate_lead_rate") == (None, 0, 0)
    assert ask(cache, "duplicate_lead_rate").note == ""


def test_sales_inquiries_by_the_type_last_said(cache: Cache) -> None:
    """By the start of the call or by its outcome; exactly `sales`."""
    arrive(cache, "c1", 0, call_type="sales")
    arrive(cache, "c2", 0, call_type="sales")
    cache.say("call.outcome", 9, call="c2", call_type="support")
    arrive(cache, "c3", 0)
    cache.say("call.outcome", 9, call="c3", call_type="sales")
    arrive(cache, "c4", 0, call_type="Sales")
    cache.feed()
    assert shares(cache, "sales_inquiry_rate") == (2, 4)


def test_scores_are_averaged_over_scored_calls(cache: Cache) -> None:
    """A score of 0 is a score; over none there is no mean."""
    judged(cache, "c1", lead_score=0)
    judged(cache, "c2", lead_score=80.5)
    judged(cache, "c3", lead_score=None)
    arrive(cache, "c4", 0)
    judged(cache, "c5", DAY, qualified=True)
    cache.feed()
    assert figures(cache, "lead_score") == (40.25, 80.5, 2)
    day = ("2024-06-13", "2024-06-13")
    assert figures(cache, "lead_score", period=day) == (None, 0, 0)


def test_intents_of_analysed_calls(cache: Cache) -> None:
    """Absent and null mean none; calls that nobody analysed are left out."""
    said: tuple[dict[str, str | None], ...] = (
        {"intent": "buy"},
        {"intent": "none"},
        {"intent": None},
        {},
    )
    for number, intent in enumerate(said):
        arrive(cache, f"c{number}", 0)
        cache.say("call.analysed", 60, call=f"c{number}", **intent)
    arrive(cache, "c9", 0)
    cache.say("call.reviewed", 60, call="c9", spam=False)
    cache.feed()
    assert shares(cache, "intent_detection_rate") == (1, 4)


def test_intents_need_no_outcome_but_an_analysis(cache: Cache) -> None:
    """The note names what is missing."""
    judged(cache, "c1", qualified=True)
    cache.feed()
    answer = ask(cache, "intent_detection_rate")
    assert answer.value is None
    assert "call.analysed" in answer.note


def test_calls_by_outcome(cache: Cache) -> None:
    """Calls without one are under (none); the shares are of all."""
    for number, outcome in enumerate(("sold", "booked", "sold", None)):
        judged(cache, f"c{number}", outcome=outcome)
    arrive(cache, "c9", 0)
    cache.feed()
    answer = ask(cache, "conversion_outcome_by_call")
    assert answer.value is None
    assert [(row["key"], row["value"], row["share"]) for row in answer.breakdown or ()] == [
        ("(none)", 2, 0.4),
        ("sold", 2, 0.4),
        ("booked", 1, 0.2),
    ]
    assert rows(cache, "total_calls", by="outcome") == {"(none)": 2, "sold": 2, "booked": 1}


def test_quotes_are_summed_as_they_were_written(cache: Cache) -> None:
    """Ten dimes are one, not a float beside it; a quote's value needs no flag."""
    for number in range(10):
        judged(cache, f"c{number}", quote_value=0.1)
    cache.feed()
    assert figures(cache, "quote_value") == (1, 1, None)


def test_sales_are_tied_by_their_call_whenever_recorded(cache: Cache) -> None:
    """A sale of the same phone or contact that names no call is none of its."""
    arrive(cache, "c1", 0, contact="p1")
    arrive(cache, "yesterday", -DAY)
    dial(cache, "o1", 0)
    sales: tuple[tuple[str, float, dict[str, Any]], ...] = (
        ("s1", 60, {"call": "c1", "amount": 99.9}),
        ("s2", 30 * DAY, {"call": "c1", "amount": 0.2}),
        ("s3", 60, {"phone": CALLER, "contact": "p1", "amount": 1_000}),
        ("s4", 60, {"call": "yesterday", "amount": 7}),
        ("s5", 60, {"call": "o1", "amount": 500}),
        ("s6", 60, {"call": "unknown", "amount": 500}),
    )
    for name, at, data in sales:
        cache.say("sale.recorded", at, sale=name, **data)
    cache.feed()
    assert figures(cache, "sales_value") == (100.1, 100.1, None)
    assert rows(cache, "sales_value", by="direction") == {"inbound": 100.1}
    assert figures(cache, "sales_value", period=("2024-06-11", "2024-06-11"))[0] == 7


def test_a_sale_of_another_source_is_of_another_call(cache: Cache) -> None:
    """Ids are unique per source."""
    cache.say("sale.recorded", 60, sale="s1", call="c1", amount=5)["source"] = "another"
    arrive(cache, "c1", 0)
    cache.feed()
    assert figures(cache, "sales_value") == (0, 0, None)


def test_filters_and_splits(cache: Cache) -> None:
    """By the call's own campaign and by its attribution."""
    for number, (own, source) in enumerate((("a", "x"), ("a", "y"), ("b", "x"))):
        arrive(cache, f"c{number}", 0, campaign=own, attribution={"source": source})
        cache.say("call.outcome", 9, call=f"c{number}", qualified=number != 1, quote_value=2)
    cache.feed()
    assert shares(cache, "qualified_call_rate", filters={"campaign": "a"}) == (1, 2)
    assert rows(cache, "qualified_call_rate", by="attribution.source") == {"x": 1.0, "y": 0.0}
    assert rows(cache, "quote_value", by="attribution.source") == {"x": 4, "y": 2}
    assert rows(cache, "quote_value", by="campaign") == {"a": 4, "b": 2}


def test_every_entry_is_there_in_order() -> None:
    """Forty to fifty-two."""
    mine = [metric for metric in BY_SLUG.values() if metric.category == "lead_quality"]
    assert [int(metric.number) for metric in mine] == list(range(40, 53))
    assert all(text.endswith(".") for metric in mine for text in (metric.tells, metric.misleads))
