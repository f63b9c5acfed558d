"""`wallboard` without a command: the board, with a collector in the background."""

import argparse
import gc
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from wallboard.board.garbage import collect_seldom
from wallboard.board.wall_rotation import without_page
from wallboard.collector.keeper import CollectorKeeper
from wallboard.commands.ending import Ending
from wallboard.commands.words import say
from wallboard.config import Configuration

if TYPE_CHECKING:
    from wallboard.app import Board

REOPEN_SECONDS: Final = 5.0


def run(arguments: argparse.Namespace, configuration: Configuration, cache: Path) -> int:
    """Open the board; collect while it is open, unless another process does already."""
    if not has_terminal():
        return 2
    with Ending() as ending:
        return open_board(configuration, cache, ending, wall=arguments.wall, view=arguments.view)


def has_terminal() -> bool:
    """Whether a board can be drawn here; says what to use where it cannot."""
    if all(stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr)):
        return True
    if sys.stdin.isatty() and sys.stdout.isatty():
        say(
            "The board is drawn on standard error, which Textual uses so that standard output "
            "stays free, and standard error is no terminal here: leave out the `2>`. What the "
            "collector says is in the file beside the cache whose name ends in .log."
        )
        return False
    which = " and its ".join(
        name
        for name, stream in (("input", sys.stdin), ("output", sys.stdout))
        if not stream.isatty()
    )
    say(
        f"The board needs a terminal, and its {which} is none. Without one use `wallboard "
        "status` for what is true now, `wallboard screenshot` for a picture, or `wallboard "
        "collect` to collect without a screen."
    )
    return False


def open_board(
    configuration: Configuration, cache: Path, ending: Ending, *, wall: bool, view: bool
) -> int:
    """Open the board on a cache until it is closed; return the exit status."""
    if wall and (passed_over := without_page(configuration.board.screens)):
        say(passed_over)
    keeper = CollectorKeeper(cache, configuration.path, cache.with_name(cache.name + ".log"))
    try:
        # First of all, for the collector to start while Textual is loaded, which takes a while.
        if configuration.feeds:
            keeper.look()
        gc.disable()  # loading makes much and drops nothing
        board = _kind(wall)
        collect_seldom()
        gc.enable()

        def run() -> int:
            return ending.run(board(cache, configuration, view=view, keeper=keeper))

        return kept_open(run, ending.rest) if wall else run()
    finally:
        keeper.stop()


def _kind(wall: bool) -> "type[Board]":
    """What is opened; only now, for Textual takes a while to load."""
    if wall:
        from wallboard.wall import Wall

        return Wall
    from wallboard.app import Board

    return Board


def kept_open(run: Callable[[], int], rest: Callable[[float], bool]) -> int:
    """Run a wall, and anew whenever it ends by a fault: nobody is there to start it again.

    `rest` waits so many seconds and tells whether it is to end meanwhile. Returns the exit status
    once it was closed by its own key or by a signal.
    """
    while (status := run()) != 0:
        say(f"The wall ended by a fault. It is opened again in {REOPEN_SECONDS:g} s.")
        if rest(REOPEN_SECONDS):
            break
    return status
