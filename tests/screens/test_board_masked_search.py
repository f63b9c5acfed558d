"""Searching calls while their numbers are masked, and while they are revealed."""

from pathlib import Path

from tests.screens.center import CONFIGURATION, NOW
from tests.screens.piloting import page_of, press, running
from wallboard.app import Board


async def test_hidden_digits_are_found_only_while_they_are_revealed(busy_cache: Path) -> None:
    """The middle of a number finds its calls after m, and none once it is hidden again."""
    board = Board(busy_cache, CONFIGURATION, clock=lambda: NOW)
    async with running(board) as pilot:
        await press(pilot, "2")
        line = next(line for line in page_of(board).lines if line.direction == "outbound")
        number = line.to_number or ""
        await press(pilot, "slash", *number[-6:-1], "enter")
        assert not page_of(board).lines
        await press(pilot, "m")
        assert line.call in {found.call for found in page_of(board).lines}
        await press(pilot, "m")
        assert not page_of(board).lines
        await press(pilot, "escape", "x", "slash", *number, "enter")
        assert line.call in {found.call for found in page_of(board).lines}
