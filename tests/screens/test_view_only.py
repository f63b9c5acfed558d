"""A board that was opened with --view: it looks and filters, and does nothing that is recorded."""

import shutil
import sqlite3
from pathlib import Path

import pytest

from tests.screens.center import CONFIGURATION, NOW
from tests.screens.piloting import press, running
from wallboard.app import Board
from wallboard.screens.picture import as_text


@pytest.fixture
def own_cache(busy_cache: Path, tmp_path: Path) -> Path:
    """A cache of this test alone."""
    return Path(shutil.copy(busy_cache, tmp_path / "cache.sqlite"))


def written(cache: Path) -> list[int]:
    """How much any board has written into the cache."""
    connection = sqlite3.connect(cache)
    try:
        return [
            connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
            for table in ("reveals", "alarm_acknowledgements")
        ]
    finally:
        connection.close()


async def test_it_refuses_by_key_and_says_why(own_cache: Path) -> None:
    """Reveal, export and acknowledge do nothing but say that the board may only look."""
    board = Board(own_cache, CONFIGURATION, clock=lambda: NOW, view=True)
    async with running(board) as pilot:
        for keys, what in ((("2", "m"), "reveal"), (("6", "e"), "export"), (("8", "a"), "acknowl")):
            depth = len(board.screen_stack)
            await press(pilot, *keys)
            said = [note.message for note in board._notifications]
            assert said[-1].startswith(f"This board may look, not {what}")
            assert said[-1].endswith("It was opened with --view.")
            assert len(board.screen_stack) == depth
        assert "+1 415 555" not in as_text(board)
    assert written(own_cache) == [0, 0]


async def test_the_palette_offers_nothing_more(own_cache: Path) -> None:
    """Places to go to and the colours: no command that a key is refused for."""
    board = Board(own_cache, CONFIGURATION, clock=lambda: NOW, view=True)
    async with running(board):
        commands = [command.title for command in board.get_system_commands(board.screen)]
        assert commands == ["theme"]
        kinds = {place.kind for place in board.places()}
        assert kinds <= {"screen", "campaign", "only campaign", "queue", "agent"}


async def test_it_looks_and_filters(own_cache: Path) -> None:
    """What only changes what is looked at is there for everybody."""
    board = Board(own_cache, CONFIGURATION, clock=lambda: NOW, view=True)
    async with running(board) as pilot:
        text = await press(pilot, "c", "down", "enter")
        assert "all campaigns" not in text.splitlines()[0]
        assert "all campaigns" in (await press(pilot, "x")).splitlines()[0]
