"""`wallboard collect`: feeds into the cache without a screen, until stopped."""

import argparse
import asyncio
import logging
from pathlib import Path

from wallboard.alarms.watch import AlarmWatch
from wallboard.cache.errors import CacheError
from wallboard.cache.lock import CacheHeld
from wallboard.collector.service import collect
from wallboard.commands.command import Subparsers
from wallboard.commands.log_lines import LEVELS, USUAL, VARIABLE, as_error, begin_logging, level_of
from wallboard.commands.words import say
from wallboard.config import Configuration

log = logging.getLogger(__name__)


def add_to(subparsers: Subparsers) -> None:
    """Add the command to the command line."""
    parser = subparsers.add_parser(
        "collect",
        help="collect the feeds into the cache, without a screen",
        description="Collect the configured feeds into the cache until stopped. For a service "
        "manager: logs to standard error, ends cleanly on SIGTERM.",
    )
    # For the board, which keeps the other end of standard input open for as long as it lives.
    parser.add_argument("--with-parent", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument(
        "--log",
        choices=LEVELS,
        help=f"how much to log (default: ${VARIABLE}, else {USUAL})",
    )


def run(arguments: argparse.Namespace, configuration: Configuration, cache: Path) -> int:
    """Collect until stopped; 1 when the cache is held by another or cannot be used."""
    level, wrong = level_of(arguments.log)
    begin_logging(level)
    if wrong:
        log.warning("%s", wrong)
    if not configuration.feeds:
        say(
            "No feed is configured: name one under [[feed]] in config.toml, or run `wallboard "
            "demo`. Collecting only what is handed over by `wallboard import`."
        )
    try:
        asyncio.run(
            collect(configuration, cache, with_parent=arguments.with_parent, beside=AlarmWatch)
        )
    except (CacheError, CacheHeld) as error:
        say(as_error(str(error)))
        return 1
    return 0
