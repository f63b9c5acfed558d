"""A board that reads nothing any more says so itself, on every screen and on a wall."""

import asyncio
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.screens.center import NOW, fill, simulated
from tests.screens.piloting import running
from tests.screens.wall_center import rotating
from wallboard.app import Board
from wallboard.board.snapshot import Interest, Snapshot
from wallboard.board.trust import State, judge
from wallboard.questions.feed_answers import FeedHealth
from wallboard.screens.picture import as_text
from wallboard.wall import Wall

FEED = FeedHealth(
    feed="main", stage="live", since=0, reason="", heard=100_000, last_event=100_000,
    updated=100_000, skew_seconds=0.0, behind=0, backlog=0, retry_at=None, events=5, applied=5,
    repeated=0, unknown=0, quarantined=0, gaps=0,
)  # fmt: skip


class Stalling:
    """A clock that can be set, and that holds up whoever reads while it does."""

    def __init__(self) -> None:
        self.now = NOW
        self.may_read = threading.Event()
        self.may_read.set()

    def __call__(self) -> int:
        if threading.current_thread().name == "reader":
            self.may_read.wait(60)
        return self.now


@pytest.fixture
def small_cache(tmp_path: Path) -> Path:
    """The morning of a few agents."""
    cache = tmp_path / "cache.sqlite"
    fill(cache, simulated(NOW - 30_000_000, agents=4))
    return cache


@pytest.mark.parametrize("make", [Board, Wall])
async def test_a_reader_that_hangs_is_said_in_words(
    small_cache: Path, make: Callable[..., Board]
) -> None:
    """Since when nothing was read, on each screen; the collector is not blamed; then it is live."""
    clock = Stalling()
    board = make(small_cache, rotating("floor", "calls"), clock=clock)
    async with running(board) as pilot, asyncio.timeout(60):
        clock.may_read.clear()
        clock.now += 40_000
        while not board.screen.has_class("-old"):
            await pilot.pause(0.05)
        if make is Board:
            for key in ("2", "3", "7", "1"):
                await pilot.press(key)
                await pilot.pause()
                line = as_text(board).splitlines()[0]
                assert "✖ not reading 40 s: this board has read nothing since 14:05:32" in line
        clock.may_read.set()
        # The collector has written nothing in these forty seconds: now it can be known.
        while "✖ not collecting" not in as_text(board).splitlines()[0]:
            await pilot.pause(0.05)


def test_silence_is_the_feed_s_only_while_the_board_listens() -> None:
    """What was read 30 s ago tells nothing of the last 30 s; what is read now does."""
    snapshot = Snapshot(100_300, Interest(), feeds=(FEED,))

    def judged(read: int | None) -> State:
        return judge(snapshot, 140_000, configured=(), clock=str, read=read).state

    assert judged(None) is State.NOT_COLLECTING
    assert judged(140_000) is State.NOT_COLLECTING
    assert judged(131_000) is State.NOT_COLLECTING
    assert judged(109_000) is State.NOT_READING


def test_a_cache_that_cannot_be_read_says_since_when_first() -> None:
    """Before the reason, of which a narrow banner may lack the end."""
    snapshot = Snapshot(100_300, Interest(), "The cache cannot be read.", feeds=(FEED,))
    verdict = judge(snapshot, 140_000, configured=(), clock=str, read=140_000)
    assert verdict.state is State.UNREADABLE
    assert verdict.detail == "read nothing since 100300: The cache cannot be read."
    assert verdict.as_of == 100_300
