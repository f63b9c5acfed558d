"""`wallboard simulate`: the simulated contact center alone, as a file or as a feed."""

import argparse
import asyncio
import contextlib
import os
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from wallboard.collector.stopping import told_to_stop
from wallboard.commands.arguments import above_zero, add_center, address, moment
from wallboard.commands.command import Subparsers
from wallboard.commands.words import drop_output, give, say
from wallboard.config import Configuration
from wallboard.counted import counted
from wallboard.reporting_time import Calendar
from wallboard.simulation.plan import Plan

MOST_CALLS: Final = 100_000


def add_to(subparsers: Subparsers) -> None:
    """Add the command to the command line."""
    parser = subparsers.add_parser(
        "simulate",
        help="a simulated contact center: events to a file, or served as a feed",
        description="Simulate a contact center. Events go to standard output or a file as JSON "
        "Lines, or are served as a feed. The same seed, start and time "
        "zone ([reporting] time_zone, else the machine's) give the same events.",
    )
    add_center(parser, days=1)
    parser.add_argument(
        "--calls-per-hour",
        type=above_zero(MOST_CALLS, "a number"),
        metavar="N",
        help="inbound, at the busiest time (default: what suits the roster)",
    )
    parser.add_argument("--start", type=moment, metavar="TIME", help="as 2026-11-22T04:00-05:00")
    where = parser.add_mutually_exclusive_group()
    where.add_argument("--output", type=Path, metavar="FILE", help="-: standard output")
    where.add_argument("--serve", type=address, metavar="HOST:PORT", help="port 0: a free one")
    parser.add_argument(
        "--token-env",
        metavar="NAME",
        default="WALLBOARD_TOKEN",
        help="the variable that holds the token clients must show, if it is set",
    )
    # For the demo, which starts the same center again when something killed it.
    parser.add_argument("--anchor", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--time-zone", help=argparse.SUPPRESS)
    parser.add_argument("--week-shift", type=int, default=0, help=argparse.SUPPRESS)
    parser.add_argument("--with-parent", action="store_true", help=argparse.SUPPRESS)


def run(arguments: argparse.Namespace, configuration: Configuration, cache: Path) -> int:
    """Write or serve the simulated center."""
    calendar = Calendar.of(configuration.reporting)
    try:
        plan = Plan(
            agents=arguments.agents,
            calls_per_hour=arguments.calls_per_hour,
            seed=arguments.seed,
            time_zone=arguments.time_zone or calendar.time_zone,
            week_shift=arguments.week_shift,
        )
    except ValueError as error:
        say(str(error))
        return 2
    if arguments.serve is not None:
        return _serve(arguments, plan)
    return _write(arguments, plan, calendar)


def _write(arguments: argparse.Namespace, plan: Plan, calendar: Calendar) -> int:
    from wallboard.simulation.recording import write_events

    start = arguments.start
    if start is None:
        start = datetime.now(calendar.zone).replace(hour=0, minute=0, second=0, microsecond=0)
        start -= timedelta(days=arguments.days)
    elif start.tzinfo is None:
        start = start.replace(tzinfo=calendar.zone)
    output = None if arguments.output == Path("-") else arguments.output
    try:
        with contextlib.ExitStack() as stack:
            stream = stack.enter_context(output.open("wb")) if output else sys.stdout.buffer
            count = write_events(plan, start.astimezone(UTC), arguments.days, stream)
            stream.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        where = "Standard output" if output is None else f"The file {output}"
        say(f"{where} could not be written: {error.strerror}.")
        if output is None:
            drop_output()
        return 1
    days = counted(arguments.days, "day")
    say(f"{counted(count, 'event')} of {days} from {start.isoformat()}.")
    return 0


def _serve(arguments: argparse.Namespace, plan: Plan) -> int:
    from wallboard.simulation.server import serve_center

    host, port = arguments.serve

    async def serve() -> None:
        with told_to_stop(with_parent=arguments.with_parent) as stopping:
            await serve_center(
                plan,
                host=host,
                port=port,
                token=os.environ.get(arguments.token_env) or None,
                days=arguments.days,
                speed=arguments.speed,
                anchor=arguments.anchor,
                ready=lambda bound: give(f"ws://{_shown(host)}:{bound}/events"),
                stop=stopping.event,
            )

    try:
        asyncio.run(serve())
    except OSError as error:
        say(f"The feed could not be served at {host}:{port}: {error.strerror or error}.")
        return 1
    return 0


def _shown(host: str) -> str:
    return f"[{host}]" if ":" in host else host
