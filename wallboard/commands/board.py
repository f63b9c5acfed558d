"""`wallboard` without a command: the board, with a collector in the background."""

import argparse
from pathlib import Path

from wallboard.collector.keeper import CollectorKeeper
from wallboard.config import Configuration


def run(arguments: argparse.Namespace, configuration: Configuration, cache: Path) -> int:
    """Open the board; collect while it is open, unless another process does already."""
    return open_board(configuration, cache, wall=arguments.wall, view=arguments.view)


def open_board(configuration: Configuration, cache: Path, *, wall: bool, view: bool) -> int:
    """Open the board on a cache until it is closed; return the exit status."""
    from wallboard.app import Board  # noqa: PLC0415 - Textual takes a while, and only a board needs it

    keeper = CollectorKeeper(cache, configuration.path, cache.with_name(cache.name + ".log"))
    try:
        if configuration.feeds:
            keeper.look()
        board = Board(cache, configuration, view=view, wall=wall, keeper=keeper)
        board.run()
    finally:
        keeper.stop()
    return board.return_code or 0
