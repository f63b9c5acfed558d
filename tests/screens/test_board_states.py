"""What the board says of its data: live, stale, disconnected, waiting, broken, incomplete."""

import asyncio
from pathlib import Path

import pytest

from tests.screens.center import CONFIGURATION, NOW, fill, simulated
from tests.screens.hostile import NAMES
from tests.screens.piloting import Clock, after
from wallboard.app import Board
from wallboard.config import Configuration
from wallboard.feeds.intake import Condition, Stage
from wallboard.screens.picture import as_text


async def text_of(board: Board, *keys: str, size: tuple[int, int] = (120, 40)) -> str:
    """What the board shows once it has read what it needs, after some keys."""
    async with board.run_test(size=size) as pilot:
        await after(*keys)(pilot)
        return as_text(board)


async def test_without_a_feed_it_says_what_to_write_where(tmp_path: Path) -> None:
    """No feed: the lines for config.toml, and the demo."""
    board = Board(tmp_path / "none.sqlite", Configuration(), clock=Clock())
    text = await text_of(board, size=(80, 24))
    for words in ("No feed is configured.", "[[feed]]", "wallboard demo", "config.toml"):
        assert words in text


async def test_before_the_first_event_it_waits_in_words(tmp_path: Path) -> None:
    """No cache yet, then a cache without an event: it waits for the feed by name and address."""
    cache = tmp_path / "cache.sqlite"
    board = Board(cache, CONFIGURATION, clock=Clock())
    async with board.run_test(size=(80, 24)) as pilot, asyncio.timeout(20):
        await board.settled()
        await pilot.pause()
        for_words = "Waiting for the first events of feed main at ws://127.0.0.1:8765/events"
        assert for_words in as_text(board)
        fill(cache, [], condition=Condition(Stage.CONNECTING, NOW, "It refused the connection."))
        while "It refused the connection." not in as_text(board):
            await pilot.pause(0.05)
        assert for_words in as_text(board)
        fill(cache, simulated(NOW - 34_000_000, agents=4))
        while "SL" not in as_text(board):
            await pilot.pause(0.05)


@pytest.mark.parametrize(
    ("condition", "later", "words"),
    [
        (Condition(Stage.STALE, NOW, "Nothing was heard for 12 s.", heard=NOW - 12_000), 0,
         "▲ stale 12 s: Nothing was heard for 12 s."),
        (Condition(Stage.DISCONNECTED, NOW, "It refused.", heard=NOW - 9_000, retry_at=NOW + 4_000),
         0, "✖ disconnected 9.0 s: It refused. Next attempt in 4 s."),
        (Condition(Stage.REFUSED, NOW, "It does not accept the token.", heard=NOW), 0,
         "✖ disconnected 0.0 s: It does not accept the token."),
        (Condition(Stage.CATCHING_UP, NOW, heard=NOW), 0, "◌ catching up 0.0 s"),
        (Condition(Stage.CONNECTING, NOW, heard=NOW), 0, "◌ waiting 0.0 s: connecting to feed"),
        (None, 40_000, "✖ not collecting 40 s: nothing was collected since 14:05:32"),
        (None, 86_400_000, "nothing was collected since 09 Jun 14:05:32"),
        (Condition(Stage.LIVE, NOW, heard=NOW - 30_000), 0, "▲ stale 30 s"),
    ],
)  # fmt: skip
async def test_the_banner_says_how_far_the_data_can_be_trusted(
    tmp_path: Path, condition: Condition | None, later: int, words: str
) -> None:
    """Each state of a feed has its own words, with the age of the data and the reason."""
    cache = tmp_path / "cache.sqlite"
    fill(cache, simulated(NOW - 30_000_000, agents=4), condition=condition)
    text = await text_of(Board(cache, CONFIGURATION, clock=Clock(NOW + later)))
    assert words in text.splitlines()[0]
    is_still = "catching" in words or "waiting" in words
    assert ("as of " in text) is not is_still or is_still


async def test_what_is_no_longer_true_stands_still(busy_cache: Path) -> None:
    """When nobody collects, times in a state do not grow, and panels say of when they are."""
    soon = await text_of(Board(busy_cache, CONFIGURATION, clock=Clock(NOW + 60_000)))
    later = await text_of(Board(busy_cache, CONFIGURATION, clock=Clock(NOW + 90_000)))
    assert "as of 14:05:32" in soon
    agents = soon.index(" AGENTS")
    assert soon[agents:] == later[later.index(" AGENTS") :]


