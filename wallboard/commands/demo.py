"""`wallboard demo`: a simulated contact center with its own feed server, and the board on it."""

import argparse
import os
import secrets
from pathlib import Path
from typing import Final

from wallboard.commands.arguments import add_center
from wallboard.commands.board import has_terminal, open_board
from wallboard.commands.center_process import CenterProcess
from wallboard.commands.command import Subparsers
from wallboard.commands.demo_folder import demo_folder
from wallboard.commands.demo_settings import demo_settings
from wallboard.commands.ending import Ending
from wallboard.commands.words import say
from wallboard.config import Configuration, load
from wallboard.now import now_ms
from wallboard.simulation.daytime import Daytime, working_now

TOKEN_VARIABLE: Final = "WALLBOARD_DEMO_TOKEN"  # noqa: S105 - the name of a variable
STOP_SECONDS: Final = 5.0


def add_to(subparsers: Subparsers) -> None:
    """Add the command to the command line."""
    parser = subparsers.add_parser(
        "demo",
        help="a simulated contact center, and the board on it",
        description="Start a simulated contact center with its own feed server on a free local "
        "port, fill in some days of history, and open the board on it. The cache is temporary "
        "unless one is named. The center is somewhere in the world where it is mid-morning of a "
        "working day now, and the board shows its local time unless [reporting] time_zone is set. "
        "Alarms, limits, layout and targets are those of the configuration. "
        "On a cache that is named it lives by the machine's clock, so that it goes on when the "
        "demo is started again.",
    )
    add_center(parser, days=7)
    parser.add_argument("--wall", action="store_true", default=argparse.SUPPRESS)
    parser.add_argument("--view", action="store_true", default=argparse.SUPPRESS)


def run(arguments: argparse.Namespace, configuration: Configuration, cache: Path) -> int:
    """Open the board on a simulated center; everything it started ends with it."""
    if not has_terminal():
        return 2
    os.environ[TOKEN_VARIABLE] = secrets.token_urlsafe(16)
    with Ending() as ending, demo_folder() as folder:
        said = folder / "simulate.log"
        now = now_ms()
        where = None if arguments.cache else working_now(now)
        center = CenterProcess(_options(arguments, configuration, now, where), said)
        try:
            url = center.start()
            if url is None:
                say(f"The simulated center could not be started: {said.read_text().strip()}")
                return 1
            settings = folder / "config.toml"
            zone = configuration.reporting.time_zone or (where.time_zone if where else "")
            text = demo_settings(configuration, url, TOKEN_VARIABLE, zone)
            settings.write_text(text, encoding="utf-8")
            chosen = cache if arguments.cache else folder / "demo.sqlite"
            wall, view = arguments.wall, arguments.view
            return open_board(load(settings), chosen, ending, wall=wall, view=view)
        finally:
            center.stop()


def _options(
    arguments: argparse.Namespace, configuration: Configuration, now: int, where: Daytime | None
) -> list[str]:
    """What the simulated center is asked for, the same whenever it is started again."""
    options = ["--token-env", TOKEN_VARIABLE, f"--anchor={now}"]
    if where is not None:
        options += [f"--time-zone={where.time_zone}", f"--week-shift={where.week_shift}"]
    if configuration.path is not None:
        options += ["--config", str(configuration.path)]
    for option in ("speed", "days", "agents", "seed"):
        options.append(f"--{option}={getattr(arguments, option)}")
    return options
