"""How inbound calls are judged (readings 22 to 26 and 28 to 30)."""

import pytest

from tests.facts.stories import at, counted, ended, judged, leg, of_call, started
from wallboard.facts.judgement import Terms


def entered(second: float, queue: str = "sales") -> dict[str, object]:
    return of_call("queue.entered", second, queue=queue)


def left(second: float, reason: str, queue: str = "sales") -> dict[str, object]:
    return of_call("queue.left", second, queue=queue, reason=reason)


@pytest.mark.parametrize("kind", ["A", "S"])
def test_an_answered_agent_or_patched_leg_answers_the_call(kind: str) -> None:
    sums = counted(started(), leg("x", kind, 2, 8, 30), ended(31))
    assert (sums["answered"], sums["connected"], sums["missed"]) == (1, 1, 0)
    assert sums["answer_ms"] == 8_000


@pytest.mark.parametrize("kind", ["B", "M"])
def test_the_callers_own_leg_and_a_listener_never_answer(kind: str) -> None:
    sums = counted(started(), leg("x", kind, 0, 0.5, 30), ended(31, "completed"))
    assert (sums["answered"], sums["connected"], sums["missed"]) == (0, 0, 1)


@pytest.mark.parametrize(
    "reason",
    [
        "completed",
        "abandoned",
        "busy",
        "no_answer",
        "failed",
        "rejected",
        "voicemail",
        "dropped",
        "machine",
        "fax",
        "timed_out",
    ],
)
def test_every_unanswered_end_is_missed(reason: str) -> None:
    assert counted(started(), ended(30, reason))["missed"] == 1


def test_a_lost_call_is_neither_answered_nor_missed() -> None:
    sums = counted(started(), ended(30, "lost"))
    assert (sums["answered"], sums["missed"], sums["ended"]) == (0, 0, 1)


def test_a_lost_call_that_was_answered_stays_answered() -> None:
    sums = counted(started(), leg("a", "A", 1, 2), ended(30, "lost"))
    assert (sums["answered"], sums["missed"]) == (1, 0)


def test_a_call_in_progress_is_undecided() -> None:
    sums = counted(started(), entered(1), leg("a", "A", 2))
    assert (sums["calls"], sums["answered"], sums["missed"], sums["ended"]) == (1, 0, 0, 0)


def test_voicemail_is_missed_unless_it_was_answered_before() -> None:
    missed = counted(started(), ended(30, "voicemail"))
    assert (missed["voicemail"], missed["missed"], missed["connected"]) == (1, 1, 0)
    answered = counted(started(), leg("a", "A", 1, 2, 20), ended(30, "voicemail"))
    assert (answered["voicemail"], answered["missed"], answered["answered"]) == (1, 0, 1)


@pytest.mark.parametrize(
    ("ends", "abandoned", "short"), [(14.999, 0, 1), (15.0, 1, 0), (15.001, 1, 0)]
)
def test_the_wait_of_an_abandoned_call_runs_from_its_first_queue(
    ends: float, abandoned: int, short: int
) -> None:
    """Entered at 10: at exactly the threshold of 5 s it is abandoned, sooner it is short."""
    sums = counted(started(), entered(10), ended(ends, "abandoned"))
    assert (sums["abandoned"], sums["short_abandoned"], sums["missed"]) == (abandoned, short, 1)


@pytest.mark.parametrize(("ends", "abandoned"), [(4.999, 0), (5.0, 1)])
def test_without_a_queue_it_runs_from_the_start(ends: float, abandoned: int) -> None:
    assert counted(started(), ended(ends, "abandoned"))["abandoned"] == abandoned


def test_an_answered_call_is_never_abandoned() -> None:
    sums = counted(started(), leg("a", "A", 1, 2, 20), ended(21, "abandoned"))
    assert (sums["abandoned"], sums["short_abandoned"], sums["answered"]) == (0, 0, 1)


def test_a_caller_who_leaves_a_second_queue_has_waited_since_the_first() -> None:
    verdict = judged(
        started(),
        entered(2, "a"),
        left(10, "overflowed", "a"),
        entered(10, "b"),
        ended(12, "abandoned"),
    )
    assert verdict.first_queue == "a"
    assert verdict.abandon_wait_ms == 10_000
    assert verdict.result == "abandoned"


@pytest.mark.parametrize(("answer", "within"), [(25.0, 1), (25.001, 0)])
def test_an_answer_at_exactly_the_target_is_within(answer: float, within: int) -> None:
    """Entered at 5 with a target of 20 s."""
    sums = counted(started(), entered(5), leg("a", "A", 6, answer, 60), ended(60))
    assert sums["within_target"] == within


@pytest.mark.parametrize(("ends", "within"), [(20.0, 1), (20.001, 0)])
def test_an_abandoned_call_within_the_target(ends: float, within: int) -> None:
    sums = counted(started(), ended(ends, "abandoned"))
    assert sums["abandoned_within_target"] == within
    assert sums["within_target"] == 0


def test_a_short_abandon_is_not_within_the_target() -> None:
    assert counted(started(), ended(1, "abandoned"))["abandoned_within_target"] == 0


def test_the_thresholds_are_those_that_are_given() -> None:
    terms = Terms(60_000, 30_000, 2_000, 30_000)
    sums = counted(started(), entered(0), ended(29.9, "abandoned"), terms=terms)
    assert sums["short_abandoned"] == 1
    sums = counted(started(), leg("a", "A", 0, 60, 90), ended(90), terms=terms)
    assert sums["within_target"] == 1


def test_the_answer_is_the_first_of_several() -> None:
    verdict = judged(
        started(),
        leg("a", "A", 1, 9, 20, agent="ann"),
        leg("s", "S", 1, 7, 30),
        leg("b", "A", 20, 21, 40, agent="bob"),
        ended(40),
    )
    assert verdict.answered_at == at(7)
    assert verdict.agent == "bob"


def test_transfers_are_their_own_events_not_stays_left_as_transferred() -> None:
    assert counted(started(), entered(1), left(5, "transferred"), ended(9))["transfers"] == 0
    moved = of_call("call.transferred", 20, method="blind", to_agent="bob")
    again = of_call("call.transferred", 25, method="attended", to_queue="sales")
    assert counted(started(), moved, again, ended(30))["transfers"] == 2


def test_waiting_counts_all_stays_however_they_ended() -> None:
    sums = counted(
        started(),
        entered(0, "a"),
        left(10, "overflowed", "a"),
        entered(10, "b"),
        left(25, "answered", "b"),
        leg("x", "A", 20, 25, 60),
        entered(60, "c"),
        left(63, "answered", "c"),
        ended(90),
    )
    assert (sums["waited"], sums["wait_ms"]) == (1, 28_000)
    assert (sums["answered_stays"], sums["answered_stay_ms"]) == (2, 18_000)
    assert sums["overflowed"] == 1


def test_several_overflows_are_one_overflowed_call() -> None:
    sums = counted(
        started(),
        entered(0, "a"),
        left(1, "overflowed", "a"),
        entered(1, "b"),
        left(2, "overflowed", "b"),
        ended(3, "abandoned"),
    )
    assert sums["overflowed"] == 1


def test_a_stay_that_lasts_adds_nothing_yet() -> None:
    sums = counted(started(), entered(0))
    assert (sums["waited"], sums["wait_ms"]) == (0, 0)
