"""A board that was opened with --view: it looks and filters, and does nothing that is recorded."""

import re
import shutil
import sqlite3
from pathlib import Path

import pytest

from tests.alarms.alarmed import ALARMED, fill_alarmed
from tests.screens.center import CONFIGURATION, NOW
from tests.screens.piloting import press, running, settle
from tests.screens.tour import STOPS, go_to, leave
from wallboard.app import Board
from wallboard.screens.frame import BoardScreen
from wallboard.screens.picture import as_text


@pytest.fixture
def own_cache(busy_cache: Path, tmp_path: Path) -> Path:
    """A cache of this test alone."""
    return Path(shutil.copy(busy_cache, tmp_path / "cache.sqlite"))


@pytest.fixture
def alarmed_cache(tmp_path: Path) -> Path:
    """A day with alarms, of which one is acknowledged."""
    fill_alarmed(tmp_path / "alarmed.sqlite")
    return tmp_path / "alarmed.sqlite"


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


async def test_it_refuses_on_every_screen(
    alarmed_cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By key, and by the action itself, as a click on the foot has it done: nothing is written."""
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    monkeypatch.setenv("HOME", str(tmp_path / "here"))
    before = written(alarmed_cache)
    board = Board(alarmed_cache, ALARMED, clock=lambda: NOW, view=True)
    refused: set[str] = set()
    async with running(board, (80, 24)) as pilot:
        for stop in STOPS:
            await go_to(pilot, stop)
            await leave(pilot)
            screen = board.screen
            assert isinstance(screen, BoardScreen)
            for action, key in (("reveal", "m"), ("export", "e"), ("acknowledge", "a")):
                if not hasattr(screen, f"action_{action}"):
                    continue
                for do in (pilot.press(key), board.run_action(action, screen)):
                    board.clear_notifications()
                    await do
                    await settle(board)
                    await pilot.pause()
                    (note,) = board._notifications
                    assert note.message.startswith("This board may look, not"), (stop, action)
                    assert board.screen is screen
                refused.add(action)
            await press(pilot, "m")
            assert not re.search(r"\+\d{1,3} \d{3} \d{3}|\+\d{8}", as_text(board)), stop
    assert refused == {"reveal", "export", "acknowledge"}
    assert written(alarmed_cache) == before
    assert not list((tmp_path / "here").iterdir())


async def test_the_palette_offers_nothing_more(own_cache: Path) -> None:
    """Places to go to and the colours: no command that a key is refused for."""
    board = Board(own_cache, CONFIGURATION, clock=lambda: NOW, view=True)
    async with running(board):
        commands = [command.title for command in board.get_system_commands(board.screen)]
        assert commands == ["theme"]
        kinds = {place.kind for place in board.places()}
        to_look_at = {"screen", "campaign", "queue", "agent", "calls of agent"}
        assert kinds <= to_look_at | {"only campaign", "only queue", "only team"}


async def test_it_looks_and_filters(own_cache: Path) -> None:
    """What only changes what is looked at is there for everybody."""
    board = Board(own_cache, CONFIGURATION, clock=lambda: NOW, view=True)
    async with running(board) as pilot:
        text = await press(pilot, "c", "down", "enter")
        assert "all campaigns" not in text.splitlines()[0]
        assert "all campaigns" in (await press(pilot, "x")).splitlines()[0]
