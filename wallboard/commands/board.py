"""`wallboard` without a command: the board, with a collector in the background."""

import argparse
import gc
import sys
from pathlib import Path

from wallboard.board.garbage import collect_seldom
from wallboard.collector.keeper import CollectorKeeper
from wallboard.commands.ending import Ending
from wallboard.commands.words import say
from wallboard.config import Configuration


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
    keeper = CollectorKeeper(cache, configuration.path, cache.with_name(cache.name + ".log"))
    try:
        # First of all, for the collector to start while Textual is loaded, which takes a while.
        if configuration.feeds:
            keeper.look()
        gc.disable()  # loading makes much and drops nothing
        from wallboard.app import Board  # noqa: PLC0415

        collect_seldom()
        gc.enable()
        board = Board(cache, configuration, view=view, wall=wall, keeper=keeper)
        ending.run(board)
    finally:
        keeper.stop()
    return board.return_code or 0
