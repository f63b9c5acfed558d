"""The configuration's file changes under a board that is open: what takes effect, what is said."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.screens.center import NOW, ZONE
from wallboard.app import Board
from wallboard.config import load
from wallboard.screens.picture import as_text

URL = "ws://127.0.0.1:8765/events"
START = f'feed = [{{name = "main", url = "{URL}"}}]\n[reporting]\ntime_zone = "{ZONE}"\n'
KEPT = "The settings stay as they were:"


def write(path: Path, text: str) -> None:
    """Save as editors do: another file takes the place of the old one."""
    other = path.with_suffix(".new")
    other.write_text(text)
    other.replace(path)


def remove(path: Path) -> None:
    """Delete the file."""
    path.unlink()


def flat(text: str) -> str:
    """Text without blanks: sentences are wrapped where the width and the file's path ask for it."""
    return "".join(text.split())


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """The configuration's file, as a board finds it at its start."""
    path = tmp_path / "config.toml"
    write(path, START)
    return path


@pytest.fixture
def board(busy_cache: Path, file: Path) -> Board:
    """A board on the simulated day, with the settings of the file."""
    return Board(busy_cache, load(file), clock=lambda: NOW)


@asynccontextmanager
async def running(board: Board, size: tuple[int, int] = (160, 45)) -> AsyncIterator[Pilot[None]]:
    """The board, once it has shown what it reads first."""
    async with board.run_test(size=size) as pilot, asyncio.timeout(30):
        await board.settled()
        await pilot.pause()
        yield pilot


async def until(pilot: Pilot[None], condition: Callable[[], bool]) -> str:
    """Wait for a condition and until what it asks for is drawn; return the screen as text."""
    app = pilot.app
    assert isinstance(app, Board)
    while not condition():
        await pilot.pause(0.05)
    await app.settled()
    await pilot.pause()
    return as_text(app)


async def seen(pilot: Pilot[None], words: str) -> str:
    """Wait until the board shows `words`; return the screen as text."""
    return await until(pilot, lambda: words in as_text(pilot.app))


async def test_a_title_and_a_theme_take_effect(board: Board, file: Path) -> None:
    """They are there within seconds; a theme chosen by hand outlives a change of another key."""
    async with running(board) as pilot:
        before = board.screen.styles.background
        write(file, f'{START}[board]\ntitle = "[b]Acme[/b]"\ntheme = "textual-light"\n')
        text = await seen(pilot, "[b]Acme[/b]   all campaigns")
        assert board.theme == "textual-light"
        assert board.title == "[b]Acme[/b]"
        assert board.screen.styles.background != before
        assert "▲" not in text.splitlines()[-2]
        board.theme = "nord"
        write(file, f'{START}[board]\ntitle = "Other"\ntheme = "textual-light"\n')
        await seen(pilot, "Other   all campaigns")
        assert board.theme == "nord"


async def test_an_unknown_theme_is_said_and_the_rest_takes_effect(board: Board, file: Path) -> None:
    """Its name is text, not markup; the words go when the theme is one that there is."""
    async with running(board) as pilot:
        write(file, f'{START}[board]\ntitle = "Acme"\ntheme = "[red]plum"\n')
        text = await seen(pilot, "Acme   all campaigns")
        assert "▲ There is no theme '[red]plum'; the one in use stays." in text
        assert board.theme == "textual-dark"
        write(file, f'{START}[board]\ntitle = "Acme"\n')
        await until(pilot, lambda: "no theme" not in as_text(board))


async def test_numbers_are_shown_and_masked_again(board: Board, file: Path) -> None:
    """mask_numbers takes effect on the screen in sight, both ways."""
    async with running(board) as pilot:
        await pilot.press("2")
        await pilot.pause()
        masked = await seen(pilot, "***")
        write(file, f"{START}[board]\nmask_numbers = false\n")
        plain = await until(pilot, lambda: "***" not in as_text(board))
        assert len(plain.splitlines()) == len(masked.splitlines())
        write(file, START)
        assert await seen(pilot, "***") == masked


async def test_limits_take_effect_on_what_is_read(board: Board, file: Path) -> None:
    """Agents are read again by the new limits, though nothing else has changed."""

    def limits() -> set[float | None]:
        assert board.snapshot is not None
        assert board.snapshot.floor is not None
        return {
            agent.limit_seconds for agent in board.snapshot.floor.agents if agent.state == "on_call"
        }

    async with running(board) as pilot:
        assert limits() == {1800.0}
        write(file, f"{START}[board.limits]\non_call = 7\n")
        await until(pilot, lambda: board.configuration.board.limits.on_call == 7.0)
        assert limits() == {7.0}
        write(file, f"{START}[board.limits]\non_call = 0\n")
        await until(pilot, lambda: board.configuration.board.limits.on_call == 0.0)
        assert limits() == {None}


