"""Demand, handling and conversation, counted by hand."""

from decimal import Decimal

import pytest

from tests.agreement.brute_force.asked import Asked
from tests.agreement.stories import DAY, MONDAY, NOON, Story, rows

HOUR = 3600


def some_calls() -> Story:
    """An answer with hold and wrap-up, a short and a longer abandon, a voicemail, a lost one."""
    story = Story()
    story.inbound("a", 0)
    story.stay("a", "q", 2, 12, "answered")
    leg = story.leg("a", "A", 5, 12, 112, agent="ames")
    story.tell("leg.held", 20, leg=leg, call="a")
    story.tell("leg.resumed", 50, leg=leg, call="a")
    story.end("a", 113)
    story.tell("call.wrapped", 130, call="a", agent="ames")
    story.inbound("b", 100, from_number="+12125550102")
    story.stay("b", "q", 100, 104.999, "abandoned")
    story.end("b", 104.999, "abandoned")
    story.inbound("c", 200, from_number="+12125550102")
    story.stay("c", "q", 200, 205, "abandoned")
    story.end("c", 205, "abandoned")
    story.inbound("d", 300, from_number="anonymous")
    story.end("d", 330, "voicemail")
    story.inbound("e", 400, from_number="")
    story.end("e", 410, "lost")
    return story


def test_demand() -> None:
    answers = some_calls().metrics()
    assert answers["total_calls"].value == 5
    assert answers["unique_callers"].value == 2
    assert answers["first_time_callers"].value == 2
    assert answers["repeat_callers"].value == 1
    assert answers["answered_calls"].value == 1
    assert answers["missed_calls"].value == 3
    assert answers["voicemail_calls"].value == 1
    assert rows(answers["calls_by_day"]) == {"2025-11-10": 5}
    assert rows(answers["calls_by_hour"]) == {"12": 5}
    assert rows(answers["calls_by_weekday"]) == {"Monday": 5}
    assert rows(answers["area_code_attribution"]) == {"415": 1, "212": 2, "(none)": 2}


def test_handling() -> None:
    answers = some_calls().metrics()
    assert answers["answer_rate"].denominator == 4
    assert answers["abandonment_rate"].numerator == 1
    assert answers["abandonment_rate"].denominator == 3
    assert answers["average_speed_of_answer"].value == 10
    assert answers["average_waiting_time"].numerator == Decimal("19.999")
    assert answers["average_waiting_time"].denominator == 3
    assert answers["queue_response_time"].value == 10
    assert answers["service_level"].denominator == 3
    assert answers["routing_success_rate"].denominator == 3
    assert answers["transfer_rate"].value is None


def test_conversation() -> None:
    answers = some_calls().metrics()
    assert answers["talk_time"].value == 70
    assert answers["hold_time"].value == 30
    assert answers["after_call_work_time"].value == 18
    assert answers["average_handle_time"].value == 118
    assert answers["call_duration"].value == 10
    assert rows(answers["call_duration"])["max"] == 113


def test_callbacks_from_the_end_to_the_last_millisecond() -> None:
    story = some_calls()
    story.outbound("back", 205 + 24 * HOUR, to_number="+12125550102")
    answers = story.metrics()
    assert (answers["callback_rate"].numerator, answers["callback_rate"].denominator) == (1, 2)
    assert answers["callback_response_time"].value == 24 * HOUR
    late = some_calls()
    late.outbound("back", 205.001 + 24 * HOUR, to_number="+12125550102")
    assert late.metrics()["callback_rate"].numerator == 0


def test_the_queue_in_force_at_the_start_sets_target_and_threshold() -> None:
    story = some_calls()
    target = {"seconds": 9}
    story.tell("queue.defined", 199, queue="q", name="Q", short_abandon_seconds=6)
    story.tell("queue.defined", 250, queue="q", name="Q", service_level=target)
    answers = story.metrics()
    assert answers["abandonment_rate"].numerator == 0
    assert answers["service_level"].numerator == 1
    early = some_calls()
    early.tell("queue.defined", -1, queue="q", name="Q", service_level=target)
    assert early.metrics()["service_level"].numerator == 0


