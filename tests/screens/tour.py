"""The way to every screen of the board, and what each shows as lines of text."""

import difflib
from collections.abc import Iterator

from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode
from textual.pilot import Pilot
from textual.widgets import Input

from tests.screens.piloting import drawn, press
from wallboard.app import Board

Size = tuple[int, int]

STOPS = {
    "floor": ("1",),
    "queue": ("1", "#queues", "enter"),
    "calls": ("2",),
    "call": ("2", "x", "s", "s", "s", "down", "enter", "e"),
    "agents": ("3",),
    "agent": ("3", "enter"),
    "campaigns": ("4",),
    "campaign": ("4", "enter"),
    "beside": ("4", "enter", "v"),
    "results": ("4", "enter", "r"),
    "why": ("4", "w"),
    "metrics": ("5",),
    "figure": ("5", "enter"),
    "reports": ("6",),
    "feed": ("7",),
    "alarms": ("8",),
    "help": ("1", "question_mark"),
}
"""The keys that lead to each screen, from wherever one is; a panel with # is given the focus."""


class TextPicture(SingleFileSnapshotExtension):
    """A picture as a file of text, so that what changes is read in a difference of lines."""

    _file_extension = "txt"
    _write_mode = WriteMode.TEXT


async def go_to(pilot: Pilot[None], stop: str) -> None:
    """Go to a stop, each key after what the one before asked for was drawn."""
    for key in STOPS[stop]:
        if key.startswith("#"):
            pilot.app.screen.query_one(key).focus()
            await pilot.pause()
        else:
            await press(pilot, key)


async def leave(pilot: Pilot[None]) -> None:
    """Close a dialogue that is on top, or leave a box that is typed in."""
    board = pilot.app
    assert isinstance(board, Board)
    if board.screen is not board.board_screen or isinstance(board.focused, Input):
        await press(pilot, "escape")


async def resized(pilot: Pilot[None], size: Size) -> str:
    """The screen in sight, once it is drawn in a terminal of `size`."""
    await pilot.resize_terminal(*size)
    return await drawn(pilot)


def headed(pictures: dict[Size, str]) -> str:
    """One text of a screen at several sizes."""
    return "".join(f"== {w}x{h} ==\n{text}\n" for (w, h), text in pictures.items())


class Gallery:
    """Compares pictures with those that were found good, and tells of all that differ at once."""

    def __init__(self, snapshot: SnapshotAssertion) -> None:
        self._good = snapshot.use_extension(TextPicture)
        self._told: list[str] = []

    def hang(self, name: str, text: str) -> None:
        """Compare a picture with the one of that name."""
        good = self._good(name=name)
        if good != text:
            self._told.append(f"{name} differs:\n{_difference(good, text)}")

    def close(self) -> None:
        """Fail when any differs."""
        assert not self._told, "\n\n".join(self._told)


def _difference(good: SnapshotAssertion, text: str) -> str:
    found = good.executions[max(good.executions)].recalled_data if good.executions else None
    lines = difflib.unified_diff(str(found or "").splitlines(), text.splitlines(), n=0, lineterm="")
    return "\n".join(_first(lines, 40))


def _first(lines: Iterator[str], most: int) -> Iterator[str]:
    for _, line in zip(range(most), lines, strict=False):
        yield line
