"""Clocks that differ: an end or an answer shortly before its start (readings 2 and 4)."""

import itertools

import pytest

from tests.facts.stories import Json, at, call_of, ended, leg, of_call, said, started


@pytest.mark.parametrize("early", [0.001, 1.0, 1.999, 2.0])
def test_an_end_within_the_tolerance_counts_as_at_the_start(early: float) -> None:
    call = call_of(started(10), ended(10 - early))
    assert call.ended == at(10)
    assert not call.rejected


@pytest.mark.parametrize("early", [2.001, 60.0])
def test_an_earlier_end_is_set_aside_with_its_reason(early: float) -> None:
    call = call_of(started(10), ended(10 - early, event="the-end"))
    assert call.ended is None
    assert call.end_reason is None
    assert [item.entry.id for item in call.rejected] == ["the-end"]
    assert "before the start" in call.rejected[0].reason


@pytest.mark.parametrize("early", [0.5, 2.0])
def test_an_answer_within_the_tolerance_counts_as_at_the_start_of_the_leg(early: float) -> None:
    (found,) = call_of(started(), leg("a", "A", 10, 10 - early, 40)).legs
    assert found.answered == at(10)
    assert found.talk_ms == 30_000


def test_an_earlier_answer_or_end_of_a_leg_is_set_aside() -> None:
    call = call_of(started(), leg("a", "A", 10, 7.9, 7.5), ended(60))
    (found,) = call.legs
    assert found.answered is None
    assert found.closed_with_call
    assert found.ended == at(60)
    assert len(call.rejected) == 2


def test_a_good_end_counts_beside_one_that_is_set_aside() -> None:
    call = call_of(started(10), ended(5, "failed"), ended(30, "abandoned"))
    assert (call.ended, call.end_reason) == (at(30), "abandoned")
    assert len(call.rejected) == 1


def test_a_correction_of_the_start_does_not_move_what_is_set_aside() -> None:
    """The first start places the call, so the end is judged from there."""
    call = call_of(started(10), started(50, campaign="spring"), ended(9))
    assert call.started == at(10)
    assert call.ended == at(10)
    assert not call.rejected


def test_without_a_start_of_the_leg_that_of_the_call_is_the_measure() -> None:
    answered = of_call("leg.answered", 9, leg="a")
    (found,) = call_of(started(10), answered).legs
    assert found.answered == at(10)
    call = call_of(started(10), of_call("leg.answered", 7, leg="a"))
    assert call.legs[0].answered is None
    assert len(call.rejected) == 1


def test_whichever_arrived_first_makes_no_difference() -> None:
    """The text of a feed comes in any order; the facts are those of the sorted events."""
    events = [started(10), ended(9), *leg("a", "A", 12, 9.5, 10.5)]
    calls = [call_of(*order) for order in itertools.permutations(events)]
    said = {(call.ended, repr(call.legs), call.rejected[0].reason) for call in calls}
    assert len(said) == 1


@pytest.mark.parametrize(
    ("first", "second", "latest"),
    [
        (1, 2, "second"),
        (2, 1, "first"),
        (9, 10, "second"),
    ],
)
def test_equal_times_are_ordered_by_sequence_as_a_number(
    first: int, second: int, latest: str
) -> None:
    call = call_of(
        started(event="z", sequence=first, campaign="first"),
        started(event="a", sequence=second, campaign="second"),
    )
    assert call.said is not None
    assert call.said.campaign == latest


def test_equal_times_and_sequences_are_ordered_by_id() -> None:
    events: list[Json] = [
        started(event="b", campaign="of b"),
        started(event="a", campaign="of a"),
    ]
    for order in itertools.permutations(events):
        call = call_of(*order)
        assert call.said is not None
        assert call.said.campaign == "of b"


def test_time_counts_before_sequence() -> None:
    call = call_of(
        started(1, sequence=1, campaign="later"), started(0, sequence=2, campaign="earlier")
    )
    assert call.said is not None
    assert call.said.campaign == "later"


def test_offsets_of_time_zones_are_the_same_instant() -> None:
    event = said("call.started", 0, call="c", direction="inbound")
    event["time"] = "2026-03-02T13:00:00+01:00"
    assert call_of(event).started == at(0)
