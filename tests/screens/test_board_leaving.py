"""A screen that is left while what it shows is being drawn does not end the reading."""

import asyncio
from pathlib import Path

import pytest

from tests.screens.center import CONFIGURATION, NOW
from tests.screens.piloting import running, settle
from wallboard.app import Board
from wallboard.questions.scope import Scope
from wallboard.screens.queue import QueueScreen


@pytest.mark.parametrize("turns", range(12))
async def test_leaving_at_any_moment_of_a_drawing(busy_cache: Path, turns: int) -> None:
    """So many turns of the loop after something was read: the screen beneath is read and shown."""
    board = Board(busy_cache, CONFIGURATION, clock=lambda: NOW)
    async with running(board) as pilot:
        before = board.snapshot
        assert before is not None
        queue = before.names.queues[0]
        await board.push_screen(QueueScreen(0, queue.id))
        for _ in range(1_000_000):
            if board.snapshot is not before:
                break
            await asyncio.sleep(0)
        for _ in range(turns):
            await asyncio.sleep(0)
        board.pop_screen()
        scope = Scope(queue=queue.id)
        board.look_at(scope)
        await settle(board)
        await pilot.pause()
        assert board.snapshot is not None
        assert board.snapshot.interest.scope == scope
