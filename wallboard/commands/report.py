"""`wallboard report`: a table of a period on standard output or in a file."""

import argparse
import shlex
import sqlite3
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path
from typing import Final

import msgspec

from wallboard.cache.errors import CacheError
from wallboard.cache.opening import open_for_reading
from wallboard.cache.reveals import record_reveal, who_asks
from wallboard.commands.asking import AskedWronglyError, add_filters, add_period
from wallboard.commands.command import Subparsers
from wallboard.commands.nearest import unknown
from wallboard.commands.plain_csv import csv_text
from wallboard.commands.plain_table import table
from wallboard.commands.report_asking import FILTERED, asked_of, lacking_in
from wallboard.commands.terminal_text import output_of_lines
from wallboard.commands.words import Progress, drop_output, give, say
from wallboard.config import Configuration
from wallboard.counted import counted
from wallboard.now import now_ms
from wallboard.reporting_time import PeriodError
from wallboard.reports.catalogue import BY_NAME, REPORTS
from wallboard.reports.document import columns_in_words, rows_in_words
from wallboard.reports.giving import FORMATS, Format, Manner, UnknownColumnError, write_report
from wallboard.reports.report import Asked, Report
from wallboard.reports.writing.destination import DestinationError, refuse_existing, whole_file
from wallboard.reports.writing.masking import are_private
from wallboard.reports.writing.writer import TooManyRowsError

WIDTH: Final = 96
SUFFIXES: Final[dict[str, Format]] = {
    ".csv": "csv",
    ".json": "json",
    ".xlsx": "xlsx",
    ".txt": "table",
}


def add_to(subparsers: Subparsers) -> None:
    """Add the command to the command line."""
    parser = subparsers.add_parser(
        "report",
        help="print or write a report",
        description="Print a report, or write it to a file. Days are those of the reporting time "
        "zone, --from and --to both included; today by default.",
    )
    parser.add_argument("name", nargs="?", metavar="NAME", help="such as call-reports")
    parser.add_argument("--list", action="store_true", help="list the reports, ask nothing")
    parser.add_argument(
        "--explain", action="store_true", help="say what its rows and columns are, ask nothing"
    )
    add_period(parser)
    add_filters(parser, FILTERED)
    parser.add_argument("--by", metavar="day", help="campaign-dashboard: a row a day")
    parser.add_argument("--sort", metavar="COLUMN", help="figures highest first, the rest A to Z")
    parser.add_argument("--format", choices=FORMATS, help="default: by the file's name, or table")
    parser.add_argument("--output", type=Path, metavar="FILE", help="write it there")
    parser.add_argument("--force", action="store_true", help="replace the file if there is one")
    parser.add_argument(
        "--reveal", action="store_true", help="numbers and names in full, which is recorded"
    )


def run(arguments: argparse.Namespace, configuration: Configuration, cache: Path) -> int:
    """Write the report; 1 when it cannot be read or written, 2 for wrong words."""
    if arguments.list:
        _give_list(arguments.format)
        return 0
    try:
        report = _report(arguments)
        if arguments.explain:
            _give_explained(report)
            return 0
        form = _form(arguments, report)
        connection = open_for_reading(cache)
    except (AskedWronglyError, DestinationError) as error:
        say(str(error))
        return 2
    except CacheError as error:
        say(str(error))
        return 1
    try:
        asked = asked_of(report, arguments, configuration, connection, now_ms())
        lacking = lacking_in(connection, asked)
        is_masked = configuration.board.mask_numbers
        if is_masked and arguments.reveal and are_private(report.columns):
            record_reveal(cache, asked.now, who_asks(), _what(arguments, asked))
        manner = Manner(
            form, is_masked and not arguments.reveal, arguments.sort, arguments.output is not None
        )
        status = _write(connection, report, asked, manner, arguments)
        if lacking and status == 0:
            say(lacking)
    except UnknownColumnError as error:
        hint = f"Its columns are {', '.join(error.known)}."
        say(unknown(f"column of {report.name} named", error.name, error.known, hint))
        return 2
    except (AskedWronglyError, PeriodError, DestinationError) as error:
        say(str(error))
        return 2
    except (CacheError, TooManyRowsError) as error:
        say(str(error))
        return 1
    except sqlite3.Error as error:
        say(f"The cache {cache} cannot be read: {error}.")
        return 1
    finally:
        connection.close()
    return status


