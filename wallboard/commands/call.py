"""`wallboard call`: one call with its facts, legs, queue stays, transfers and events."""

import argparse
import sqlite3
from pathlib import Path

import msgspec

from wallboard.cache.errors import CacheError
from wallboard.cache.opening import open_for_reading
from wallboard.commands.call_masking import masked_call
from wallboard.commands.call_text import call_text, candidates_text
from wallboard.commands.call_values import call_values
from wallboard.commands.command import Subparsers
from wallboard.commands.words import give, say
from wallboard.config import Configuration
from wallboard.now import now_ms
from wallboard.questions.call import whole_call
from wallboard.questions.call_answers import CallLine, WholeCall
from wallboard.questions.calls import MOST_FOUND, find_call
from wallboard.questions.sources import names_of_sources
from wallboard.questions.view import one_view
from wallboard.reporting_time import Calendar
from widgets.text import visible


def add_to(subparsers: Subparsers) -> None:
    """Add the command to the command line."""
    parser = subparsers.add_parser(
        "call",
        help="print one call with its legs and events",
        description="Print one call: its facts, legs in time order, queue stays, transfers and "
        "events. The beginning of an id is enough when only one call has it; where several "
        "sources have calls of one id, the source stands before it, in quotes: 'SOURCE ID'.",
    )
    parser.add_argument("id", metavar="ID", help="the call's id, or its beginning")
    parser.add_argument("--format", choices=("text", "json"), default="text")


def run(arguments: argparse.Namespace, configuration: Configuration, cache: Path) -> int:
    """Print the call; 1 when there is none, or more than one to choose from."""
    now = now_ms()
    call: WholeCall | None = None
    sources: dict[int, str] = {}
    try:
        connection = open_for_reading(cache)
        try:
            with one_view(connection):
                found = find_call(connection, arguments.id, now)
                if len(found) == 1:
                    call = whole_call(connection, found[0].number, now)
                elif len({line.call for line in found}) == 1:
                    sources = names_of_sources(connection, [line.source for line in found])
        finally:
            connection.close()
    except CacheError as error:
        say(str(error))
        return 1
    except sqlite3.Error as error:
        say(f"The cache {cache} cannot be read: {error}.")
        return 1
    calendar = Calendar.of(configuration.reporting)
    if call is None:
        _say_why(arguments.id, found, sources, calendar)
        return 1
    is_masked = configuration.board.mask_numbers
    if is_masked:
        call = masked_call(call)
    if arguments.format == "json":
        values = call_values(call, calendar)
        give(msgspec.json.format(msgspec.json.encode(values), indent=2).decode())
    else:
        give(call_text(call, calendar, configuration.reporting.currency, is_masked=is_masked))
    return 0


def _say_why(
    wanted: str, found: list[CallLine], sources: dict[int, str], calendar: Calendar
) -> None:
    shown = visible(wanted)
    if not found:
        say(f"There is no call {shown} in the cache, nor one whose id begins so.")
    elif len(found) == 1:
        say(f"Call {visible(found[0].call)} lies in the future: nothing of it has happened yet.")
    elif sources:
        say(f"{len(found)} sources have a call {shown}: write one of these, in quotes.")
        say(candidates_text(found, calendar, sources))
    else:
        many = f"{MOST_FOUND} calls or more" if len(found) == MOST_FOUND else f"{len(found)} calls"
        say(f"{many} go by {shown}: write more of the id.")
        say(candidates_text(found, calendar))
