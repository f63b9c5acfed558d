"""The terms a call is judged by: what was in force at its start, else the first known."""

from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wallboard.events.definitions import CampaignDefined, QueueDefined, ServiceLevel
from wallboard.facts.definitions import Definitions, Settings
from wallboard.facts.judgement import Terms

SOURCE = 1
DEFAULTS = Terms(20_000, 5_000, 2_000, 30_000)


def campaign(**rest: Any) -> CampaignDefined:
    return CampaignDefined("x", "X", "outbound", "voice", **rest)


def queue(**rest: Any) -> QueueDefined:
    return QueueDefined("q", "Q", **rest)


def known(*said: tuple[int, CampaignDefined | QueueDefined]) -> Definitions:
    definitions = Definitions(Settings())
    for time, one in said:
        definitions.add(SOURCE, (time, -1, f"at {time} {type(one).__name__}"), one)
    return definitions


def terms(definitions: Definitions, started: int = 500) -> Terms:
    return definitions.terms(SOURCE, "x", "q", started)


def test_nothing_defined_leaves_the_settings() -> None:
    assert terms(known()) == DEFAULTS
    assert terms(known((1, campaign()), (1, queue()))) == DEFAULTS


def test_the_queue_counts_before_the_campaign_and_it_before_the_settings() -> None:
    of_campaign = campaign(service_level=ServiceLevel(30, 0.9))
    of_queue = queue(service_level=ServiceLevel(10, 0.7), short_abandon_seconds=0)
    assert terms(known((1, of_campaign))).service_level_ms == 30_000
    both = terms(known((1, of_campaign), (2, of_queue)))
    assert (both.service_level_ms, both.short_abandon_ms) == (10_000, 0)


def test_zero_is_a_limit_like_any_other() -> None:
    found = terms(known((1, campaign(drop_seconds=0, drop_limit=0))))
    assert (found.drop_ms, found.drop_limit_millionths) == (0, 0)


@pytest.mark.parametrize(("started", "seconds"), [(50, 3), (100, 3), (199, 3), (200, 4), (999, 4)])
def test_what_was_in_force_at_the_start_else_the_first_known(started: int, seconds: int) -> None:
    definitions = known((100, campaign(drop_seconds=3)), (200, campaign(drop_seconds=4)))
    assert terms(definitions, started).drop_ms == seconds * 1_000


def test_definitions_merge_field_by_field() -> None:
    definitions = known(
        (100, campaign(drop_seconds=3, drop_limit=0.01)), (200, campaign(drop_limit=0.05))
    )
    found = terms(definitions, 300)
    assert (found.drop_ms, found.drop_limit_millionths) == (3_000, 50_000)


def test_null_goes_back_to_the_settings() -> None:
    definitions = known((100, campaign(drop_seconds=3)), (200, campaign(drop_seconds=None)))
    assert terms(definitions, 300).drop_ms == 2_000
    assert terms(definitions, 150).drop_ms == 3_000


def test_sources_are_apart() -> None:
    definitions = known((1, campaign(drop_seconds=3)))
    assert definitions.terms(2, "x", "q", 500) == DEFAULTS


def test_a_definition_that_changes_nothing_judges_nothing_anew() -> None:
    definitions = known((100, campaign(drop_seconds=3)))
    assert definitions.add(SOURCE, (200, -1, "b"), campaign(drop_seconds=3, account="a")) is None


def test_a_definition_without_terms_judges_nothing_anew() -> None:
    assert Definitions(Settings()).add(SOURCE, (200, -1, "b"), campaign(account="a")) is None


def test_a_later_definition_judges_anew_from_its_time_on() -> None:
    definitions = known((100, campaign(drop_seconds=3)))
    span = definitions.add(SOURCE, (200, -1, "b"), campaign(drop_seconds=4))
    assert span is not None
    assert span[0] == 200


def test_one_between_judges_anew_what_lies_until_the_next() -> None:
    definitions = known((100, campaign(drop_seconds=3)), (300, campaign(drop_seconds=5)))
    assert definitions.add(SOURCE, (200, -1, "b"), campaign(drop_seconds=4)) == (200, 300)


SAID = st.tuples(
    st.integers(0, 6),
    st.integers(0, 2),
    st.fixed_dictionaries(
        {},
        optional={
            "drop_seconds": st.sampled_from([1, 2, 3, None]),
            "drop_limit": st.sampled_from([0.01, 0.03, None]),
        },
    ),
)


@given(st.lists(SAID, min_size=1, max_size=4))
def test_any_order_of_arrival_gives_the_same_terms(said: list[tuple[int, int, Any]]) -> None:
    stamped = [((time, sequence, f"{n}"), one) for n, (time, sequence, one) in enumerate(said)]
    found = set()
    for order in permutations(stamped):
        definitions = Definitions(Settings())
        for stamp, fields in order:
            definitions.add(SOURCE, stamp, campaign(**fields))
        found.add(tuple(terms(definitions, started) for started in range(-1, 8)))
    assert len(found) == 1


@given(st.lists(SAID, max_size=5), st.lists(SAID, min_size=1, max_size=5))
def test_many_at_once_are_as_one_after_another(
    earlier: list[tuple[int, int, Any]], said: list[tuple[int, int, Any]]
) -> None:
    """The same terms, and a span that holds every start whose terms changed."""
    one_by_one, at_once = Definitions(Settings()), Definitions(Settings())
    for definitions in (one_by_one, at_once):
        for number, (time, sequence, fields) in enumerate(earlier):
            definitions.add(SOURCE, (time, sequence, f"{number}"), campaign(**fields))
    starts = range(9)
    before = [terms(at_once, started) for started in starts]
    told = [
        ((time, sequence, f"later {number}"), campaign(**fields))
        for number, (time, sequence, fields) in enumerate(said)
    ]
    for stamp, one in told:
        one_by_one.add(SOURCE, stamp, one)
    span = at_once.add_all(("campaign", SOURCE, told[0][1].campaign), told)
    after = [terms(at_once, started) for started in starts]
    assert after == [terms(one_by_one, started) for started in starts]
    changed = [at for at in starts if after[at] != before[at]]
    assert all(span is not None and span[0] <= at < span[1] for at in changed)


@given(st.lists(SAID, min_size=1, max_size=5))
def test_the_span_to_judge_anew_holds_every_start_whose_terms_changed(
    said: list[tuple[int, int, Any]],
) -> None:
    definitions = Definitions(Settings())
    starts = range(-1, 9)
    for number, (time, sequence, fields) in enumerate(said):
        before = [terms(definitions, started) for started in starts]
        span = definitions.add(SOURCE, (time, sequence, f"{number}"), campaign(**fields))
        changed = [
            started
            for started, was in zip(starts, before, strict=True)
            if terms(definitions, started) != was
        ]
        assert all(span is not None and span[0] <= one < span[1] for one in changed if one >= 0)
