"""What an agent's tile says of the state, whatever reason the feed left beside it."""

import pytest

from wallboard.questions.floor_answers import AgentNow
from wallboard.screens.floor_values import tile


@pytest.mark.parametrize(
    ("state", "said"),
    [
        ("paused", "break"),
        ("fault", "break"),
        ("on_call", ""),
        ("on_hold", ""),
        ("ringing", ""),
        ("wrap_up", ""),
        ("available", ""),
        ("offline", ""),
    ],
)
def test_a_reason_is_one_of_a_pause_or_a_fault(state: str, said: str) -> None:
    """An agent who talks is not on a break, though the break was the last that had a reason."""
    agent = AgentNow(1, "ames", "Ames", None, state, "break", 0, None, None)
    assert tile(agent).reason == said
    assert tile(AgentNow(1, "ames", "Ames", None, state, None, 0, None, None)).reason == ""
