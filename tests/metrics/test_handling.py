"""Metrics 53 to 67, by hand: the edges of thresholds, callbacks, stays and transfers."""

from datetime import date

import pytest

from tests.metrics.asking import (
    CALLER,
    answered,
    arrive,
    ask,
    dial,
    end,
    figures,
    gave_up,
    leg,
    queue,
    rows,
    shares,
)
from tests.questions.conftest import NOON, Cache, Make
from wallboard.reporting_time import Calendar

DAY = 24 * 3_600.0


def test_offered_is_answered_and_missed(cache: Cache) -> None:
    """Lost calls and calls in progress are neither; voicemail and rejection are missed."""
    answered(cache, "c1", 0, 10, 60)
    arrive(cache, "c2", 0)
    leg(cache, "c2", "S", 0, 5, 65)
    end(cache, "c2", 65, "voicemail")
    for number, reason in enumerate(["voicemail", "rejected", "timed_out", "lost"]):
        arrive(cache, f"m{number}", 0)
        end(cache, f"m{number}", 30, reason)
    arrive(cache, "open", 0)
    leg(cache, "open", "B", 0, 1)
    cache.feed()
    assert figures(cache, "answer_rate") == (0.4, 2, 5)
    assert figures(cache, "missed_call_rate") == (0.6, 3, 5)


def test_nothing_is_null_and_not_nought(cache: Cache) -> None:
    """A day without calls has no rates; a dial alone makes none for those who called."""
    answered(cache, "another day", -3 * DAY, 5, 60)
    dial(cache, "o1", 0)
    end(cache, "o1", 20, "no_answer")
    cache.feed()
    for slug in ("answer_rate", "callback_rate", "service_level", "average_speed_of_answer"):
        assert figures(cache, slug) == (None, 0, 0)


def test_what_a_feed_never_tells_is_not_nought(cache: Cache) -> None:
    """Of calls without a single leg nobody knows who was answered, but that they ended."""
    for call in ("c1", "c2"):
        arrive(cache, call, 0)
    cache.feed()
    assert ask(cache, "abandonment_rate").note == "The feed never sent call.ended."
    assert figures(cache, "missed_calls") == (None, None, None)
    end(cache, "c1", 60, "abandoned")
    end(cache, "c2", 60, "rejected")
    cache.feed()
    for slug in ("answered_calls", "answer_rate", "service_level", "average_speed_of_answer"):
        assert figures(cache, slug) == (None, None, None)
        note = ask(cache, slug).note
        assert note == "The feed never sent leg.answered, leg.started or leg.ended."
    assert figures(cache, "missed_calls") == (2, 2, None)
    assert figures(cache, "abandonment_rate") == (0.5, 1, 2)
    leg(cache, "c1", "B", 0, None)
    cache.feed()
    assert figures(cache, "answer_rate") == (0, 0, 2)
    assert figures(cache, "answered_calls") == (0, 0, None)


def test_a_callback_counts_from_the_end_up_to_the_hours_given(cache: Cache) -> None:
    """Both edges are in it; a dial during the call, a second late, or inbound is none."""
    starts = {"1": 60.0, "2": 60.0 + DAY, "3": 59.9, "4": 60.001 + DAY}
    for last, start in starts.items():
        number = f"+1415555010{last}"
        gave_up(cache, f"m{last}", 0, 60, from_number=number)
        dial(cache, f"o{last}", start, to_number=number)
    gave_up(cache, "m5", 0, 60, from_number="+14155550105")
    answered(cache, "again", 120, 5, 60, from_number="+14155550105")
    cache.feed()
    assert shares(cache, "callback_rate") == (2, 5)
    assert figures(cache, "callback_response_time") == (DAY / 2, DAY, 2)
    assert shares(cache, "callback_rate", callback_hours=0) == (1, 5)
    assert figures(cache, "callback_response_time", callback_hours=0) == (0, 0, 1)


def test_one_callback_serves_several_misses_and_the_first_counts(cache: Cache) -> None:
    """The wait runs to the first dial after each miss."""
    gave_up(cache, "m1", 0, 60)
    gave_up(cache, "m2", 100, 60)
    dial(cache, "o1", 260)
    dial(cache, "o2", 300)
    cache.feed()
    assert shares(cache, "callback_rate") == (2, 2)
    assert figures(cache, "callback_response_time") == (150, 300, 2)


@pytest.mark.parametrize("number", [None, "", "  ", "anonymous"])
def test_a_withheld_number_cannot_be_called_back(cache: Cache, number: str | None) -> None:
    """Neither the miss nor a dial to nobody's number counts."""
    gave_up(cache, "m1", 0, 60, from_number=number)
    dial(cache, "o1", 100, to_number=number)
    cache.feed()
    assert shares(cache, "callback_rate") == (0, 0)
    assert shares(cache, "missed_call_rate") == (1, 1)


