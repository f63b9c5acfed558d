"""What is masked is shown in full only once who sees it is on record."""

import asyncio
import shutil
import sqlite3
from pathlib import Path

import pytest

from tests.screens.center import CONFIGURATION, NOW
from tests.screens.piloting import press, running, settle
from wallboard.app import Board
from wallboard.cache.reveals import who_asks
from wallboard.screens.picture import as_text


@pytest.fixture
def own_cache(busy_cache: Path, tmp_path: Path) -> Path:
    """A cache of this test alone."""
    return Path(shutil.copy(busy_cache, tmp_path / "cache.sqlite"))


def recorded(cache: Path) -> list[tuple[int, str, str]]:
    """Who saw what."""
    connection = sqlite3.connect(cache)
    try:
        return connection.execute("SELECT at, who, what FROM reveals").fetchall()
    finally:
        connection.close()


async def test_every_reveal_is_recorded_and_hiding_is_not(own_cache: Path) -> None:
    """Who, when, and on which screen, down to the call."""
    board = Board(own_cache, CONFIGURATION, clock=lambda: NOW)
    async with running(board) as pilot:
        await press(pilot, "2", "m", "m")
        assert recorded(own_cache) == [(NOW, who_asks(), "board calls")]
        await press(pilot, "enter", "m")
        call = board.snapshot.call if board.snapshot is not None else None
        assert call is not None
        assert recorded(own_cache)[1:] == [(NOW, who_asks(), f"board call {call.line.call}")]


async def test_what_cannot_be_recorded_is_not_shown(own_cache: Path) -> None:
    """A cache without the table takes no record: numbers stay masked, and it is said why."""
    connection = sqlite3.connect(own_cache)
    connection.execute("DROP TABLE reveals")
    connection.close()
    board = Board(own_cache, CONFIGURATION, clock=lambda: NOW)
    async with board.run_test(size=(160, 45), notifications=True) as pilot:
        await settle(board)
        text = await press(pilot, "2", "m")
        assert "*** **" in text
        assert "in full for a moment" not in text
        async with asyncio.timeout(10):
            while "are not revealed" not in as_text(board):
                await pilot.pause(0.05)


async def test_a_board_for_viewing_records_nothing(own_cache: Path) -> None:
    """It never reveals."""
    board = Board(own_cache, CONFIGURATION, clock=lambda: NOW, view=True)
    async with running(board) as pilot:
        assert "*** **" in await press(pilot, "2", "m")
        assert recorded(own_cache) == []