async def test_feeds_take_effect(tmp_path: Path, file: Path) -> None:
    """A board that waits for a feed names the one that is configured now."""
    board = Board(tmp_path / "none.sqlite", load(file), clock=lambda: NOW)
    async with running(board) as pilot:
        assert URL in as_text(board)
        write(file, '[[feed]]\nname = "other"\nurl = "ws://127.0.0.1:9999/events"\n')
        await seen(pilot, "first events of feed other at ws://127.0.0.1:9999/events")


async def test_what_the_figures_rest_on_waits_for_the_next_start(board: Board, file: Path) -> None:
    """[reporting] and [metrics] stay, and the board says so until the file is as it was."""
    async with running(board) as pilot:
        old = board.configuration
        write(
            file,
            '[reporting]\ntime_zone = "Asia/Tokyo"\n[metrics]\nservice_level_share = 0.5\n'
            '[board]\ntitle = "Acme"\n',
        )
        text = await seen(pilot, "Acme   all campaigns")
        assert "▲ What changed in [reporting] and [metrics] takes effect when" in text
        assert "14:05:32 EDT" in text
        assert "80 % in 20 s" in text
        assert board.configuration.reporting == old.reporting
        assert board.configuration.metrics == old.metrics
        assert board.configuration.feeds == ()
        write(file, START)
        text = await until(pilot, lambda: "takes effect" not in as_text(board))
        assert "▲ What" not in text
        assert board.configuration == old


@pytest.mark.parametrize("size", [(80, 24), (160, 45)])
async def test_a_wrong_file_changes_nothing_and_is_said_until_it_is_right(
    board: Board, file: Path, size: tuple[int, int]
) -> None:
    """The sentence stays, on every screen, with the old settings; the file right, it goes."""
    async with running(board, size) as pilot:
        before = as_text(board)
        write(file, f'{START}[board]\ntitle = "Acme"\nmask_numbers = "[bold]no[/bold]"\n')
        text = await seen(pilot, KEPT)
        assert flat('board.mask_numbers is "[bold]no[/bold]" where') in flat(text)
        assert "QUEUES" in text
        assert "Acme" not in text
        assert board.configuration.board.title == "Wallboard"
        assert text.splitlines()[0] == before.splitlines()[0]
        await pilot.press("2")
        await pilot.pause()
        text = await seen(pilot, KEPT)
        assert "***" in text
        await pilot.press("1")
        await pilot.pause()
        write(file, START)
        assert await until(pilot, lambda: KEPT not in as_text(board)) == before


async def test_another_mistake_takes_the_place_of_the_first(board: Board, file: Path) -> None:
    """What is said is what is wrong now; of many mistakes some are counted."""
    async with running(board) as pilot:
        write(file, "[board\n")
        assert flat("is not valid TOML") in flat(await seen(pilot, KEPT))
        write(file, "[board]\n" + "".join(f"wrong{n} = 1\n" for n in range(5)))
        text = flat(await seen(pilot, f"{KEPT} 5 mistakes, `wallboard check` names all."))
        assert flat("not valid TOML") not in text
        assert flat("board.wrong0 is not a known key") in text
        assert flat("board.wrong1 is not a known key") in text


async def test_the_file_goes_and_comes_back(board: Board, file: Path) -> None:
    """Without its file the board goes on as it was and says so; with it again, by what it says."""
    async with running(board) as pilot:
        remove(file)
        text = await seen(pilot, KEPT)
        assert flat("cannot be read: No such file or directory.") in flat(text)
        assert "14:05:32 EDT" in text
        write(file, f'{START}[board]\ntitle = "Back"\n')
        assert KEPT not in await seen(pilot, "Back   all campaigns")


async def test_a_change_while_the_board_was_loaded_is_not_missed(
    busy_cache: Path, file: Path
) -> None:
    """Between reading the file and watching it some time goes by, in which it may change."""
    loaded = load(file)
    write(file, f'{START}[board]\ntitle = "Meanwhile"\n')
    async with running(Board(busy_cache, loaded, clock=lambda: NOW)) as pilot:
        await seen(pilot, "Meanwhile   all campaigns")
