"""The state of an agent: presence and activity, and since when."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import convert

from wallboard.events.agents import AgentChanged
from wallboard.facts.agent import BEFORE_ANY, AgentState, after


def told(*changes: tuple[int, AgentChanged]) -> AgentState:
    state = BEFORE_ANY
    for time, said in changes:
        state = after(state, said, time)
    return state


def change(**fields: object) -> AgentChanged:
    return convert({"agent": "ann", **fields}, AgentChanged)


@pytest.mark.parametrize(
    ("presence", "activity", "shown"),
    [
        ("offline", "idle", "offline"),
        ("available", "idle", "available"),
        ("paused", "idle", "paused"),
        ("offline", "on_call", "on_call"),
        ("paused", "on_call", "on_call"),
        ("available", "ringing", "ringing"),
        ("available", "dialling", "dialling"),
        ("available", "on_hold", "on_hold"),
        ("paused", "wrap_up", "wrap_up"),
        ("available", "fault", "fault"),
    ],
)
def test_the_state_shown(presence: str, activity: str, shown: str) -> None:
    assert told((5, change(presence=presence, activity=activity))).state == shown


def test_a_pause_during_a_call_shows_once_the_call_is_over() -> None:
    in_call = told(
        (1, change(presence="available", activity="idle")),
        (2, change(activity="on_call", call="c")),
        (3, change(presence="paused", reason="lunch")),
    )
    assert (in_call.state, in_call.since, in_call.reason) == ("on_call", 2, "lunch")
    over = after(in_call, change(activity="idle", call=None), 9)
    assert (over.state, over.since, over.reason) == ("paused", 9, "lunch")


def test_what_is_said_again_does_not_restart_the_clock() -> None:
    again = change(presence="paused", reason="break")
    assert told((1, again), (50, again), (90, change(queues=["q"]))).since == 1


def test_the_first_word_of_an_agent_starts_its_clock_even_offline() -> None:
    assert told((77, change(presence="offline"))).since == 77


def test_absent_says_nothing_and_null_clears() -> None:
    state = told(
        (1, change(presence="available", activity="on_call", call="c", queues=["q"], campaign="x")),
        (2, change(presence="available")),
    )
    assert (state.call, state.queues, state.campaign) == ("c", ("q",), "x")
    state = after(state, change(call=None, queues=None, campaign=None), 3)
    assert (state.call, state.queues, state.campaign) == (None, None, None)


def test_the_end_of_the_call_named_does_not_restart_the_state() -> None:
    state = told(
        (1, change(presence="available", activity="wrap_up", call="c")), (9, change(call=None))
    )
    assert (state.state, state.since) == ("wrap_up", 1)


def test_the_next_call_of_an_agent_on_call_starts_anew() -> None:
    state = told((1, change(activity="on_call", call="c")), (9, change(call="d")))
    assert state.since == 9


def test_another_presence_without_a_reason_has_none() -> None:
    state = told((1, change(presence="paused", reason="lunch")), (2, change(presence="available")))
    assert state.reason is None


CHANGES = st.builds(
    lambda fields: AgentChanged("ann", **fields),
    st.fixed_dictionaries(
        {},
        optional={
            "presence": st.sampled_from(["offline", "available", "paused", None]),
            "reason": st.sampled_from(["break", None]),
            "activity": st.sampled_from(["idle", "on_call", "wrap_up", None]),
            "call": st.sampled_from(["c", "d", None]),
        },
    ),
)


@given(st.lists(CHANGES, min_size=1, max_size=8))
def test_every_change_twice_is_the_same_as_once(changes: list[AgentChanged]) -> None:
    once = told(*((time, said) for time, said in enumerate(changes)))
    twice = told(*((time, said) for time, said in enumerate(changes) for _ in range(2)))
    assert once == twice


@given(st.lists(CHANGES, min_size=1, max_size=8))
def test_since_is_never_later_than_the_last_change(changes: list[AgentChanged]) -> None:
    state = BEFORE_ANY
    for time, said in enumerate(changes, 10):
        before, state = state, after(state, said, time)
        assert state.since in {time, before.since}
        if state.state != before.state:
            assert state.since == time
