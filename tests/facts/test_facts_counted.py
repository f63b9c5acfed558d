"""Routing, outcomes and attribution: what a call counts as beside its answer."""

from typing import Any

import pytest

from tests.facts.stories import TERMS, Json, at, call_of, counted, ended, leg, of_call, started
from wallboard.facts.judgement import judge
from wallboard.facts.measures import MEASURES, measures


def transfer(second: float) -> Json:
    return of_call("call.transferred", second, method="blind", to_agent="bob")


def test_a_stay_or_a_leg_of_an_agent_or_a_third_party_is_routing() -> None:
    assert counted(started(), of_call("queue.entered", 1, queue="q"), ended(5))["routed"] == 1
    assert counted(started(), leg("s", "S", 1, 2, 4), ended(5))["routed"] == 1
    assert counted(started(), leg("b", "B", 1, 2, 4), ended(5))["routed"] == 0


def test_what_is_not_decided_is_not_routed_yet() -> None:
    waiting = [started(), of_call("queue.entered", 1, queue="q")]
    assert counted(waiting)["routed"] == 0
    assert counted(waiting, leg("a", "A", 2, 3))["routed"] == 1


@pytest.mark.parametrize(("second", "right"), [(2, 1), (3, 1), (3.001, 0), (9, 0)])
def test_a_transfer_after_the_answer_spoils_the_routing(second: float, right: int) -> None:
    found = counted(started(), leg("a", "A", 1, 3, 8), transfer(second), ended(9))
    assert (found["routed"], found["routed_right"]) == (1, right)
    assert found["transferred"] == 1


def test_a_routed_call_that_nobody_answered_was_not_routed_right() -> None:
    assert counted(started(), leg("a", "A", 1), ended(9, "abandoned"))["routed_right"] == 0


@pytest.mark.parametrize(
    ("intended", "entered", "expected"),
    [("q", "q", (1, 1)), ("q", "r", (1, 0)), (None, "q", (0, 0)), ("q", None, (0, 0))],
)
def test_the_queue_that_was_intended(
    intended: str | None, entered: str | None, expected: tuple[int, int]
) -> None:
    stays = [of_call("queue.entered", 1, queue=entered)] if entered else []
    found = counted(started(intended_queue=intended), stays, ended(5))
    assert (found["intended"], found["intended_right"]) == expected


@pytest.mark.parametrize(("eligible", "expected"), [(True, 1), (None, 1), (False, 0)])
def test_recording_is_due_unless_it_is_said_not_to_be(eligible: bool | None, expected: int) -> None:
    found = counted(started(recording_eligible=eligible), leg("a", "A", 1, 2, 3), ended(4))
    assert found["eligible_connected"] == expected


@pytest.mark.parametrize(
    ("flags", "converted"),
    [
        ({"lead": True}, 1),
        ({"quote": True}, 1),
        ({"appointment": True}, 1),
        ({"converted": True}, 1),
        ({"qualified": True, "outcome": "sold"}, 0),
        ({"lead": None}, 0),
        ({"lead": False, "converted": False}, 0),
    ],
)
def test_flags_make_a_conversion_and_outcomes_do_not(flags: dict[str, Any], converted: int) -> None:
    assert counted(started(), of_call("call.outcome", 5, **flags))["converted_flags"] == converted


def test_a_later_flag_takes_an_earlier_one_back() -> None:
    told = [of_call("call.outcome", 5, lead=True), of_call("call.outcome", 6, lead=False)]
    assert counted(started(), told)["lead"] == 0


@pytest.mark.parametrize(
    ("at_start", "at_outcome", "second", "expected"),
    [
        ("sales", None, 5, None),
        ("support", "sales", 5, "sales"),
        ("sales", "support", -1, "sales"),
        (None, "sales", 5, "sales"),
    ],
)
def test_the_type_of_a_call_is_the_last_that_was_said(
    at_start: str | None, at_outcome: str | None, second: float, expected: str | None
) -> None:
    events = [started(call_type=at_start), of_call("call.outcome", second, call_type=at_outcome)]
    assert call_of(*events).call_type == expected
    assert counted(*events)["sales_inquiry"] == int(expected == "sales")


@pytest.mark.parametrize(
    ("attribution", "expected"),
    [({"source": "a"}, 1), ({"keyword": "b"}, 1), ({"medium": "c"}, 0), ({"source": None}, 0)],
)
def test_attribution_is_a_source_campaign_channel_or_keyword(
    attribution: dict[str, str | None], expected: int
) -> None:
    assert counted(started(attribution=attribution))["attributed"] == expected


def test_after_hours_is_told_of_the_start() -> None:
    call = call_of(started(), leg("a", "A", 1, 2, 3), ended(4))
    for since, expected in ((at(0), 1), (at(0) + 1, 0)):
        verdict = judge(call, TERMS, since.__le__)
        found = dict(zip(MEASURES, measures(call, verdict), strict=True))
        assert found["after_hours"] == found["after_hours_answered"] == expected
