"""Pressing keys on a board and waiting until what they ask for is drawn."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

from textual.pilot import Pilot

from tests.screens.center import NOW
from wallboard.app import Board
from wallboard.board.snapshot import CallsPage
from wallboard.screens.picture import as_text

Compare = Callable[..., bool]
"""Compares a board with the picture that was found good."""


@dataclass
class Clock:
    """A clock that goes only when it is turned."""

    now: int = NOW

    def __call__(self) -> int:
        """What it shows, in UTC ms."""
        return self.now


async def settle(board: Board) -> None:
    """Wait until what is asked for is drawn; a board that never gets there fails the test."""
    async with asyncio.timeout(30):
        await board.settled()


@asynccontextmanager
async def running(board: Board, size: tuple[int, int] = (160, 45)) -> AsyncIterator[Pilot[None]]:
    """The board, once it has shown what it reads first."""
    async with board.run_test(size=size) as pilot:
        await settle(board)
        await pilot.pause()
        yield pilot


async def drawn(pilot: Pilot[None]) -> str:
    """The screen as text, once what is asked for is drawn."""
    board = pilot.app
    assert isinstance(board, Board)
    await pilot.pause()
    await settle(board)
    await pilot.pause()
    return as_text(board)


async def press(pilot: Pilot[None], *keys: str) -> str:
    """Press keys, wait until what they ask for is drawn, and return the screen as text."""
    await pilot.press(*keys)
    return await drawn(pilot)


def after(*keys: str) -> Callable[[Pilot[None]], Awaitable[None]]:
    """What runs before a picture: keys, each once all that the one before asked for is drawn."""

    async def run(pilot: Pilot[None]) -> None:
        await drawn(pilot)
        for key in keys:
            await press(pilot, key)
        await drawn(pilot)

    return run


def page_of(board: Board) -> CallsPage:
    """The page of calls that is shown."""
    assert board.snapshot is not None
    assert board.snapshot.calls is not None
    return board.snapshot.calls
