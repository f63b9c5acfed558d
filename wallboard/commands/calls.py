"""`wallboard calls`: find calls by number, agent, campaign, queue, time and state."""

import argparse
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from wallboard.cache.errors import CacheError
from wallboard.cache.opening import open_for_reading
from wallboard.commands.asking import AskedWronglyError, add_filters, add_period, filters_of
from wallboard.commands.call_masking import masked_line
from wallboard.commands.calls_output import FORMATS, Listing
from wallboard.commands.command import Subparsers
from wallboard.commands.words import Progress, give, say
from wallboard.config import Configuration
from wallboard.counted import counted
from wallboard.now import now_ms
from wallboard.questions.call_answers import CallLine
from wallboard.questions.call_filter import CallFilter
from wallboard.questions.calls import calls
from wallboard.questions.names import names
from wallboard.questions.numbers import stored_number
from wallboard.questions.tries import tries_of
from wallboard.reporting_time import Calendar, PeriodError
from widgets.text import visible

PAGE: Final = 1_000
"""Calls that are read at a time, so that memory stays flat however many there are."""
FILTERED: Final = ("agent", "campaign", "queue")
TO_CALL_BACK: Final = "not_called_back"
STATES: Final = (
    *("open", "waiting", "answered", "missed", TO_CALL_BACK, "abandoned", "short_abandoned"),
    *("dropped", "voicemail", "busy", "no_answer", "failed", "rejected", "machine", "fax"),
    *("timed_out", "completed", "lost"),
)


def add_to(subparsers: Subparsers) -> None:
    """Add the command to the command line."""
    parser = subparsers.add_parser(
        "calls",
        help="find calls",
        description="Find calls: those in progress first, then the newest first. Of today unless "
        "--from or --to is given; with --number, of all time that is kept. Numbers are masked "
        "when the configuration masks them.",
    )
    parser.add_argument("--number", metavar="N", help="of or to this phone number, typed whole")
    add_filters(parser, FILTERED)
    add_period(parser)
    parser.add_argument(
        "--state",
        choices=STATES,
        metavar="STATE",
        help=f"one of {', '.join(STATES)}; missed: ended and never answered; "
        f"{TO_CALL_BACK}: with how long ago they called and how often they tried",
    )
    parser.add_argument("--format", choices=tuple(FORMATS), default="table")


def run(arguments: argparse.Namespace, configuration: Configuration, cache: Path) -> int:
    """Print the calls; 1 when the cache cannot be read, 2 for wrong words."""
    calendar = Calendar.of(configuration.reporting)
    now = now_ms()
    try:
        start, end = _period(arguments, calendar, now)
        connection = open_for_reading(cache)
    except PeriodError as error:
        say(str(error))
        return 2
    except CacheError as error:
        say(str(error))
        return 1
    try:
        chosen = filters_of(arguments, connection, FILTERED)
        number = _number(connection, arguments.number)
        wanted = CallFilter(
            number=number,
            agent=chosen.get("agent"),
            campaign=chosen.get("campaign"),
            queue=chosen.get("queue"),
            state=arguments.state,
            start=start,
            end=end,
        )
        back_at = now if wanted.state == TO_CALL_BACK else None
        listing = FORMATS[arguments.format](calendar, names(connection), back_at)
        found = _give_all(listing, connection, wanted, now, configuration.board.mask_numbers)
    except AskedWronglyError as error:
        say(str(error))
        return 2
    except sqlite3.Error as error:
        say(f"The cache {cache} cannot be read: {error}.")
        return 1
    finally:
        connection.close()
    if not found:
        say("No call is like that." if start is None else "No call of that time is like that.")
    return 0


def _number(connection: sqlite3.Connection, typed: str | None) -> str | None:
    """The number in the form in which calls have it. Raises AskedWronglyError for what is none."""
    if typed is None:
        return None
    if not any(map(str.isdecimal, typed)):
        raise AskedWronglyError(
            f"--number is {visible(typed)!r} where a phone number is expected, such as "
            "+14155550171 or (415) 555-0171. No call was looked for."
        )
    return stored_number(connection, typed)


def _period(
    arguments: argparse.Namespace, calendar: Calendar, now: int
) -> tuple[int | None, int | None]:
    """From when (UTC ms) until when, which is not included; None without a bound."""
    if arguments.number is not None and not (arguments.since or arguments.until):
        return None, None
    period = calendar.period(arguments.since, arguments.until, now)
    return period.start_ms, period.end_ms


def _give_all(
    listing: Listing,
    connection: sqlite3.Connection,
    wanted: CallFilter,
    now: int,
    is_masked: bool,
) -> int:
    """Print the calls page by page; return how many there were."""
    progress = Progress()
    found = 0
    for lines in _pages(connection, wanted, now):
        shown = [masked_line(line) for line in lines] if is_masked else lines
        tries = tries_of(connection, lines, now) if wanted.state == TO_CALL_BACK else {}
        if text := listing.page(shown, tries):
            progress.clear()
            give(text)
        found += len(lines)
        progress.show(counted(found, "call"))
    progress.clear()
    if text := listing.end():
        give(text)
    return found


def _pages(
    connection: sqlite3.Connection, wanted: CallFilter, now: int
) -> Iterator[list[CallLine]]:
    page = calls(connection, wanted, now, PAGE, patience=None)
    yield list(page.lines)
    while page.next is not None:
        page = calls(connection, wanted, now, PAGE, page.next, patience=None)
        yield list(page.lines)
