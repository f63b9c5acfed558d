"""The foot of every screen: its own keys first, and each that is named does what is said."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.pilot import Pilot

from tests.screens.piloting import press, running
from wallboard.app import Board
from wallboard.screens.calls import CallsScreen
from wallboard.screens.feed import FeedScreen
from wallboard.screens.floor import FloorScreen
from wallboard.screens.frame import BoardScreen
from wallboard.screens.key_fit import Key, fitting
from wallboard.screens.picture import as_text

SCREENS = {
    "floor": ("1",), "queue": ("1", "tab", "tab", "enter"), "calls": ("2",),
    "call": ("2", "enter"), "agents": ("3",), "agent": ("3", "enter"), "campaigns": ("4",),
    "campaign": ("4", "enter"), "metrics": ("5",), "figure": ("5", "enter"), "reports": ("6",),
    "feed": ("7",), "alarms": ("8",),
}  # fmt: skip
ON_FOCUS = {"enter", "tab", "left", "right"}
"""Keys of whatever has the focus, or of Textual itself; a panel that cannot scroll hands → on."""


def foot(screen: BoardScreen, width: int) -> list[Key]:
    """The keys that the foot names, those behind `1-8` too."""
    named = {action for piece in fitting(screen.KEYS, width) for action in piece.actions}
    is_grouped = "app.command_palette" in named
    return [
        key
        for key in screen.KEYS
        if key.word and (key.action in named or (is_grouped and key.key in "12345678"))
    ]


async def opened(pilot: Pilot[None], keys: tuple[str, ...]) -> BoardScreen:
    """The screen that these keys lead to."""
    board = pilot.app
    assert isinstance(board, Board)
    for key in ("1", "escape", *keys):
        await press(pilot, key)
    assert isinstance(board.screen, BoardScreen)
    return board.screen


@pytest.mark.parametrize("name", SCREENS)
async def test_every_key_that_the_foot_names_is_pressed(board: Board, name: str) -> None:
    """At 80 columns: it is bound to what is said of it, and does not fail."""
    async with running(board, (80, 24)) as pilot:
        screen = await opened(pilot, SCREENS[name])
        line = as_text(board).splitlines()[-1]
        named = foot(screen, 80)
        assert "1-8 screen" in line
        assert {key.key for key in named} >= {*"12345678q", "question_mark"}
        for key in named:
            assert f" {key.shown} " in f"{line} " or key.key in "12345678"
            if key.key not in ON_FOCUS:
                assert screen.active_bindings[key.key].binding.action == key.action
        for key in named:
            if key.key in {"q", *"12345678"}:
                continue
            await pilot.press(key.key)
            await pilot.pause()
            if board.screen is not screen:
                await pilot.press("escape")
                await pilot.pause()
            if board.screen is not screen:
                screen = await opened(pilot, SCREENS[name])
        for number, mode in enumerate(board.MODES, 1):
            if name in {"floor", "call"}:
                await press(pilot, str(number))
                assert board.current_mode == mode


@pytest.mark.parametrize(
    ("screen", "keys"),
    [(FloorScreen, "⏎as"), (CallsScreen, "/⏎aos"), (FeedScreen, "⏎⇥")],
)
def test_own_keys_come_first_at_the_least_width(screen: type[BoardScreen], keys: str) -> None:
    """Before the screens and the filters, which stand in groups."""
    shown = [piece.shown[0] for piece in fitting(screen.KEYS, 80)]
    assert "".join(shown[: len(keys)]) == keys
    assert shown[-3:] == ["1-8", "?", "q"]


@given(st.integers(0, 400), st.sampled_from([FloorScreen, CallsScreen, FeedScreen]))
def test_the_foot_is_never_cut(width: int, screen: type[BoardScreen]) -> None:
    """Whole keys only, help and quit always; with room for it every screen by its name."""
    pieces = fitting(screen.KEYS, width)
    assert [piece.shown for piece in pieces[-2:]] == [("?",), ("q",)]
    if width >= 40:
        assert sum(piece.cells for piece in pieces) <= width
    if width >= 300:
        assert {"floor", "alarms"} <= {piece.word for piece in pieces}