@pytest.mark.parametrize(("early", "answered"), [(2, 1), (2.001, 0)])
def test_an_answer_before_its_leg_counts_up_to_two_seconds(early: float, answered: int) -> None:
    story = Story()
    story.inbound("a", 0)
    story.leg("a", "A", 10, 10 - early, 40, agent="ames")
    story.end("a", 40)
    answers = story.metrics()
    assert answers["answered_calls"].value == answered
    assert answers["talk_time"].value == (30 if answered else None)


def test_a_call_without_a_start_counts_for_nothing() -> None:
    story = Story()
    story.leg("a", "A", 1, 2, 3, agent="ames")
    story.end("a", 3)
    story.tell("call.started", 0, call="a", direction="sideways")
    assert story.metrics()["total_calls"].value == 0


def test_transfers_and_patches() -> None:
    story = Story()
    story.inbound("a", 0, intended_queue="r")
    story.stay("a", "q", 0, 5, "overflowed")
    story.stay("a", "r", 5, 15, "answered")
    story.leg("a", "A", 5, 15, 60, agent="ames")
    story.tell("call.transferred", 60, call="a", from_agent="ames", to_agent="cho", method="blind")
    story.leg("a", "A", 60, 65, 100, agent="cho")
    story.end("a", 100)
    story.inbound("b", 0)
    story.leg("b", "S", 1, 4, 50)
    story.end("b", 50)
    answers = story.metrics()
    assert answers["answered_calls"].value == 2
    assert answers["routing_success_rate"].numerator == 1
    assert answers["routing_success_rate"].denominator == 2
    assert answers["transfer_rate"].value == 0.5
    assert answers["overflow_routing_rate"].numerator == 1
    assert answers["routing_accuracy"].numerator == 0
    assert answers["talk_time"].numerator == 80
    by_agent = story.metrics(Asked(MONDAY.from_ms, MONDAY.until_ms, agent="cho"))
    assert by_agent["total_calls"].value == 1
    by_first = story.metrics(Asked(MONDAY.from_ms, MONDAY.until_ms, queue="r"))
    assert by_first["total_calls"].value == 0


def test_local_days_of_a_clock_change() -> None:
    """On 2 November 2025 New York lives the hour from 1 to 2 twice."""
    story = Story()
    fell_back = (1_762_063_200_000 - NOON) / 1000
    for hours in (-1.5, -0.5, 0.5, 1.5):
        story.inbound(f"c{hours}", fell_back + hours * HOUR)
    asked = Asked(1_762_063_200_000 - 2 * DAY, 1_762_063_200_000 + 2 * DAY)
    answers = story.metrics(asked, time_zone="America/New_York")
    assert rows(answers["calls_by_hour"]) == {"00": 1, "01": 2, "02": 1}
    assert rows(answers["peak_call_periods"])["2025-11-02T01:00"] == 2
    shifted = story.metrics(asked, time_zone="America/New_York", day_starts="01:00")
    assert rows(shifted["calls_by_day"]) == {"2025-11-01": 1, "2025-11-02": 3}


def test_business_hours_and_holidays() -> None:
    story = Story()
    for number, at in enumerate((-1, 0, 1799.999, 1800)):
        story.inbound(f"c{number}", at)
    hours = {"monday": [("12:00", "12:30")]}
    assert story.metrics(business_hours=hours)["after_hours_calls"].value == 2
    assert story.metrics(holidays=("2025-11-10",))["after_hours_calls"].value == 4
    assert story.metrics()["after_hours_calls"].value == 0


def test_drops_at_the_limit() -> None:
    story = Story()
    delays = {"early": -1, "in time": 2, "late": 2.001}
    for call, delay in delays.items():
        story.outbound(call, 0)
        story.leg(call, "B", 0, 10, 60, by="human")
        story.leg(call, "A", 0, 10 + delay, 60, agent="ames")
        story.end(call, 60)
    story.outbound("gone", 0)
    story.leg("gone", "B", 0, 10, 60)
    story.leg("gone", "A", 0, 5, 9.999, agent="ames")
    story.end("gone", 60)
    story.outbound("machine", 0)
    story.leg("machine", "B", 0, 10, 60, by="human")
    story.end("machine", 60, "machine")
    answers = story.metrics(drop_limit=0.5)
    assert answers["drop_rate"].numerator == 2
    assert answers["drop_rate"].denominator == 4
    assert answers["drop_headroom"].value == 0
    assert answers["dial_answer_rate"].numerator == 5
    assert answers["talk_time"].denominator == 3
