"""What the header and the choice of a period say of the period."""

from pathlib import Path

from textual.widgets import OptionList

from tests.screens.center import CONFIGURATION, NOW
from tests.screens.piloting import press, running
from wallboard.app import Board


async def test_calls_are_of_all_days(busy_cache: Path) -> None:
    """The list of calls does not look like one of today."""
    board = Board(busy_cache, CONFIGURATION, clock=lambda: NOW)
    async with running(board) as pilot:
        assert "all queues · today" in (await press(pilot, "3")).splitlines()[0]
        assert "all queues · all days" in (await press(pilot, "2")).splitlines()[0]
        await press(pilot, "3")
        await pilot.press("p")
        await pilot.pause()
        choices = board.screen.query_one(OptionList)
        shown = [str(choices.get_option_at_index(at).prompt) for at in range(choices.option_count)]
        assert shown[0] == "today"
        assert "all periods" not in shown