async def test_clocks_go_on_while_nothing_happens(busy_cache: Path) -> None:
    """A live board whose cache does not change still counts seconds."""
    clock = Clock()
    board = Board(busy_cache, CONFIGURATION, clock=clock)
    async with board.run_test(size=(120, 40)) as pilot, asyncio.timeout(20):
        await board.settled()
        await pilot.pause()
        assert "14:05:32 EDT" in as_text(board)
        snapshot = board.snapshot
        clock.now += 3_000
        while "14:05:35 EDT" not in as_text(board):
            await pilot.pause(0.05)
        assert "● live 3.3 s" in as_text(board)
        assert board.snapshot is snapshot


async def test_a_gap_is_marked_and_explained(tmp_path: Path) -> None:
    """Figures over a gap have a mark, and the line above the keys says what is missing."""
    cache = tmp_path / "cache.sqlite"
    fill(cache, simulated(NOW - 20_000_000, agents=6), lost="The feed had forgotten them.")
    text = await text_of(Board(cache, CONFIGURATION, clock=Clock()), size=(160, 45))
    assert " %*" in text
    assert text.splitlines()[-2].startswith(" * ")


async def test_a_damaged_cache_is_said_and_a_new_one_is_taken(tmp_path: Path) -> None:
    """A file that is no cache is named with the reason; when it is replaced, the board goes on."""
    cache = tmp_path / "cache.sqlite"
    cache.write_bytes(b"no cache at all" * 20)
    board = Board(cache, CONFIGURATION, clock=Clock())
    async with board.run_test(size=(100, 30)) as pilot, asyncio.timeout(30):
        await board.settled()
        await pilot.pause()
        assert "is not a wallboard cache" in as_text(board)
        fresh = tmp_path / "fresh.sqlite"
        fill(fresh, simulated(NOW - 34_000_000, agents=4))
        fresh.rename(cache)
        while "QUEUES" not in as_text(board):
            await pilot.pause(0.05)


async def test_too_small_says_so_and_comes_back(board: Board) -> None:
    """Below 80x24 a calm sentence; the board again as soon as there is room."""
    async with board.run_test(size=(80, 24)) as pilot, asyncio.timeout(20):
        await board.settled()
        await pilot.resize_terminal(79, 23)
        await pilot.pause()
        text = as_text(board)
        assert "terminal too small: needs 80x24, is 79x23" in text
        assert "QUEUES" not in text
        await pilot.resize_terminal(80, 24)
        await pilot.pause()
        assert "QUEUES" in as_text(board)


@pytest.mark.parametrize("size", [(80, 24), (109, 30), (110, 29), (300, 80)])
async def test_names_are_never_obeyed(hostile_cache: Path, size: tuple[int, int]) -> None:
    """Markup, terminal codes and endless names are text on every screen, at every size."""
    board = Board(hostile_cache, CONFIGURATION, clock=Clock())
    keys = ["s", "2", "enter", "e", "down", "n", "a", "l", "m", "e", "escape", "down", "enter", "n"]
    async with board.run_test(size=size) as pilot, asyncio.timeout(40):
        await board.settled()
        for key in [*keys, "1", "u", "escape", "c", "escape", "t", "escape"]:
            await pilot.press(key)
            await pilot.pause()
            await board.settled()
            await pilot.pause()
            text = as_text(board)
            assert "\x1b" not in text
            assert "\u202e" not in text
            assert "\u200b" not in text
            assert all(len(line) <= size[0] * 2 for line in text.splitlines())
        await pilot.press("1")
        await pilot.pause()
    assert NAMES[0].startswith("[bold red]vip")


async def test_hostile_names_are_shown_as_they_are(hostile_cache: Path) -> None:
    """A name in brackets keeps its brackets in the table, the picker and the header."""
    board = Board(hostile_cache, CONFIGURATION, clock=Clock())
    text = await text_of(board, size=(200, 50))
    assert "[bold red]vip[/] Dupont" in text
    board = Board(hostile_cache, CONFIGURATION, clock=Clock())
    async with board.run_test(size=(160, 45)) as pilot, asyncio.timeout(20):
        await board.settled()
        await pilot.press("u", *"vip", "enter")
        await pilot.pause()
        await board.settled()
        await pilot.pause()
        assert "[bold red]vip[/] Dupont" in as_text(board).splitlines()[0]
