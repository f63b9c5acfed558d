"""Pressing keys on a board and waiting until what they ask for is drawn."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from textual.pilot import Pilot

from wallboard.app import Board
from wallboard.board.snapshot import CallsPage
from wallboard.screens.picture import as_text


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


async def press(pilot: Pilot[None], *keys: str) -> str:
    """Press keys, wait until what they ask for is drawn, and return the screen as text."""
    app = pilot.app
    assert isinstance(app, Board)
    await pilot.press(*keys)
    await pilot.pause()
    await settle(app)
    await pilot.pause()
    return as_text(app)


def page_of(board: Board) -> CallsPage:
    """The page of calls that is shown."""
    assert board.snapshot is not None
    assert board.snapshot.calls is not None
    return board.snapshot.calls
