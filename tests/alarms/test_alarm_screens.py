"""The alarms on the board: seen, rung, acknowledged with a note, gone back to."""

import asyncio
import shutil
import sqlite3
from pathlib import Path

import pytest
from msgspec.structs import replace
from textual.widgets import Input

from tests.alarms.alarmed import ALARMED, evaluated, fill_alarmed
from tests.screens.center import NOW
from tests.screens.piloting import Compare, after, press, running
from wallboard.app import Board
from wallboard.cache.reveals import who_asks
from wallboard.config import Alarm, Configuration
from wallboard.questions.alarms import AlarmLine
from wallboard.screens.alarm_dialog import AlarmDialog
from wallboard.screens.alarm_words import standing_words
from wallboard.screens.picture import as_text

RINGING = Configuration(
    reporting=ALARMED.reporting,
    feeds=ALARMED.feeds,
    alarms=(*ALARMED.alarms, Alarm(metric="answer_rate", critical=0.99, for_seconds=0)),
)


class Heard(Board):
    """A board that counts how often it rings."""

    rung = 0

    def bell(self) -> None:
        """Count."""
        self.rung += 1


@pytest.fixture(scope="session")
def alarmed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache with alarms."""
    cache = tmp_path_factory.mktemp("alarmed") / "cache.sqlite"
    fill_alarmed(cache)
    return cache


@pytest.fixture
def own(alarmed: Path, tmp_path: Path) -> Path:
    """A cache with alarms, to be written to."""
    with sqlite3.connect(alarmed) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    return Path(shutil.copy(alarmed, tmp_path / "cache.sqlite"))


def board_on(cache: Path, *, view: bool = False) -> Heard:
    """A board at the moment of all pictures."""
    return Heard(cache, ALARMED, clock=lambda: NOW, view=view)


def standing(board: Board) -> tuple[AlarmLine, ...]:
    """The alarms that the board shows."""
    return () if board.snapshot is None else board.snapshot.alarms


@pytest.mark.parametrize("size", [(80, 24), (160, 45)], ids=["80x24", "160x45"])
@pytest.mark.parametrize("keys", [(), ("8",)], ids=["floor", "list"])
def test_pictures_of_alarms(
    snap_compare: Compare, alarmed: Path, size: tuple[int, int], keys: tuple[str, ...]
) -> None:
    """The panel on the floor, and the list."""
    assert snap_compare(board_on(alarmed), terminal_size=size, run_before=after(*keys))


async def test_every_screen_says_that_something_calls(own: Path) -> None:
    """On a screen without alarms the first that nobody sees to is named, the others counted."""
    board = board_on(own)
    async with running(board) as pilot:
        waiting = [alarm for alarm in standing(board) if not alarm.is_acknowledged]
        assert 1 < len(waiting) < len(standing(board))
        for key in "234567":
            await press(pilot, key)
            assert f"! {len(waiting)} alarms to see to (8 lists them)" in as_text(board), key
        for key in "18":
            await press(pilot, key)
            assert "to see to" not in as_text(board)
    first = waiting[0]
    worse = replace(first, level="critical", critical_since=NOW)
    words = standing_words([worse, *waiting], NOW)
    assert words.startswith(f"✖ {first.name}: {first.words} ")
    assert words.endswith(f" and {len(waiting)} other alarms (8 lists them)")
    assert standing_words([replace(first, acknowledged=NOW)], NOW) == ""


async def test_acknowledged_with_a_note(own: Path) -> None:
    """A key, a note, enter: it is in the cache, by whom and when, and on the screen at once."""
    board = board_on(own)
    async with running(board) as pilot:
        await press(pilot, "a")
        assert isinstance(board.screen, AlarmDialog)
        board.screen.query_one(Input).value = " on it: \x1b[31m "
        await pilot.press("enter")
        await board.workers.wait_for_complete()
        await pilot.pause()
        connection = sqlite3.connect(own)
        rows = connection.execute(
            "SELECT alarm, at, who, note FROM alarm_acknowledgements ORDER BY rowid"
        ).fetchall()
        connection.close()
        assert len(rows) == 2
        assert rows[-1][1:] == (NOW, who_asks(), "on it: \x1b[31m")
        async with asyncio.timeout(20):
            while not any(alarm.acknowledged == NOW for alarm in standing(board)):
                await press(pilot, "x")
        # Those that somebody sees to come after the others of their level.
        assert standing(board)[-1].note == "on it: \x1b[31m"
        await press(pilot, "8")
        assert f"{who_asks()}" in as_text(board)
        assert "on it: ␛[31m" in as_text(board)


@pytest.mark.parametrize(
    ("view", "keys", "words"),
    [
        (True, ("a",), "This board may look, not acknowledge."),
        (False, ("left_square_bracket", "a"), "This is the past"),
        (False, ("8", "end", "a"), "This alarm is over."),
    ],
    ids=["view", "past", "over"],
)
async def test_not_to_be_acknowledged(
    alarmed: Path, view: bool, keys: tuple[str, ...], words: str
) -> None:
    """A board that may only look, the past, what is over: refused in words."""
    board = board_on(alarmed, view=view)
    async with running(board) as pilot:
        for key in keys:
            await press(pilot, key)
        assert not isinstance(board.screen, AlarmDialog)
        assert [words in note.message for note in board._notifications] == [True]


async def test_the_moment_opens(alarmed: Path) -> None:
    """Enter on an alarm shows the floor as it stood when it was raised."""
    board = board_on(alarmed)
    async with running(board) as pilot:
        await press(pilot, "8", "down")
        text = await press(pilot, "enter")
        assert board.current_mode == "floor"
        assert board.snapshot is not None
        assert board.snapshot.interest.at == (NOW - 25 * 60_000) // 1_000 * 1_000
        assert "13:40:32" in text
        assert "ALARMS  2 critical, 9 warnings" in text
        assert board.rung == 0


async def test_new_alarms_ring_once(own: Path) -> None:
    """What stood before is not rung for; what is new is, once."""
    board = board_on(own)
    async with running(board) as pilot:
        assert board.rung == 0
        evaluated(own, (NOW - 1_000,), RINGING)
        async with asyncio.timeout(20):
            while board.rung == 0:
                await press(pilot, "x")
        evaluated(own, (NOW - 500,), RINGING)
        text = await press(pilot, "8")
        assert "Answer rate, today" in text
        assert board.rung == 1


async def test_a_filter_hides_no_alarm(alarmed: Path) -> None:
    """An alarm is to be seen by everybody, whatever they look at."""
    board = board_on(alarmed)
    async with running(board) as pilot:
        before = await press(pilot, "x")
        await press(pilot, "u")
        text = await press(pilot, "down", "down", "enter")
        assert "all queues" not in text
        assert ("ALARMS  1 critical" in before) == ("ALARMS  1 critical" in text)
