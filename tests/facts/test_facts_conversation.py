"""Talk, hold and wrap-up (readings 31 to 34)."""

import pytest

from tests.facts.stories import Json, at, call_of, counted, ended, judged, leg, of_call, started


def held(second: float, leg_id: str = "a") -> Json:
    return of_call("leg.held", second, leg=leg_id)


def resumed(second: float, leg_id: str = "a") -> Json:
    return of_call("leg.resumed", second, leg=leg_id)


def wrapped(second: float, agent: str = "ann", **rest: float | None) -> Json:
    return of_call("call.wrapped", second, agent=agent, **rest)


def test_talk_is_answer_to_end_of_agent_legs_less_hold() -> None:
    sums = counted(
        started(), leg("a", "A", 1, 10, 70), held(20), resumed(35), held(50), resumed(55), ended(70)
    )
    assert (sums["talk_ms"], sums["hold_ms"]) == (40_000, 20_000)


def test_overlapping_agent_legs_count_twice() -> None:
    sums = counted(
        started(), leg("a", "A", 0, 10, 70), leg("b", "A", 0, 40, 100, agent="bob"), ended(100)
    )
    assert sums["talk_ms"] == 120_000


@pytest.mark.parametrize("kind", ["B", "S", "M"])
def test_other_legs_never_talk(kind: str) -> None:
    sums = counted(
        started(), leg("a", "A", 0, 10, 20), leg("x", kind, 0, 1, 90), held(30, "x"), ended(90)
    )
    assert (sums["talk_ms"], sums["hold_ms"]) == (10_000, 0)


def test_an_answered_call_in_progress_is_connected_with_no_talk_so_far() -> None:
    sums = counted(started(), leg("a", "A", 0, 10, 20), leg("b", "A", 0, 20))
    assert (sums["connected"], sums["talk_ms"], sums["ended"]) == (1, 0, 0)


@pytest.mark.parametrize(
    ("moves", "hold"),
    [
        ([held(20)], 50),
        ([held(20), held(30), resumed(40)], 20),
        ([held(20), resumed(30), resumed(40)], 10),
        ([resumed(30)], 0),
        ([held(5), resumed(15)], 5),
        ([held(60), resumed(90)], 10),
        ([held(75), resumed(90)], 0),
        ([held(20), resumed(20)], 0),
    ],
    ids=[
        "open to the end",
        "held twice",
        "resumed twice",
        "resumed only",
        "from before the answer",
        "beyond the end",
        "after the end",
        "for no time",
    ],
)
def test_hold_lies_between_answer_and_end(moves: list[Json], hold: int) -> None:
    (found,) = call_of(started(), leg("a", "A", 1, 10, 70), *moves, ended(80)).legs
    assert found.hold_ms == hold * 1_000
    assert found.talk_ms == (60 - hold) * 1_000


def test_a_leg_that_was_never_answered_neither_talks_nor_holds() -> None:
    (found,) = call_of(started(), leg("a", "A", 1, None, 30), held(5), resumed(9), ended(30)).legs
    assert (found.talk_ms, found.hold_ms, found.ring_ms) == (0, 0, 29_000)


def test_wrap_up_is_what_was_said_where_it_was_said() -> None:
    call = call_of(
        started(), leg("a", "A", 0, 5, 60, agent="ann"), ended(60), wrapped(99, seconds=7.5)
    )
    assert [(one.agent, one.ended, one.length_ms) for one in call.wrap_ups] == [
        ("ann", at(99), 7_500)
    ]


def test_zero_seconds_of_wrap_up_are_zero() -> None:
    verdict = judged(
        started(), leg("a", "A", 0, 5, 60, agent="ann"), ended(60), wrapped(99, seconds=0)
    )
    assert verdict.wrap_ms == 0


def test_without_seconds_it_runs_from_the_last_leg_of_that_agent() -> None:
    verdict = judged(
        started(),
        leg("a", "A", 0, 5, 20, agent="ann"),
        leg("b", "A", 20, 25, 60, agent="bob"),
        leg("c", "A", 30, 31, 40, agent="ann"),
        ended(60),
        wrapped(50, "ann"),
        wrapped(75, "bob", seconds=None),
    )
    assert verdict.wrap_ms == 10_000 + 15_000


def test_of_an_agent_without_a_leg_it_runs_from_the_end_of_the_call() -> None:
    assert judged(started(), ended(60), wrapped(72, "ann")).wrap_ms == 12_000


def test_without_any_end_it_is_not_known_yet() -> None:
    assert judged(started(), wrapped(72, "ann")).wrap_ms == 0


def test_wrap_up_before_the_leg_ends_is_never_negative() -> None:
    verdict = judged(started(), leg("a", "A", 0, 5, 60, agent="ann"), ended(60), wrapped(50))
    assert verdict.wrap_ms == 0


def test_a_corrected_wrap_up_counts_once() -> None:
    verdict = judged(
        started(),
        leg("a", "A", 0, 5, 60, agent="ann"),
        ended(60),
        wrapped(70, seconds=10),
        wrapped(71, seconds=12),
    )
    assert verdict.wrap_ms == 12_000


def test_wrap_up_counts_for_connected_calls_only() -> None:
    """After-call work is a mean over connected calls, so its sum is over the same (72)."""
    assert counted(started(), ended(30, "abandoned"), wrapped(40, "ann"))["wrap_ms"] == 0
    connected = counted(
        started(), leg("s", "S", 0, 5, 30), ended(30), wrapped(40, "ann", seconds=4)
    )
    assert connected["wrap_ms"] == 4_000


def test_talk_with_a_machine_is_left_out() -> None:
    events: list[Json | list[Json]] = [
        started(0, "outbound"),
        leg("a", "A", 0, 1, 60, agent="ann"),
        leg("b", "B", 0, 10, 60, by="machine"),
        held(20),
        resumed(30),
        ended(60, "machine"),
        wrapped(70),
    ]
    sums = counted(*events)
    assert (sums["talk_ms"], sums["hold_ms"], sums["wrap_ms"], sums["connected"]) == (0, 0, 0, 0)


def test_duration_is_from_start_to_end() -> None:
    sums = counted(started(3), ended(63.25))
    assert (sums["ended"], sums["duration_ms"]) == (1, 60_250)
