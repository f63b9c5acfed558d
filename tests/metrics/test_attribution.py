"""Metrics 15 to 39, by hand: fields of attribution, area codes, touches before calls and wins."""

from collections.abc import Mapping
from typing import Any

import pytest

from tests.metrics.asking import CALLER, answered, arrive, ask, dial, end, figures, gave_up, rows
from tests.questions.conftest import NOON, Cache
from wallboard.metrics.catalogue import BY_SLUG

HOUR = 3_600.0
DAY = 24 * HOUR
OTHER = "+14155550172"
FIELDS = {
    "call_source": "source",
    "traffic_channel": "channel",
    "campaign_attribution": "campaign",
    "keyword_attribution": "keyword",
    "landing_page_attribution": "landing_page",
    "call_medium": "medium",
    "ad_group_attribution": "ad_group",
    "ad_attribution": "ad",
    "creative_attribution": "creative",
    "referring_url": "referring_url",
    "referral_source": "referral_source",
    "channel_distribution": "channel",
    "calls_by_campaign": "campaign",
    "calls_by_keyword": "keyword",
    "calls_by_landing_page": "landing_page",
    "calls_by_channel": "channel",
}


def touch(cache: Cache, at: float, source: str, **data: Any) -> None:
    """A touch; of CALLER's number unless a contact or a phone is given."""
    who = {} if {"contact", "phone"} & data.keys() else {"phone": CALLER}
    name = f"t{len(cache.events)}"
    cache.say("touch.recorded", at, **({"touch": name, "source": source} | who | data))


def split(cache: Cache, slug: str, **how: Any) -> dict[str, Mapping[str, Any]]:
    """The rows of a breakdown by key."""
    return {str(row["key"]): row for row in ask(cache, slug, **how).breakdown or ()}


@pytest.mark.parametrize(("slug", "field"), FIELDS.items())
def test_calls_by_each_field_of_attribution(cache: Cache, slug: str, field: str) -> None:
    """Most first, among equals by key; blank, null and absent under (none); dials not at all."""
    for number, value in enumerate(["b", "b", "a", "", None]):
        arrive(cache, f"c{number}", number, attribution={field: value})
    arrive(cache, "c5", 5)
    arrive(cache, "c6", 6, attribution={field: "c", "source" if field != "source" else "ad": "z"})
    dial(cache, "o1", 7, attribution={field: "a"})
    cache.feed()
    answer = ask(cache, slug)
    assert (answer.value, answer.numerator, answer.denominator) == (None, None, None)
    assert [(row["key"], row["value"]) for row in answer.breakdown or ()] == [
        ("(none)", 3),
        ("b", 2),
        ("a", 1),
        ("c", 1),
    ]
    parts = [row["share"] for row in answer.breakdown or ()]
    assert parts == [value / 7 for value in (3, 2, 1, 1)]


def test_attribution_is_read_alone(cache: Cache) -> None:
    """The call's own campaign is another thing: a filter, and nothing of 17."""
    arrive(cache, "c1", 0, campaign="own", attribution={"campaign": "spring"})
    arrive(cache, "c2", 0, campaign="own")
    arrive(cache, "c3", 0, attribution={"campaign": "spring"})
    cache.feed()
    assert rows(cache, "campaign_attribution") == {"spring": 2, "(none)": 1}
    own = {"campaign": "own"}
    assert rows(cache, "campaign_attribution", filters=own) == {"(none)": 1, "spring": 1}
    spring = {"attribution.campaign": "spring"}
    assert figures(cache, "total_calls", filters=spring)[0] == 2
    assert rows(cache, "total_calls", by="attribution.campaign") == {"spring": 2, "(none)": 1}
    assert rows(cache, "total_calls", by="campaign") == {"own": 2, "(none)": 1}


def test_a_correction_moves_a_call_to_another_row(cache: Cache) -> None:
    """Fields are merged, the later wins; null clears one of them."""
    arrive(cache, "c1", 0, attribution={"source": "google", "medium": "cpc"})
    arrive(cache, "c1", 5, attribution={"medium": None, "source": "bing"})
    cache.feed()
    assert rows(cache, "call_source") == {"bing": 1}
    assert rows(cache, "call_medium") == {"(none)": 1}


