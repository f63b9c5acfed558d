"""`wallboard screenshot`: one frame of the board without a terminal."""

import argparse
import asyncio
import os
import re
from pathlib import Path
from typing import Final

from wallboard.cache.errors import CacheError
from wallboard.cache.opening import open_for_reading
from wallboard.commands.command import Subparsers
from wallboard.commands.words import give, say
from wallboard.config import Configuration
from wallboard.questions.calls import find_call

SCREENS: Final = (
    *("floor", "calls", "agents", "campaigns", "metrics", "reports", "feed"),
    "call",
    "wall",
)
SIZE: Final = re.compile(r"(\d{1,4})x(\d{1,4})", re.ASCII)
SMALLEST: Final = (20, 5)
LARGEST: Final = (400, 200)
PATIENCE_SECONDS: Final = 30.0


def add_to(subparsers: Subparsers) -> None:
    """Add the command to the command line."""
    parser = subparsers.add_parser(
        "screenshot",
        help="one frame of the board without a terminal",
        description="Write one frame of the board, as it is drawn from the cache now, as a picture "
        "(.svg) or as text (.txt); as text to standard output when no file is named.",
    )
    parser.add_argument("--screen", choices=SCREENS, default="floor")
    parser.add_argument("--call", metavar="ID", help="the call to show, with --screen call")
    parser.add_argument("--size", type=_size, default=(160, 45), metavar="COLSxROWS")
    parser.add_argument("--output", type=_output, metavar="FILE", help="FILE.svg or FILE.txt")


def run(arguments: argparse.Namespace, configuration: Configuration, cache: Path) -> int:
    """Write the frame; 1 when there is nothing to show or the file cannot be written."""
    if arguments.screen == "call" and not arguments.call:
        say("Which call? Name it with --call ID; the board's Calls screen finds calls.")
        return 2
    drawn = asyncio.run(_draw(arguments, configuration, cache))
    if drawn is None:
        return 1
    output: Path | None = arguments.output
    if output is None:
        give(drawn)
        return 0
    try:
        # Its owner's alone when it is new: agents are on it by name.
        descriptor = os.open(output, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(drawn)
    except OSError as error:
        say(f"{output} cannot be written: {error.strerror}.")
        return 1
    return 0


def _size(text: str) -> tuple[int, int]:
    found = SIZE.fullmatch(text)
    if found is None:
        raise argparse.ArgumentTypeError(f"{text!r} is not a size such as 160x45")
    columns, rows = int(found[1]), int(found[2])
    if not (SMALLEST[0] <= columns <= LARGEST[0] and SMALLEST[1] <= rows <= LARGEST[1]):
        raise argparse.ArgumentTypeError(
            f"{text} is outside {SMALLEST[0]}x{SMALLEST[1]} to {LARGEST[0]}x{LARGEST[1]}"
        )
    return columns, rows


def _output(text: str) -> Path:
    path = Path(text)
    if path.suffix not in {".svg", ".txt"}:
        raise argparse.ArgumentTypeError(f"{text!r} does not end in .svg or .txt")
    return path


async def _draw(
    arguments: argparse.Namespace, configuration: Configuration, cache: Path
) -> str | None:
    """The frame, or None when there is no such call; what is wrong with the cache is drawn too."""
    # Textual takes a while to load, and only a frame needs it.
    from wallboard.app import Board
    from wallboard.screens.call import CallScreen
    from wallboard.screens.picture import as_svg, as_text
    from wallboard.wall import Wall

    number = None
    if arguments.screen == "call":
        number = _number(cache, arguments.call)
        if number is None:
            return None
    is_wall = arguments.screen == "wall"
    board = (Wall if is_wall else Board)(cache, configuration, view=True)
    async with board.run_test(size=arguments.size) as pilot:
        if number is not None:
            await board.push_screen(CallScreen(number))
        elif not is_wall and arguments.screen != board.current_mode:
            await board.switch_mode(arguments.screen)
        async with asyncio.timeout(PATIENCE_SECONDS):
            await board.settled()
        await pilot.pause()
        output: Path | None = arguments.output
        if output is not None and output.suffix == ".svg":
            return as_svg(board, configuration.board.title)
        return as_text(board)


def _number(cache: Path, call: str) -> int | None:
    """The number that the cache gives to a call; None, and said why, when there is no such one."""
    from wallboard.now import now_ms

    try:
        connection = open_for_reading(cache)
    except CacheError as error:
        say(str(error))
        return None
    try:
        found = find_call(connection, call, now_ms())
    finally:
        connection.close()
    if not found:
        say(f"There is no call {call!r} in the cache {cache}.")
        return None
    if len(found) > 1 and found[0].call != call:
        say(f"{len(found)} calls begin with {call!r}; the newest is shown.")
    return found[0].number
