"""How dials are judged: live answers, drops, machines (readings 49 to 52)."""

import pytest

from tests.facts.stories import Json, counted, ended, judged, leg, of_call, started
from wallboard.facts.judgement import Terms


def dial(*events: Json | list[Json], **rest: object) -> list[Json]:
    flat = [one for item in events for one in (item if isinstance(item, list) else [item])]
    return [started(0, "outbound", **rest), *flat]


def answered(second: float, by: str | None = "human", **rest: object) -> list[Json]:
    """The contact's leg, answered; `by` absent where None."""
    given = {} if by is None else {"by": by}
    return [
        of_call("leg.started", 0, leg="b", kind="B"),
        of_call("leg.answered", second, leg="b", **given, **rest),
    ]


@pytest.mark.parametrize(
    ("by", "reason", "live"),
    [
        ("human", "completed", 1),
        ("unknown", "completed", 1),
        (None, "completed", 1),
        ("human", "dropped", 1),
        ("machine", "completed", 0),
        ("fax", "completed", 0),
        ("human", "machine", 0),
        ("unknown", "fax", 0),
        (None, "machine", 0),
    ],
)
def test_a_live_answer(by: str | None, reason: str, live: int) -> None:
    sums = counted(*dial(answered(10, by), leg("a", "A", 5, 10, 60), ended(60, reason)))
    assert (sums["live_answers"], sums["live_with_agent"]) == (live, live)
    assert (sums["dial_answered"], sums["decided"]) == (1, 1)
    assert sums["machine_with_agent"] == 1 - live


def test_null_takes_the_answerer_back() -> None:
    machine = answered(10, "machine")
    corrected = of_call("leg.answered", 11, leg="b", by=None)
    assert counted(*dial(machine, corrected, ended(60)))["live_answers"] == 1


@pytest.mark.parametrize(("agent", "dropped"), [(11.999, 0), (12.0, 0), (12.001, 1)])
def test_an_agent_at_exactly_the_limit_is_in_time(agent: float, dropped: int) -> None:
    sums = counted(*dial(answered(10), leg("a", "A", 9, agent, 60), ended(60)))
    assert sums["dropped"] == dropped
    assert sums["connected"] == 1
    assert sums["talk_ms"] == round((60 - agent) * 1_000)


def test_an_agent_who_was_there_before_is_in_time() -> None:
    assert counted(*dial(leg("a", "A", 0, 1, 60), answered(10), ended(60)))["dropped"] == 0


def test_an_agent_who_had_left_before_the_answer_does_not_count() -> None:
    sums = counted(*dial(leg("a", "A", 0, 1, 9), answered(10), ended(60)))
    assert (sums["dropped"], sums["connected"], sums["live_with_agent"]) == (1, 0, 0)


def test_no_agent_at_all_is_a_drop() -> None:
    verdict = judged(*dial(answered(10), ended(30, "dropped")))
    assert (verdict.dropped, verdict.result) == (1, "dropped")


def test_a_call_that_ended_sooner_with_no_agent_is_a_drop() -> None:
    assert counted(*dial(answered(10), ended(10.5, "abandoned")))["dropped"] == 1


def test_a_call_in_progress_within_the_limit_is_no_drop_yet() -> None:
    assert counted(*dial(answered(10)))["dropped"] == 0


def test_a_late_agent_is_a_drop_that_ended_connected() -> None:
    verdict = judged(*dial(answered(10), leg("a", "A", 9, 20, 60), ended(60)))
    assert (verdict.dropped, verdict.connected, verdict.result) == (1, 1, "dropped")
    sums = counted(*dial(answered(10), leg("a", "A", 9, 20, 60), ended(60)))
    assert (sums["connected"], sums["live_with_agent"]) == (1, 0)


def test_a_drop_is_judged_from_the_end_of_the_greeting() -> None:
    greeting = "2026-03-02T12:00:15+00:00"
    in_time = dial(answered(10, greeting_ended=greeting), leg("a", "A", 9, 17, 60), ended(60))
    assert counted(*in_time)["dropped"] == 0
    late = dial(answered(10, greeting_ended=greeting), leg("a", "A", 9, 17.001, 60), ended(60))
    assert counted(*late)["dropped"] == 1


def test_the_campaigns_own_limit_counts() -> None:
    terms = Terms(20_000, 5_000, 4_500, 50_000)
    events = dial(answered(10), leg("a", "A", 9, 14.5, 60), ended(60))
    sums = counted(*events, terms=terms)
    assert (sums["dropped"], sums["drop_allowance_millionths"]) == (0, 50_000)


@pytest.mark.parametrize("by", ["machine", "fax"])
def test_a_machine_is_never_dropped(by: str) -> None:
    sums = counted(*dial(answered(10, by), ended(60)))
    assert (sums["dropped"], sums["drop_allowance_millionths"]) == (0, 0)
    assert sums["machine_with_agent"] == 0


def test_an_agent_found_a_machine_whose_answer_was_never_reported() -> None:
    """A counts dials that ended as machine with an agent on (52)."""
    assert counted(*dial(leg("a", "A", 0, 5, 9), ended(9, "machine")))["machine_with_agent"] == 1


def test_an_agent_who_had_left_was_not_on_with_the_machine() -> None:
    events = dial(leg("a", "A", 0, 1, 9), answered(10, "machine"), ended(60, "machine"))
    assert counted(*events)["machine_with_agent"] == 0


@pytest.mark.parametrize("reason", ["busy", "no_answer", "failed", "lost"])
def test_an_unanswered_dial_is_decided_by_its_end(reason: str) -> None:
    verdict = judged(*dial(leg("b", "B", 0, None, 20), ended(20, reason)))
    sums = counted(*dial(leg("b", "B", 0, None, 20), ended(20, reason)))
    assert verdict.result == reason
    assert (sums["decided"], sums["dial_answered"], sums["missed"]) == (1, 0, 0)


def test_a_dial_in_progress_is_undecided_until_it_is_answered() -> None:
    assert counted(*dial(leg("b", "B", 0)))["decided"] == 0
    assert counted(*dial(answered(10)))["decided"] == 1


def test_inbound_measures_stay_at_zero() -> None:
    sums = counted(*dial(answered(10), leg("a", "A", 9, 11, 60), ended(60, "voicemail")))
    for name in ("answered", "missed", "voicemail", "abandoned", "short_abandoned"):
        assert sums[name] == 0, name


@pytest.mark.parametrize(("attempt", "retry"), [(None, 0), (1, 0), (2, 1), (7, 1)])
def test_a_retry_is_an_attempt_above_one(attempt: int | None, retry: int) -> None:
    assert counted(*dial(attempt=attempt))["retries"] == retry


def test_an_absent_attempt_is_the_first() -> None:
    assert counted(*dial())["retries"] == 0
    assert counted(started(0, "inbound", attempt=3))["retries"] == 0
