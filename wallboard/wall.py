"""The board on a wall: one screen, no cursor, no key needed, and an end only when it is told to."""

from typing import ClassVar

from textual.binding import Binding, BindingType

from wallboard.app import Board
from wallboard.screens.wall import WallScreen


class Wall(Board, inherit_bindings=False):
    """The board with a screen on a wall in place of the seven at a desk.

    The only keys are those that close it; there is no palette, and nothing to be chosen.
    """

    wall = True
    MODES: ClassVar = {"wall": WallScreen}
    DEFAULT_MODE = "wall"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("q,ctrl+q", "quit", show=False, system=True),
        Binding("ctrl+c", "quit", show=False, priority=True, system=True),
    ]
