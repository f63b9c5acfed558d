"""Where one stands in the past, and how that moves."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wallboard.board.time_travel import HOUR_MS, MINUTE_MS, SPEEDS, Journey, begun, stepped

NOW = 1_800_000_000_000
steps = st.sampled_from([-HOUR_MS, -MINUTE_MS, MINUTE_MS, HOUR_MS])


def test_the_first_step_back_leaves_live() -> None:
    """From live one goes back from now, to a whole second; on leads nowhere."""
    assert stepped(None, -MINUTE_MS, NOW + 999) == Journey(NOW - MINUTE_MS)
    assert stepped(None, MINUTE_MS, NOW) is None


def test_a_step_to_now_is_live() -> None:
    """Nobody stands in the future."""
    journey = begun(NOW - HOUR_MS)
    later = stepped(journey, MINUTE_MS, NOW)
    assert later is not None
    assert later.at(NOW) == NOW - HOUR_MS + MINUTE_MS
    assert stepped(journey, HOUR_MS, NOW) is None


@pytest.mark.parametrize("speed", SPEEDS)
def test_a_play_goes_as_fast_as_it_says(speed: int) -> None:
    """So many seconds a second, from where it stood, and stands where it is halted."""
    journey = Journey(NOW - HOUR_MS, speed).playing(NOW)
    assert journey.at(NOW) == NOW - HOUR_MS
    assert journey.at(NOW + 3_000) == NOW - HOUR_MS + 3_000 * speed
    halted = journey.halted(NOW + 3_000)
    assert halted.at(NOW + 9_000) == NOW - HOUR_MS + 3_000 * speed


def test_a_change_of_speed_jumps_nowhere() -> None:
    """It goes on from where it was; there is nothing beyond 1 and 60 times."""
    journey = begun(NOW - HOUR_MS).playing(NOW)
    faster = journey.at_speed(2, NOW + 2_000)
    assert faster.at(NOW + 2_000) == journey.at(NOW + 2_000)
    assert faster.speed == SPEEDS[2]
    assert faster.at_speed(99, NOW + 2_000).speed == SPEEDS[-1] == 60
    assert faster.at_speed(-99, NOW + 2_000).speed == SPEEDS[0] == 1


@given(st.lists(st.tuples(steps, st.integers(0, 5_000)), max_size=30), st.booleans())
def test_steps_add_up(moves: list[tuple[int, int]], playing: bool) -> None:
    """Steps and play together lead where their sum says, whatever their order; never beyond now."""
    now, start = NOW, NOW - 100 * HOUR_MS
    journey = begun(start).playing(now) if playing else begun(start)
    walked = 0
    for by, rest in moves:
        now += rest
        went_on = stepped(journey, by, now)
        assert went_on is not None
        journey, walked = went_on, walked + by
    played = now - NOW if playing else 0
    assert journey.at(now) == start + walked + played < now
