"""`wallboard demo`: a simulated contact center with its own feed server, and the board on it."""

import argparse
import json
import os
import secrets
import tempfile
import time
from pathlib import Path
from typing import Final

from wallboard.commands.arguments import add_center
from wallboard.commands.board import has_terminal, open_board
from wallboard.commands.center_process import CenterProcess
from wallboard.commands.command import Subparsers
from wallboard.commands.ending import Ending
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
    add_center(parser, days=7)
    parser.add_argument("--wall", action="store_true", default=argparse.SUPPRESS)
    parser.add_argument("--view", action="store_true", default=argparse.SUPPRESS)


def run(arguments: argparse.Namespace, configuration: Configuration, cache: Path) -> int:
    """Open the board on a simulated center; everything it started ends with it."""
    if not has_terminal():
        return 2
    os.environ[TOKEN_VARIABLE] = secrets.token_urlsafe(16)
    with Ending() as ending, tempfile.TemporaryDirectory(prefix="wallboard-demo-") as name:
        folder = Path(name)
        said = folder / "simulate.log"
        center = CenterProcess(_options(arguments, configuration), said)
        try:
            url = center.start()
            if url is None:
                say(f"The simulated center could not be started: {said.read_text().strip()}")
                return 1
            settings = folder / "config.toml"
            settings.write_text(_settings(configuration, url), encoding="utf-8")
            chosen = cache if arguments.cache else folder / "demo.sqlite"
            wall, view = arguments.wall, arguments.view
            return open_board(load(settings), chosen, ending, wall=wall, view=view)
        finally:
            center.stop()


def _options(arguments: argparse.Namespace, configuration: Configuration) -> list[str]:
    """What the simulated center is asked for."""
    options = ["--token-env", TOKEN_VARIABLE, f"--anchor={time.time_ns() // 1_000_000}"]
    if configuration.path is not None:
        options += ["--config", str(configuration.path)]
    for option in ("speed", "days", "agents", "seed"):
        options.append(f"--{option}={getattr(arguments, option)}")
    return options


def _settings(configuration: Configuration, url: str) -> str:
    """The demo's own configuration: its feed, and the user's time zone and theme."""
    # A JSON string is a TOML string as well.
    zone, theme = (
        json.dumps(configuration.reporting.time_zone),
        json.dumps(configuration.board.theme),
    )
    return (
        f'[[feed]]\nname = "demo"\nurl = "{url}"\ntoken_env = "{TOKEN_VARIABLE}"\n\n'
        f"[reporting]\ntime_zone = {zone}\n\n"
        f'[board]\ntitle = "Wallboard demo"\ntheme = {theme}\n'
    )
