"""Queue stays: the same queue twice, left without entered, corrections."""

import itertools

from tests.facts.stories import Json, at, call_of, ended, of_call, started
from wallboard.facts.call import Call


def entered(second: float, queue: str = "q", **rest: object) -> Json:
    return of_call("queue.entered", second, queue=queue, **rest)


def left(second: float, reason: str = "answered", queue: str = "q", **rest: object) -> Json:
    return of_call("queue.left", second, queue=queue, reason=reason, **rest)


def spans(call: Call) -> list[tuple[str, int, int | None, str | None]]:
    return [(stay.queue, stay.entered, stay.left, stay.reason) for stay in call.stays]


def test_stays_are_in_the_order_of_entry() -> None:
    call = call_of(
        started(), entered(9, "b"), left(12, queue="b"), entered(2, "a"), left(8, queue="a")
    )
    assert [stay.queue for stay in call.stays] == ["a", "b"]


def test_the_same_queue_twice_is_two_stays() -> None:
    call = call_of(started(), entered(0), left(5, "timed_out"), entered(20), left(30), ended(60))
    assert spans(call) == [
        ("q", at(0), at(5), "timed_out"),
        ("q", at(20), at(30), "answered"),
    ]


def test_the_same_queue_again_at_once_when_the_sequence_says_so() -> None:
    call = call_of(
        started(sequence=1),
        entered(0, sequence=2),
        left(5, "redirected", sequence=3),
        entered(5, sequence=4),
        left(9, sequence=5),
    )
    assert spans(call) == [
        ("q", at(0), at(5), "redirected"),
        ("q", at(5), at(9), "answered"),
    ]


def test_two_queues_at_once_are_kept_apart() -> None:
    call = call_of(started(), entered(0, "a"), entered(1, "b"), left(5, queue="a"), ended(9))
    assert spans(call) == [
        ("a", at(0), at(5), "answered"),
        ("b", at(1), at(9), None),
    ]


def test_entering_again_without_leaving_is_news_of_the_position_only() -> None:
    call = call_of(started(), entered(0, position=4), entered(6, position=2), left(9))
    assert spans(call) == [("q", at(0), at(9), "answered")]
    assert call.stays[0].position == 2


def test_left_without_entered_makes_no_stay() -> None:
    assert not call_of(started(), left(9), ended(20)).stays


def test_left_shortly_before_entered_counts_as_at_the_entry() -> None:
    call = call_of(started(), left(8, "timed_out"), entered(9.5), ended(60))
    assert spans(call) == [("q", at(9.5), at(9.5), "timed_out")]


def test_left_long_before_entered_does_not_close_it() -> None:
    call = call_of(started(), left(3), entered(9), ended(60))
    assert spans(call) == [("q", at(9), at(60), None)]


def test_a_second_left_corrects_the_first_and_keeps_its_time() -> None:
    call = call_of(started(), entered(0), left(10, "abandoned"), left(11, "callback", agent="ann"))
    assert spans(call) == [("q", at(0), at(10), "callback")]
    assert call.stays[0].agent == "ann"


def test_a_correction_of_a_stay_does_not_close_the_next() -> None:
    call = call_of(
        started(),
        entered(0),
        left(10, "timed_out"),
        left(11, "overflowed"),
        entered(12),
        left(40, "answered"),
    )
    assert spans(call) == [
        ("q", at(0), at(10), "overflowed"),
        ("q", at(12), at(40), "answered"),
    ]


def test_the_answering_agent_and_the_destination_are_kept() -> None:
    call = call_of(started(), entered(0), left(10, agent="ann", destination="desk"))
    assert (call.stays[0].agent, call.stays[0].destination) == ("ann", "desk")


def test_any_order_gives_the_same_stays() -> None:
    events = [started(), entered(0), left(5), entered(5.5), left(9), ended(12)]
    calls = [call_of(*order) for order in itertools.permutations(events)]
    assert all(spans(call) == spans(calls[0]) for call in calls)