def test_types_and_regions(cache: Cache) -> None:
    """The type that an outcome says later is the call's; a place without a region is (none)."""
    arrive(cache, "c1", 0, call_type="support", location={"region": "Ohio", "country": "US"})
    arrive(cache, "c2", 0, call_type="support", location={"country": "US"})
    arrive(cache, "c3", 0)
    cache.say("call.outcome", 60, call="c1", call_type="sales")
    cache.feed()
    assert rows(cache, "call_type") == {"(none)": 1, "sales": 1, "support": 1}
    assert rows(cache, "geographic_call_attribution") == {"(none)": 2, "Ohio": 1}
    assert rows(cache, "total_calls", by="location.country") == {"US": 2, "(none)": 1}


def test_what_became_of_calls_stands_beside_them(cache: Cache) -> None:
    """Qualified is unknown, not nought, until an outcome was ever sent."""
    spring = {"attribution": {"campaign": "spring"}}
    answered(cache, "c1", 0, 5, 60, **spring)
    gave_up(cache, "c2", 0, 30, **spring)
    arrive(cache, "open", 0, **spring)
    gave_up(cache, "c3", 0, 30)
    cache.feed()
    row = split(cache, "calls_by_campaign")["spring"]
    assert (row["value"], row["answered"], row["missed"], row["qualified"]) == (3, 1, 1, None)
    cache.say("call.outcome", 60, call="c1", qualified=True)
    cache.feed()
    found = split(cache, "calls_by_campaign")
    assert (found["spring"]["qualified"], found["(none)"]["qualified"]) == (1, 0)


@pytest.mark.parametrize(
    ("number", "key", "place"),
    [
        ("+12125550123", "212", "New York, NY"),
        ("+1 (212) 555-0123", "212", "New York, NY"),
        ("+8005550123", "+800", None),
        ("+493012345678", "+49 30", "Berlin"),
        ("+442079460123", "+44 20", "London"),
        ("+390612345678", "+39 06", "Rome"),
        ("+4532123456", "+45 32", None),
        ("+121255501", "(none)", None),
        ("+9991234567", "(none)", None),
        ("2125550123", "(none)", None),
        ("204", "(none)", None),
        ("+", "(none)", None),
        ("anonymous", "(none)", None),
        (None, "(none)", None),
    ],
)
def test_area_codes(cache: Cache, number: str | None, key: str, place: str | None) -> None:
    """Three digits in North America, else country and national code; the place where known."""
    arrive(cache, "c1", 0, from_number=number)
    cache.feed()
    found = split(cache, "area_code_attribution")
    assert [(name, row["value"], row["place"]) for name, row in found.items()] == [(key, 1, place)]


def test_numbers_of_one_area_are_one_row(cache: Cache) -> None:
    """However they are written; and calls can be split by area as by anything else."""
    numbers = ("+12125550123", "+12125550124", "+1 212 555 0125", "+14155550126", None)
    for at, number in enumerate(numbers):
        arrive(cache, f"c{at}", at, from_number=number)
    gave_up(cache, "c9", 9, 30, from_number="+12125550127")
    cache.feed()
    expected = {"212": 4, "(none)": 1, "415": 1}
    assert rows(cache, "area_code_attribution") == expected
    assert rows(cache, "total_calls", by="area_code") == expected
    missed = split(cache, "missed_call_rate", by="area_code")
    assert (missed["212"]["value"], missed["212"]["denominator"]) == (1.0, 1)
    unknown = ask(cache, "unique_callers", by="area_code")
    assert unknown.breakdown is None
    assert "area_code" in unknown.note


def test_paths_are_the_touches_before_each_call(cache: Cache) -> None:
    """Strictly before; a touch before two calls counts for both; calls without are left out."""
    touch(cache, -300, "google", channel="paid")
    touch(cache, -200, "mail", channel="email")
    touch(cache, -100, "site")
    touch(cache, 0, "late", channel="paid")
    arrive(cache, "c1", 0)
    arrive(cache, "c2", 0.001)
    arrive(cache, "c3", 0, from_number=OTHER)
    dial(cache, "o1", 10)
    cache.feed()
    assert figures(cache, "customer_path_touchpoints") == (3.5, 7, 2)
    assert rows(cache, "customer_path_touchpoints") == {
        "paid > email > (none)": 1,
        "paid > email > (none) > paid": 1,
    }
    assert rows(cache, "first_touch_attribution") == {"google": 2, "(none)": 1}
    assert rows(cache, "last_touch_attribution") == {"(none)": 1, "late": 1, "site": 1}
    assert rows(cache, "assist_touch_attribution") == {"mail": 2, "site": 1}
    shares = [row["share"] for row in split(cache, "first_touch_attribution").values()]
    assert shares == [2 / 3, 1 / 3]
    assert [row["share"] for row in split(cache, "customer_path_touchpoints").values()] == [0.5] * 2