def _report(arguments: argparse.Namespace) -> Report:
    if arguments.name is None:
        raise AskedWronglyError(
            "A report is to be named: `wallboard report --list` lists them, with the question "
            "that each answers."
        )
    report = BY_NAME.get(arguments.name)
    if report is None:
        hint = "`wallboard report --list` lists them all."
        raise AskedWronglyError(unknown("report", arguments.name, BY_NAME, hint))
    return report


def _form(arguments: argparse.Namespace, report: Report) -> Format:
    """The format that is asked for, else the one of the file's name, else the report's own."""
    output: Path | None = arguments.output
    if output is not None:
        refuse_existing(output, force=arguments.force)
    form: Format | None = arguments.format
    if form is None:
        if output is None:
            return report.default_format
        named = SUFFIXES.get(output.suffix.lower())
        if named is None and output.suffix:
            raise AskedWronglyError(
                f"The name {output.name} tells no format: end it in one of "
                f"{', '.join(SUFFIXES)}, or add --format."
            )
        return named or report.default_format
    if form == "xlsx" and output is None and sys.stdout.isatty():
        raise AskedWronglyError("A workbook is no text for a terminal: --output names its file.")
    return form


def _give_list(form: Format | None) -> None:
    """Every report, and the question that it answers."""
    head = ("report", "title", "question")
    rows = [(report.name, report.title, report.question) for report in REPORTS]
    if form == "json":
        found = [dict(zip(head, row, strict=True)) for row in rows]
        give(msgspec.json.format(msgspec.json.encode(found), indent=2).decode())
    elif form == "csv":
        give(csv_text([head, *rows]))
    else:
        give(table(("report", "title", "the question it answers"), rows))


def _give_explained(report: Report) -> None:
    """What a report answers, and what stands in each of its columns."""
    words = [f"{report.title} ({report.name})", report.question, rows_in_words(report)]
    filled = [textwrap.fill(line.replace("`", ""), WIDTH) for line in words]
    columns = [
        (name, holds.replace("`", ""), describes)
        for name, holds, describes in columns_in_words(report)
    ]
    give("\n".join([*filled, "", table(("column", "holds", "is"), columns)]))


def _write(
    connection: sqlite3.Connection,
    report: Report,
    asked: Asked,
    manner: Manner,
    arguments: argparse.Namespace,
) -> int:
    progress = Progress()
    output: Path | None = arguments.output
    show = _shown(progress, to_terminal=output is None and sys.stdout.isatty())
    try:
        if output is None:
            out = output_of_lines()
            write_report(connection, report, asked, manner, out, show)
            out.flush()
            return 0
        with whole_file(output, force=arguments.force) as file:
            rows = write_report(connection, report, asked, manner, file, show)
    except BrokenPipeError:
        raise
    except OSError as error:
        reason = error.strerror or type(error).__name__
        if output is None:
            progress.clear()
            say(f"Standard output could not be written: {reason}.")
            drop_output()
        else:
            progress.clear()
            say(f"{output} could not be written: {reason}. Nothing is left of it.")
        return 1
    finally:
        progress.clear()
    say(f"{output}: {counted(rows, 'row')}.")
    return 0


def _shown(progress: Progress, *, to_terminal: bool) -> Callable[[int], None]:
    """What shows how many rows there are, but among rows on the terminal itself."""

    def show(rows: int) -> None:
        if not to_terminal:
            progress.show(counted(rows, "row"))

    return show


def _what(arguments: argparse.Namespace, asked: Asked) -> str:
    """The report, its period and its filters, as they would be typed."""
    since, until = (
        asked.calendar.format_time(ms) for ms in (asked.period.start_ms, asked.period.end_ms)
    )
    filters = [f"{dimension}={value}" for dimension, value in asked.filters.items()]
    return shlex.join(["report", arguments.name, since, until, *filters])
