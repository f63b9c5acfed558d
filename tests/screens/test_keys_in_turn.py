"""Keys that arrive together, as a slow line brings them, do what they would one by one."""

import asyncio
from collections.abc import Callable

import pytest
from textual.events import Key
from textual.pilot import Pilot
from textual.widgets import Input

from tests.screens.piloting import press, running
from wallboard.app import Board
from wallboard.screens.calls import CallsScreen
from wallboard.screens.floor import FloorScreen
from wallboard.screens.frame import BoardScreen
from wallboard.screens.picker import Picker
from wallboard.screens.time_dialog import TimeDialog

NAMED = {"/": "slash", "\r": "enter", "\x1b": "escape", ":": "colon"}


async def burst(pilot: Pilot[None], keys: str, until: Callable[[], bool]) -> None:
    """Have keys arrive in one go, and wait for what they lead to; fail where it does not come."""
    for one in keys:
        pilot.app.post_message(Key(NAMED.get(one, one), None if one == "\x1b" else one))
    async with asyncio.timeout(20):
        while pilot.app.is_running and not until():
            await pilot.pause()
    assert pilot.app.is_running


def typed_into(kind: type[object], board: Board) -> str | None:
    """What stands in the box of the screen on top, if it is of this kind and has one."""
    found = board.screen.query(Input) if isinstance(board.screen, kind) else ()
    return next((box.value for box in found), None)


@pytest.mark.parametrize("screen", ["2", "5"])
async def test_what_is_searched_for(board: Board, screen: str) -> None:
    """None of its letters is a key of the screen, and q does not end the board."""
    async with running(board) as pilot:
        await press(pilot, screen)
        await burst(pilot, "/quq", lambda: typed_into(BoardScreen, board) == "quq")


async def test_a_screen_then_a_search_then_its_list(board: Board) -> None:
    """Each key goes to what the one before has opened."""
    async with running(board) as pilot:
        await burst(pilot, "2/sup\r", lambda: typed_into(CallsScreen, board) == "sup")
        await burst(pilot, "", lambda: not board.screen.query_one(Input).has_focus)


async def test_what_is_typed_into_a_dialog(board: Board) -> None:
    """It has its keys from the first; closed, it has none of the next."""
    async with running(board) as pilot:
        await burst(pilot, "uq", lambda: typed_into(Picker, board) == "q")
        await burst(pilot, "\x1bg14:0", lambda: typed_into(TimeDialog, board) == "14:0")
        await burst(pilot, "\x1b2c\x1b1", lambda: isinstance(board.screen, FloorScreen))