def test_only_the_ten_most_frequent_paths_are_given(cache: Cache) -> None:
    """Shares are of all calls that have a path."""
    for way in range(12):
        phone = f"+141555502{way:02}"
        touch(cache, -9, "s", channel=f"w{way:02}", phone=phone)
        for call in range(1 + (way == 11)):
            arrive(cache, f"c{way}-{call}", call, from_number=phone)
    cache.feed()
    found = split(cache, "customer_path_touchpoints")
    assert list(found) == ["w11", *(f"w{way:02}" for way in range(9))]
    assert found["w11"]["share"] == round(2 / 13, 9)


def test_one_touch_assists_nothing_and_two_of_an_instant_have_an_order(cache: Cache) -> None:
    """Equal times are ordered by sequence."""
    touch(cache, -60, "first")
    touch(cache, -60, "second")
    touch(cache, -60, "third")
    touch(cache, -60, "alone", phone=OTHER)
    arrive(cache, "c1", 0)
    arrive(cache, "c2", 0, from_number=OTHER)
    cache.feed()
    assert rows(cache, "assist_touch_attribution") == {"second": 1}
    assert rows(cache, "first_touch_attribution") == {"alone": 1, "first": 1}
    assert rows(cache, "last_touch_attribution") == {"alone": 1, "third": 1}


def test_touches_match_by_phone_or_contact_once(cache: Cache) -> None:
    """Both matching is one touch; a withheld caller is known by the contact alone."""
    touch(cache, -50, "both", phone=CALLER, contact="p1")
    touch(cache, -40, "contact", contact="p1")
    touch(cache, -30, "phone")
    touch(cache, -20, "stranger", contact="p2", phone=OTHER)
    touch(cache, -10, "nobody", phone="anonymous")
    arrive(cache, "c1", 0, contact="p1")
    arrive(cache, "c2", 0, contact="p1", from_number=None)
    arrive(cache, "c3", 0, from_number="anonymous")
    cache.feed()
    assert figures(cache, "customer_path_touchpoints") == (2.5, 5, 2)
    assert rows(cache, "last_touch_attribution") == {"(none)": 1, "contact": 1, "phone": 1}


def test_contacts_of_another_source_are_other_people(cache: Cache) -> None:
    """Ids are unique per source; phone numbers are the same everywhere."""
    touch(cache, -50, "elsewhere", contact="p1")
    touch(cache, -40, "everywhere")
    for event in cache.events:
        event["source"] = "another"
    arrive(cache, "c1", 0, contact="p1")
    cache.feed()
    assert rows(cache, "first_touch_attribution") == {"everywhere": 1}


def test_touches_without_any_sent_are_unknown(cache: Cache) -> None:
    """Null, and a note that names the type."""
    arrive(cache, "c1", 0)
    cache.feed()
    for slug in ("customer_path_touchpoints", "first_touch_attribution", "last_touch_attribution"):
        answer = ask(cache, slug)
        assert (answer.value, answer.breakdown) == (None, None)
        assert "touch.recorded" in answer.note


def lead(cache: Cache, call: str, at: float, **data: Any) -> None:
    """A call that came in and was a lead."""
    arrive(cache, call, at, **data)
    cache.say("call.outcome", at + 1, call=call, lead=True)


def test_the_touch_that_led_to_a_lead(cache: Cache) -> None:
    """The last at or before the caller's first lead call ever; later leads create nothing."""
    touch(cache, -60, "early")
    touch(cache, 0, "just")
    touch(cache, 1, "after")
    arrive(cache, "c0", -30)
    lead(cache, "c1", 0)
    lead(cache, "c2", 60)
    lead(cache, "c3", 0, from_number=OTHER)
    lead(cache, "c4", 0, from_number=None)
    lead(cache, "old", -2 * DAY, from_number="+14155550173")
    lead(cache, "new", 0, from_number="+14155550173")
    cache.feed()
    assert rows(cache, "lead_creation_touch_attribution") == {"(none)": 1, "just": 1}
    assert split(cache, "lead_creation_touch_attribution")["just"]["share"] == 0.5
    old = {"period": ("2024-06-10", "2024-06-10")}
    assert rows(cache, "lead_creation_touch_attribution", **old) == {"(none)": 1}


def test_a_lead_needs_outcomes_and_touches(cache: Cache) -> None:
    """Without either it is unknown."""
    lead(cache, "c1", 0)
    cache.feed()
    assert "touch.recorded" in ask(cache, "lead_creation_touch_attribution").note
    touch(cache, -60, "s")
    cache.feed()
    assert rows(cache, "lead_creation_touch_attribution") == {"s": 1}


