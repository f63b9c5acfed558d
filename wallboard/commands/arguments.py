"""The values of the arguments that more than one command takes, refused in words when wrong."""

import argparse
import math
from collections.abc import Callable
from datetime import datetime
from typing import Final

LONGEST_DAYS: Final = 4_000
MOST_AGENTS: Final = 10_000
FASTEST: Final = 1_000


def whole(lowest: int, highest: int, what: str) -> Callable[[str], int]:
    """Return what reads a whole number from `lowest` to `highest`; `what` names it in a refusal."""

    def read(text: str) -> int:
        number = int(text) if text.removeprefix("-").isdecimal() and len(text) < 20 else None
        if number is None or not lowest <= number <= highest:
            raise argparse.ArgumentTypeError(
                f"{text!r} where {what} from {lowest} to {highest} is expected"
            )
        return number

    return read


def above_zero(highest: float, what: str) -> Callable[[str], float]:
    """Return what reads a number above 0 and up to `highest`."""

    def read(text: str) -> float:
        try:
            number = float(text)
        except ValueError:
            number = math.nan
        if not 0 < number <= highest:
            raise argparse.ArgumentTypeError(
                f"{text!r} where {what} above 0 and up to {highest:g} is expected"
            )
        return number

    return read


def moment(text: str) -> datetime:
    """Read a date or a time in ISO 8601."""
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"{text!r} where a time such as 2026-11-22T04:00-05:00 is expected"
        ) from None


def address(text: str) -> tuple[str, int]:
    """Read HOST:PORT; an IPv6 host stands in brackets, no host is this machine."""
    host, colon, port = text.rpartition(":")
    if not colon or not port.isdecimal() or len(port) > 5 or int(port) > 65_535:
        raise argparse.ArgumentTypeError(f"{text!r} where HOST:PORT is expected")
    try:
        host.encode("idna")
    except UnicodeError:
        raise argparse.ArgumentTypeError(f"{text!a} does not name a possible host") from None
    return host.strip("[]") or "127.0.0.1", int(port)


def add_center(parser: argparse.ArgumentParser, *, days: int) -> None:
    """Add what describes a simulated center: its past, its size, its seed and its speed."""
    parser.add_argument(
        "--days",
        type=whole(0, LONGEST_DAYS, "a number of days"),
        default=days,
        metavar="N",
        help=f"days of history (default: {days})",
    )
    parser.add_argument(
        "--agents",
        type=whole(1, MOST_AGENTS, "a number of agents"),
        default=64,
        metavar="N",
        help="agents on the roster (default: 64)",
    )
    parser.add_argument(
        "--seed",
        type=whole(0, 2**63 - 1, "a whole number"),
        default=1,
        metavar="N",
        help="the same seed gives the same events (default: 1)",
    )
    parser.add_argument(
        "--speed",
        type=above_zero(FASTEST, "a number"),
        default=1.0,
        metavar="X",
        help="how many times as fast its time runs, when live (default: 1)",
    )
