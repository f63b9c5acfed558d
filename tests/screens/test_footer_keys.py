"""Every key that a footer names, pressed: each does something that is seen, on every screen."""

from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.alarms.alarmed import ALARMED, fill_alarmed
from tests.screens.center import NOW
from tests.screens.piloting import press, running
from tests.screens.tour import STOPS, Size, go_to, leave, resized
from tests.screens.troubled import troubled
from wallboard.app import Board
from wallboard.screens.frame import BoardScreen
from wallboard.screens.key_line import KeyLine
from wallboard.screens.picture import as_text

SIZES: tuple[Size, ...] = ((80, 24), (120, 40), (160, 45), (300, 80))
AT_REST = {"back", "close", "clear", "app.clear_scope"}
"""Lead back or take a filter away, where there may be none."""
GROUP = "app.command_palette"
"""What a click on `1-8 screen` opens."""
SAME = {"help", "beside", "results", "why"}
"""Dialogues, and screens whose footer is that of another."""
LEFT_FROM = {"floor", "figure"}
"""Where the keys of all screens are pressed: they are the same everywhere."""
NOTHING_TO = {
    ("figure", "calls('denominator')"),
}
"""What there is nothing of in the simulated day: the total of calls has no denominator."""


def shown(board: Board) -> dict[str, str]:
    """The actions that all lines of keys in sight name, with their keys."""
    screen = board.board_screen
    assert screen is not None
    named = {key.action: key.key for key in screen.KEYS}
    actions = [
        action
        for line in screen.query(KeyLine)
        if line.id == "keys"
        for action in line.picture.spots
    ]
    if GROUP in actions:
        # `1-8 screen` names the keys of all screens.
        actions.remove(GROUP)
        actions += [action for action in named if action.startswith("app.show(")]
    assert all(action in named for action in actions)
    return {action: named[action] for action in actions}


def seen(board: Board) -> tuple[object, ...]:
    """What whoever presses a key could notice."""
    focused = board.focused
    said = [note.message for note in board._notifications]
    return (as_text(board), board.screen, focused and focused.id, said, board.scope, board.period)


async def back_at(pilot: Pilot[None], stop: str) -> None:
    """Where the tour stops, without dialogues and filters."""
    board = pilot.app
    assert isinstance(board, Board)
    await leave(pilot)
    if board.past is not None:
        await board.run_action("app.live")
    board.clear_notifications()
    board.action_clear_scope()
    board.look_back("today")
    await arrive(pilot, stop)


async def arrive(pilot: Pilot[None], stop: str) -> None:
    """Go there; on the floor, which begins without a cursor, to the first panel."""
    await go_to(pilot, stop)
    if stop == "floor":
        await press(pilot, "tab")


@pytest.fixture(scope="module")
def caches(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A day with alarms, and one with what could not be used."""
    folder = tmp_path_factory.mktemp("footers")
    fill_alarmed(folder / "alarmed")
    return {"alarms": folder / "alarmed", "feed": troubled(folder / "troubled")}


@pytest.mark.parametrize("stop", [stop for stop in STOPS if stop not in SAME])
async def test_every_key_of_a_footer(busy_cache: Path, caches: dict[str, Path], stop: str) -> None:
    """At each size its own, and the others that no smaller size named: none is dead, none fails."""
    board = Board(caches.get(stop, busy_cache), ALARMED, clock=lambda: NOW)
    pressed: set[str] = set()
    async with running(board, SIZES[0]) as pilot:
        await arrive(pilot, stop)
        for size in SIZES:
            await resized(pilot, size)
            keys = {
                action: key
                for action, key in shown(board).items()
                if action not in pressed or not action.startswith("app.")
            }
            assert not pressed or set(shown(board)) >= {"app.explain", "app.quit"}
            for action, key in keys.items():
                pressed.add(action)
                is_elsewhere = action.startswith("app.show(") and stop not in LEFT_FROM
                if is_elsewhere or action in {f"app.show('{board.current_mode}')", "app.quit"}:
                    continue
                before = seen(board)
                await press(pilot, key)
                if action not in AT_REST and (stop, action) not in NOTHING_TO:
                    assert seen(board) != before, f"{key} ({action}) does nothing at {size}"
                if not same_place(board, before):
                    await back_at(pilot, stop)
                    await resized(pilot, size)
        await press(pilot, "q")
        assert not board.is_running or board._exit


def same_place(board: Board, before: tuple[object, ...]) -> bool:
    """Whether the next key can be pressed at once."""
    assert isinstance(before[1], BoardScreen)
    focused = board.focused
    return board.screen is before[1] and (focused and focused.id) == before[2]