def test_filters_hold_for_the_calls_that_touches_led_to(cache: Cache) -> None:
    """The touches themselves know no campaign of ours."""
    touch(cache, -60, "s")
    lead(cache, "c1", 0, campaign="north")
    arrive(cache, "c2", 10, campaign="south")
    cache.feed()
    for campaign in ("north", "south"):
        only = {"filters": {"campaign": campaign}}
        assert rows(cache, "first_touch_attribution", **only) == {"s": 1}
    assert rows(cache, "lead_creation_touch_attribution", filters={"campaign": "south"}) == {}


def deal(cache: Cache, name: str, at: float, stage: str, value: float = 90, **data: Any) -> None:
    """An opportunity changes."""
    cache.say("opportunity.changed", at, opportunity=name, stage=stage, value=value, **data)


def test_won_value_is_split_over_touches_before_the_win(cache: Cache) -> None:
    """Equal parts per touch, not per source; the value as last known."""
    for at, source in ((-90, "a"), (-80, "b"), (-70, "a"), (0, "late")):
        touch(cache, at, source)
    deal(cache, "d1", -95, "open", 10, phone=CALLER)
    deal(cache, "d1", 0, "won", 30)
    deal(cache, "d1", 60, "won", 90)
    deal(cache, "d2", 0, "won", 5, phone=OTHER)
    deal(cache, "d3", 0, "open", 7, phone=OTHER)
    cache.feed()
    assert rows(cache, "closed_won_touch_attribution") == {"a": 60, "b": 30, "(none)": 5}
    shares = [row["share"] for row in split(cache, "closed_won_touch_attribution").values()]
    assert shares == [60 / 95, 30 / 95, 5 / 95]


def test_the_win_is_the_last_move_to_won(cache: Cache) -> None:
    """Won, lost and won again counts on the day of the second; lost in the end not at all."""
    deal(cache, "again", -DAY, "won", phone=OTHER)
    deal(cache, "again", -HOUR, "lost")
    deal(cache, "again", 0, "won")
    deal(cache, "said", -DAY, "won", 1, phone=OTHER)
    deal(cache, "said", 0, "won", 2)
    deal(cache, "gone", 0, "won", phone=OTHER)
    deal(cache, "gone", 5 * DAY, "lost")
    touch(cache, -5 * DAY, "x", phone="+14155550199")
    cache.feed()
    assert rows(cache, "closed_won_touch_attribution") == {"(none)": 90}
    before = {"period": ("2024-06-11", "2024-06-11")}
    assert rows(cache, "closed_won_touch_attribution", **before) == {"(none)": 2}


def test_an_opportunity_without_a_customer_has_that_of_its_call(cache: Cache) -> None:
    """The other party of a dial is whom it called; filters are those of the call."""
    touch(cache, -60, "s")
    dial(cache, "o1", -50, campaign="north", contact="p1")
    end(cache, "o1", -40)
    touch(cache, -30, "t", contact="p1")
    deal(cache, "d1", 0, "won", 8, call="o1")
    deal(cache, "d2", 0, "won", 4, phone=CALLER)
    cache.feed()
    assert rows(cache, "closed_won_touch_attribution") == {"s": 8, "t": 4}
    north = {"filters": {"campaign": "north"}}
    assert rows(cache, "closed_won_touch_attribution", **north) == {"s": 4, "t": 4}
    assert rows(cache, "closed_won_touch_attribution", filters={"campaign": "south"}) == {}


def test_every_entry_says_what_it_is_good_for() -> None:
    """In a sentence each; the two of one channel differ in their words."""
    mine = [metric for metric in BY_SLUG.values() if metric.category == "attribution"]
    assert [int(metric.number) for metric in mine] == list(range(15, 40))
    assert len({metric.tells for metric in mine}) == len(mine)
    assert all(text.endswith(".") for metric in mine for text in (metric.tells, metric.misleads))


def test_a_period_without_calls_has_no_rows(cache: Cache) -> None:
    """Nothing is no row of (none)."""
    touch(cache, -60, "s")
    lead(cache, "c1", 0)
    cache.feed()
    empty = {"period": ("2024-06-20", "2024-06-20"), "now": NOON + 20 * 86_400_000}
    for slug in ("call_source", "area_code_attribution", "first_touch_attribution"):
        assert ask(cache, slug, **empty).breakdown == ()
    assert figures(cache, "customer_path_touchpoints", **empty) == (None, 0, 0)
