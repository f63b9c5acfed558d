"""`wallboard simulate`: the simulated contact center alone, as a file or as a feed."""

import argparse
import asyncio
import contextlib
import os
import signal
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from wallboard.commands.command import Subparsers
from wallboard.commands.words import give, say
from wallboard.config import Configuration
from wallboard.reporting_time import Calendar
from wallboard.simulation.plan import Plan


def add_to(subparsers: Subparsers) -> None:
    """Add the command to the command line."""
    parser = subparsers.add_parser(
        "simulate",
        help="a simulated contact center: events to a file, or served as a feed",
        description="Simulate a contact center. Events go to standard output or a file as JSON "
        "Lines, or are served as a feed. The same seed and start give the same events.",
    )
    parser.add_argument("--days", type=_days, default=1, metavar="N", help="days of history")
    parser.add_argument("--agents", type=int, default=64, metavar="N")
    parser.add_argument("--calls-per-hour", type=float, metavar="N", help="at the busiest time")
    parser.add_argument("--seed", type=int, default=1, metavar="N")
    parser.add_argument("--start", type=_moment, metavar="TIME", help="as 2026-11-22T04:00-05:00")
    parser.add_argument("--speed", type=_speed, default=1.0, metavar="X", help="when served")
    where = parser.add_mutually_exclusive_group()
    where.add_argument("--output", type=Path, metavar="FILE")
    where.add_argument("--serve", type=_address, metavar="HOST:PORT", help="port 0: a free one")
    parser.add_argument(
        "--token-env",
        metavar="NAME",
        default="WALLBOARD_TOKEN",
        help="the variable that holds the token clients must show, if it is set",
    )
    parser.add_argument("--with-parent", action="store_true", help=argparse.SUPPRESS)


def run(arguments: argparse.Namespace, configuration: Configuration, cache: Path) -> int:  # noqa: ARG001
    """Write or serve the simulated center."""
    calendar = Calendar.of(configuration.reporting)
    try:
        plan = Plan(
            agents=arguments.agents,
            calls_per_hour=arguments.calls_per_hour,
            seed=arguments.seed,
            time_zone=calendar.time_zone,
        )
    except ValueError as error:
        say(str(error))
        return 2
    if arguments.serve is not None:
        return _serve(arguments, plan)
    return _write(arguments, plan, calendar)


def _write(arguments: argparse.Namespace, plan: Plan, calendar: Calendar) -> int:
    from wallboard.simulation.recording import write_events  # noqa: PLC0415 - simpy, only here

    start = arguments.start
    if start is None:
        start = datetime.now(calendar.zone).replace(hour=0, minute=0, second=0, microsecond=0)
        start -= timedelta(days=arguments.days)
    elif start.tzinfo is None:
        start = start.replace(tzinfo=calendar.zone)
    try:
        with contextlib.ExitStack() as stack:
            if arguments.output is None:
                stream = sys.stdout.buffer
            else:
                stream = stack.enter_context(arguments.output.open("wb"))
            count = write_events(plan, start.astimezone(UTC), arguments.days, stream)
            stream.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        say(f"The file {arguments.output} could not be written: {error.strerror}.")
        return 1
    say(f"{count} events of {arguments.days} days from {start.isoformat()}.")
    return 0


def _serve(arguments: argparse.Namespace, plan: Plan) -> int:
    from wallboard.simulation.server import serve_center  # noqa: PLC0415 - simpy, only here

    host, port = arguments.serve

    async def serve() -> None:
        stop = asyncio.Event()
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, stop.set)
        if arguments.with_parent:
            loop.add_reader(sys.stdin.fileno(), _stop_at_end, stop)
        await serve_center(
            plan,
            host=host,
            port=port,
            token=os.environ.get(arguments.token_env) or None,
            days=arguments.days,
            speed=arguments.speed,
            ready=lambda bound: give(f"ws://{_shown(host)}:{bound}/events"),
            stop=stop,
        )

    try:
        asyncio.run(serve())
    except OSError as error:
        say(f"The feed could not be served at {host}:{port}: {error.strerror or error}.")
        return 1
    return 0


def _stop_at_end(stop: asyncio.Event) -> None:
    if not os.read(sys.stdin.fileno(), 1):
        stop.set()


def _shown(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _days(text: str) -> int:
    days = int(text)
    if not 0 <= days <= 4_000:
        raise argparse.ArgumentTypeError(f"{text} is not a number of days from 0 to 4000")
    return days


def _speed(text: str) -> float:
    speed = float(text)
    if not 0 < speed <= 1_000:
        raise argparse.ArgumentTypeError(f"{text} is not a speed above 0 and up to 1000")
    return speed


def _moment(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"{text!r} is not a time as 2026-11-22T04:00-05:00"
        ) from None


def _address(text: str) -> tuple[str, int]:
    host, colon, port = text.rpartition(":")
    if not colon or not port.isdigit() or int(port) > 65_535:
        raise argparse.ArgumentTypeError(f"{text!r} is not HOST:PORT")
    return host.strip("[]") or "127.0.0.1", int(port)
