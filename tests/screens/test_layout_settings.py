"""The layout of the floor comes from the file, live; one that is wrong is said, everywhere."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widget import Widget

from tests.screens.center import NOW, ZONE
from wallboard.app import Board
from wallboard.board.wall_rotation import without_page
from wallboard.cli import main
from wallboard.config import ConfigurationError, load
from wallboard.config.layout import PANELS
from wallboard.screens.picture import as_text

START = (
    'feed = [{name = "main", url = "file:///nowhere.jsonl"}]\n'
    f'[reporting]\ntime_zone = "{ZONE}"\n[board.layout]\n'
)
WRONG = {
    'floor = ["queues", "agnts"]': "did you mean agents?",
    'floor = ["queues", "queues"]': "names queues twice",
    "floor = []": "is an empty list",
    'floor = "queues"': 'is "queues" where a list of panels is expected',
    "floor = [1]": "names 1, which is no panel",
}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """The configuration's file, its layout still to come."""
    path = tmp_path / "config.toml"
    path.write_text(START)
    return path


def write(file: Path, layout: str) -> None:
    """Give the file a layout."""
    file.write_text(START + layout)


@asynccontextmanager
async def running(board: Board, size: tuple[int, int] = (200, 50)) -> AsyncIterator[Pilot[None]]:
    """The board, once it has shown what it reads first."""
    async with board.run_test(size=size) as pilot, asyncio.timeout(30):
        await board.settled()
        await pilot.pause()
        yield pilot


async def until(pilot: Pilot[None], condition: Callable[[], bool]) -> None:
    """Wait for a condition."""
    while not condition():
        await pilot.pause(0.05)


def placed(board: Board, name: str) -> bool:
    """Whether the panel with this id has a place on the floor."""
    region = board.screen.query_one(f"#{name}", Widget).region
    return bool(region.width and region.height)


async def test_panels_that_are_not_named_are_not_shown(busy_cache: Path, file: Path) -> None:
    """And what is named stands in its order, also when the file changes under the board."""
    write(file, 'floor = ["agents", "queues"]')
    board = Board(busy_cache, load(file), clock=lambda: NOW)
    async with running(board) as pilot:
        assert [placed(board, name) for name in ("headline", "hours")] == [False, False]
        agents, queues = (
            board.screen.query_one(f"#{name}", Widget) for name in ("agents", "queues")
        )
        assert agents.region.bottom <= queues.region.y
        write(file, 'floor = ["histogram", "queues"]\n')
        await until(pilot, lambda: placed(board, "hours"))
        await until(pilot, lambda: not placed(board, "agents"))
        assert board.screen.query_one("#hours", Widget).region.x == 0


async def test_a_wrong_layout_is_the_usual_one_and_said(busy_cache: Path, file: Path) -> None:
    """From the start, and as long as it is wrong."""
    write(file, 'floor = ["quues"]\n')
    board = Board(busy_cache, load(file), clock=lambda: NOW)
    async with running(board) as pilot:
        text = "".join(as_text(board).split())
        assert "didyoumeanqueues?);theusuallayoutisshown." in text
        assert all(placed(board, name) for name in ("headline", "queues", "agents", "hours"))
        write(file, 'floor = ["queues"]\n')
        await until(pilot, lambda: "layout" not in as_text(board))
        await until(pilot, lambda: not placed(board, "agents"))


@pytest.mark.parametrize("line", WRONG)
def test_what_is_wrong_is_told_with_its_place(file: Path, line: str) -> None:
    """Whatever the mistake, the board starts, with a sentence that names file and key."""
    file.write_text(f"{START}{line}\n")
    floor = load(file).board.layout.floor
    assert floor.names == PANELS
    assert floor.wrong.startswith(f"{file}: board.layout.floor ")
    assert WRONG[line] in floor.wrong


def test_an_unknown_key_of_the_layout_is_refused_as_everywhere(file: Path) -> None:
    """A mistyped key would else be passed over in silence."""
    file.write_text(START + "flor = []\n")
    with pytest.raises(ConfigurationError, match="did you mean floor"):
        load(file)


def test_check_says_what_of_the_board_is_wrong(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A layout and a theme that cannot be used; the exit status tells as well."""
    file.write_text(f'{START}floor = ["queues", "agnts"]\n[board]\ntheme = "nrod"\n')
    cache = str(tmp_path / "none.sqlite")
    assert main(["--config", str(file), "--cache", cache, "check"]) == 1
    said = capsys.readouterr().out
    assert "▲ board" in said
    assert "did you mean agents?); the usual layout is shown." in said
    assert "There is no theme 'nrod'. Did you mean nord?" in said


def test_a_screen_that_a_wall_has_no_page_for_is_named(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """By check, and by a wall when it starts; the others are shown."""
    file.write_text('[board]\nscreens = ["reports", "agents", "reports"]\n')
    main(["--config", str(file), "--cache", str(tmp_path / "none.sqlite"), "check"])
    words = (
        "[board] screens names reports, which has no page on a wall and is passed over there: a "
        "wall shows agents."
    )
    assert f"▲ board          {words}" in capsys.readouterr().out
    assert without_page(("reports",)).endswith("a wall shows floor.")
    assert not without_page(("floor", "feed"))