def test_answered_and_lost_calls_are_not_called_back(cache: Cache) -> None:
    """A dial after them is no callback."""
    answered(cache, "c1", 0, 5, 60)
    arrive(cache, "c2", 0)
    end(cache, "c2", 60, "lost")
    dial(cache, "o1", 100)
    cache.feed()
    assert shares(cache, "callback_rate") == (0, 0)


def test_a_callback_may_be_of_any_campaign_and_day(cache: Cache) -> None:
    """Filters are of the missed calls; what became of them is looked for everywhere."""
    gave_up(cache, "m1", 11.9 * 3_600, 60, campaign="in")
    gave_up(cache, "m2", 0, 60, campaign="other", from_number="+14155550172")
    dial(cache, "o1", 13 * 3_600, campaign="out")
    cache.feed()
    assert shares(cache, "callback_rate", filters={"campaign": "in"}) == (1, 1)
    assert rows(cache, "callback_rate", by="campaign") == {"in": 1, "other": 0}


def test_after_hours_are_answered_or_called_back(make: Make) -> None:
    """On a holiday everything is after hours; a callback too late is none."""
    cache = make(calendar=Calendar("UTC", holidays=[date(2024, 6, 12)]))
    answered(cache, "c1", 0, 5, 60)
    gave_up(cache, "m1", 0, 60)
    gave_up(cache, "m2", 0, 60, from_number="+14155550172")
    arrive(cache, "l1", 0)
    end(cache, "l1", 60, "lost")
    dial(cache, "o1", 3_600)
    dial(cache, "o2", 60.001 + DAY, to_number="+14155550172")
    answered(cache, "tomorrow", DAY, 5, 60)
    cache.feed()
    assert shares(cache, "after_hours_response_rate") == (2, 4)
    both = {"period": ("2024-06-12", "2024-06-13"), "now": NOON + 2 * 86_400_000}
    assert shares(cache, "after_hours_response_rate", **both) == (2, 4)


def test_routed_right_is_connected_and_left_there(cache: Cache) -> None:
    """A transfer after the answer spoils it, one before does not; undecided calls wait."""
    for call in ("right", "moved", "early"):
        arrive(cache, call, 0)
        leg(cache, call, "A", 0, 10)
    cache.say("call.transferred", 20, call="moved", method="blind", to_agent="a2")
    cache.say("call.transferred", 5, call="early", method="blind", to_agent="a2")
    arrive(cache, "left", 0)
    queue(cache, "left", "q", 0, 30, "abandoned")
    end(cache, "left", 30, "abandoned")
    arrive(cache, "waits", 0)
    queue(cache, "waits", "q", 0)
    arrive(cache, "nowhere", 0)
    end(cache, "nowhere", 3, "rejected")
    cache.feed()
    assert shares(cache, "routing_success_rate") == (2, 4)
    assert shares(cache, "transfer_rate") == (2, 3)
    assert shares(cache, "average_transfers_per_call") == (2, 3)


def test_transfers_are_the_events_alone(cache: Cache) -> None:
    """Leaving a queue as transferred is none; without any event ever, nothing is known."""
    answered(cache, "c1", 0, 20, 60)
    queue(cache, "c1", "q", 0, 10, "transferred")
    cache.feed()
    answer = ask(cache, "transfer_rate")
    assert (answer.value, answer.numerator, answer.denominator) == (None, None, None)
    assert "call.transferred" in answer.note
    for at in (30, 40, 50):
        cache.say("call.transferred", at, call="c1", method="attended", to_agent="a2")
    cache.feed(cache.events[-3:])
    assert figures(cache, "transfer_rate") == (1, 1, 1)
    assert figures(cache, "average_transfers_per_call") == (3, 3, 1)


def test_exactly_the_threshold_is_abandoned(cache: Cache) -> None:
    """Sooner is short and leaves the denominator; the queue's own threshold, from its entry."""
    answered(cache, "c1", 0, 5, 60)
    gave_up(cache, "five", 0, 5)
    gave_up(cache, "sooner", 0, 4.999)
    cache.feed()
    assert shares(cache, "abandonment_rate") == (1, 2)
    cache.say("queue.defined", -60, queue="q", name="Q", short_abandon_seconds=10)
    arrive(cache, "ten", 0)
    queue(cache, "ten", "q", 20, 30, "abandoned")
    end(cache, "ten", 30, "abandoned")
    arrive(cache, "nine", 0)
    queue(cache, "nine", "q", 20, 29, "abandoned")
    end(cache, "nine", 29, "abandoned")
    cache.feed(cache.events[-9:])
    assert shares(cache, "abandonment_rate") == (2, 3)


