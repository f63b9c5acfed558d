"""`wallboard demo`: a simulated contact center with its own feed server, and the board on it."""

import argparse
import os
import secrets
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Final

from wallboard.commands.board import open_board
from wallboard.commands.command import Subparsers
from wallboard.commands.words import say
from wallboard.config import Configuration, load

TOKEN_VARIABLE: Final = "WALLBOARD_DEMO_TOKEN"  # noqa: S105 - the name of a variable
STOP_SECONDS: Final = 5.0


def add_to(subparsers: Subparsers) -> None:
    """Add the command to the command line."""
    parser = subparsers.add_parser(
        "demo",
        help="a simulated contact center, and the board on it",
        description="Start a simulated contact center with its own feed server on a free local "
        "port, fill in some days of history, and open the board on it. The cache is temporary "
        "unless one is named.",
    )
    parser.add_argument("--speed", default="1", metavar="X", help="how fast its time runs")
    parser.add_argument("--days", default="7", metavar="N", help="days of history")
    parser.add_argument("--agents", default="64", metavar="N")
    parser.add_argument("--seed", default="1", metavar="N")
    parser.add_argument("--wall", action="store_true", default=argparse.SUPPRESS)
    parser.add_argument("--view", action="store_true", default=argparse.SUPPRESS)


def run(arguments: argparse.Namespace, configuration: Configuration, cache: Path) -> int:
    """Open the board on a simulated center; everything it started ends with it."""
    os.environ[TOKEN_VARIABLE] = secrets.token_urlsafe(16)
    signal.signal(signal.SIGTERM, _leave)
    signal.signal(signal.SIGHUP, _leave)
    with tempfile.TemporaryDirectory(prefix="wallboard-demo-") as folder, _center(arguments) as url:
        if url is None:
            say("The simulated center could not be started; what it said stands above.")
            return 1
        settings = Path(folder) / "config.toml"
        settings.write_text(_settings(configuration, url), encoding="utf-8")
        chosen = cache if getattr(arguments, "cache", None) else Path(folder) / "demo.sqlite"
        return open_board(load(settings), chosen, wall=arguments.wall, view=arguments.view)


def _leave(number: int, frame: FrameType | None) -> None:  # noqa: ARG001 - as signal gives them
    """End as by ctrl-c, so that children are ended and the terminal is put right."""
    raise SystemExit(128 + number)


@contextmanager
def _center(arguments: argparse.Namespace) -> Iterator[str | None]:
    """The simulated center as a process; gives the address of its feed, None when it failed."""
    command = [sys.executable, "-m", "wallboard", "simulate", "--serve", "127.0.0.1:0"]
    command += ["--with-parent", "--token-env", TOKEN_VARIABLE]
    for option in ("speed", "days", "agents", "seed"):
        command += [f"--{option}", getattr(arguments, option)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        try:
            line = process.stdout.readline().strip() if process.stdout else ""
            yield line or None
        finally:
            process.terminate()
            try:
                process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()


def _settings(configuration: Configuration, url: str) -> str:
    """The demo's own configuration: its feed, and the reporting and board of the user's."""
    zone = configuration.reporting.time_zone
    return (
        f'[[feed]]\nname = "demo"\nurl = "{url}"\ntoken_env = "{TOKEN_VARIABLE}"\n\n'
        f'[reporting]\ntime_zone = "{zone}"\n\n'
        f'[board]\ntitle = "Wallboard demo"\ntheme = "{configuration.board.theme}"\n'
    )