def test_the_published_service_levels(cache: Cache) -> None:
    """Answered 1,000, 860 in time; abandoned 60, 20 of them in time and 40 late."""
    for number in range(100):
        answered(cache, f"a{number}", number * 100, 20 if number < 86 else 20.001, 30)
    for number in range(6):
        gave_up(cache, f"g{number}", number * 100, 20 if number < 2 else 20.001)
    cache.feed()
    found = {
        formula: figures(cache, "service_level", service_level_formula=formula)
        for formula in ("offered", "answered", "within", "late_abandons")
    }
    assert found == {
        "offered": (pytest.approx(86 / 106), 86, 106),
        "answered": (0.86, 86, 100),
        "within": (pytest.approx(88 / 106), 88, 106),
        "late_abandons": (pytest.approx(86 / 104), 86, 104),
    }
    percent = [round((value or 0) * 100, 1) for value, *_ in found.values()]
    assert percent == [81.1, 86.0, 83.0, 82.7]
    within = ask(cache, "service_level", service_level_formula="within")
    assert within.note == "By the formula within."
    hours = rows(cache, "service_level", by="hour", service_level_formula="answered")
    assert hours == {"12": 1, "13": 1, "14": 0.5}


def test_the_target_is_the_queues_else_the_campaigns(cache: Cache) -> None:
    """Of the first queue; and without a short abandonment in the numerator or below."""
    cache.say(
        "campaign.defined",
        -60,
        campaign="k",
        name="K",
        direction="inbound",
        channel="voice",
        service_level={"seconds": 40, "share": 0.8},
    )
    cache.say(
        "queue.defined", -60, queue="q", name="Q", service_level={"seconds": 10, "share": 0.8}
    )
    answered(cache, "campaign", 0, 40, 30, campaign="k")
    for call, wait in (("in", 10.0), ("out", 10.001)):
        arrive(cache, call, 0, campaign="k")
        queue(cache, call, "q", 5, 5 + wait)
        leg(cache, call, "A", 5, 5 + wait)
    gave_up(cache, "short", 0, 2, campaign="k")
    cache.feed()
    assert shares(cache, "service_level") == (2, 3)
    within = shares(cache, "service_level", service_level_formula="within")
    assert within == (2, 3)


def test_the_answer_is_waited_for_from_the_queue(cache: Cache) -> None:
    """From the first entry, else from the start; the menu before it is not waiting."""
    answered(cache, "direct", 0, 8, 60)
    arrive(cache, "queued", 0)
    queue(cache, "queued", "q", 30, 42, "overflowed")
    queue(cache, "queued", "r", 42, 60)
    leg(cache, "queued", "A", 50, 60, 90)
    end(cache, "queued", 90)
    arrive(cache, "gone", 0)
    queue(cache, "gone", "q", 10, 110, "abandoned")
    end(cache, "gone", 110, "abandoned")
    cache.feed()
    assert figures(cache, "average_speed_of_answer") == (19, 38, 2)
    assert figures(cache, "average_waiting_time") == (65, 130, 2)
    assert figures(cache, "queue_response_time") == (18, 18, 1)
    assert shares(cache, "overflow_routing_rate") == (1, 3)
    assert rows(cache, "average_speed_of_answer", by="queue") == {"q": 30, "(none)": 8}


def test_no_queue_was_ever_told_of(cache: Cache) -> None:
    """What is of queues alone is then unknown, with the type named."""
    answered(cache, "c1", 0, 8, 60, intended_queue="q")
    cache.feed()
    for slug in ("average_waiting_time", "overflow_routing_rate", "queue_response_time"):
        assert ask(cache, slug).value is None
        assert "queue.entered" in ask(cache, slug).note
    assert figures(cache, "average_speed_of_answer") == (8, 8, 1)


def test_the_intended_queue_is_the_first(cache: Cache) -> None:
    """Later queues do not repair it; calls without an intention or a queue are left out."""
    for call, intended, entered in (
        ("right", "q", ["q", "r"]),
        ("wrong", "r", ["q", "r"]),
        ("unsaid", None, ["q"]),
        ("none", "q", []),
    ):
        said = {"intended_queue": intended} if intended else {}
        arrive(cache, call, 0, **said)
        for place, name in enumerate(entered):
            queue(cache, call, name, 10 * place, 10 * place + 10, "transferred")
        end(cache, call, 60, "timed_out")
    cache.feed()
    assert shares(cache, "routing_accuracy") == (1, 2)


def test_outbound_calls_are_no_part_of_it(cache: Cache) -> None:
    """A dial through a queue, answered, transferred and after hours, changes no figure."""
    answered(cache, "c1", 0, 8, 60)
    dial(cache, "o1", 0, to_number=CALLER)
    queue(cache, "o1", "q", 0, 10)
    leg(cache, "o1", "A", 0, 5)
    cache.say("call.transferred", 9, call="o1", method="blind", to_agent="a2")
    cache.feed()
    assert shares(cache, "transfer_rate") == (0, 1)
    assert shares(cache, "answer_rate") == (1, 1)
    assert figures(cache, "average_waiting_time") == (None, 0, 0)
    assert shares(cache, "routing_success_rate") == (1, 1)
