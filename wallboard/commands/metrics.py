"""`wallboard metrics`: any metric of the catalogue, its definition, its SQL, its calls."""

import argparse
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Final

import msgspec

from wallboard.cache.errors import CacheError
from wallboard.cache.opening import open_for_reading
from wallboard.commands.asking import AskedWronglyError, add_filters, add_period, filters_of
from wallboard.commands.command import Subparsers
from wallboard.commands.metric_calls import (
    Behind,
    all_behind,
    behind_rows,
    behind_text,
    behind_values,
)
from wallboard.commands.metric_found import found_of
from wallboard.commands.metric_text import answers_text, explained_text, list_text
from wallboard.commands.metric_values import answer_rows, answer_values, explained_values
from wallboard.commands.nearest import unknown
from wallboard.commands.plain_csv import csv_pieces, csv_text
from wallboard.commands.reckoned import reckon_by
from wallboard.commands.without_cache import cache_or_nothing
from wallboard.commands.words import give, say
from wallboard.config import Configuration
from wallboard.metrics.answers import Answer
from wallboard.metrics.asked import Asked
from wallboard.metrics.catalogue import BY_SLUG, CATALOGUE
from wallboard.metrics.explain import statements
from wallboard.metrics.metric import Metric
from wallboard.metrics.named import metric_named
from wallboard.metrics.relations import DIMENSIONS
from wallboard.metrics.spans import TIMES
from wallboard.metrics.two_views import two_views
from wallboard.now import now_ms
from wallboard.reporting_time import Calendar, PeriodError

FILTERED: Final = (
    "campaign",
    "queue",
    "agent",
    "account",
    "team",
    "sub_campaign",
    "attribution.campaign",
)


def add_to(subparsers: Subparsers) -> None:
    """Add the command to the command line."""
    parser = subparsers.add_parser(
        "metrics",
        help="print any metric of the catalogue",
        description="Print metrics by slug, all of them by default. A value is null where nothing "
        "was measured, never 0 in place of unknown.",
    )
    parser.add_argument(
        "names",
        nargs="*",
        metavar="NAME",
        help="slugs, numbers or titles: answer_rate, K5",
    )
    add_period(parser)
    add_filters(parser, FILTERED)
    parser.add_argument(
        "--by", metavar="DIMENSION", help=f"split by one of {', '.join((*TIMES, *DIMENSIONS))}"
    )
    parser.add_argument("--calls", action="store_true", help="list the calls behind the figures")
    parser.add_argument(
        "--compare", action="store_true", help="add the equally long period before, and the change"
    )
    parser.add_argument("--format", choices=("table", "json", "csv"), default="table")
    parser.add_argument("--list", action="store_true", help="list the catalogue, ask nothing")
    parser.add_argument("--explain", metavar="NAME", help="define a metric, with figures and SQL")


def run(arguments: argparse.Namespace, configuration: Configuration, cache: Path) -> int:
    """Print the metrics; 1 when the cache cannot be read, 2 for wrong words."""
    is_definition = arguments.explain is not None and metric_named(arguments.explain) is not None
    try:
        with cache_or_nothing(cache, is_definition=is_definition) as known:
            _run(arguments, configuration, known)
    except (AskedWronglyError, PeriodError) as error:
        say(str(error))
        return 2
    except CacheError as error:
        say(str(error))
        return 1
    except sqlite3.Error as error:
        say(f"The cache {cache} cannot be read: {error}.")
        return 1
    return 0


def _run(arguments: argparse.Namespace, configuration: Configuration, cache: Path) -> None:
    metrics = _metrics(arguments)
    if arguments.list:
        _give_list(metrics, arguments.format)
        return
    calendar = Calendar.of(configuration.reporting)
    now = now_ms()
    period = calendar.period(arguments.since, arguments.until, now)
    reckon_by(configuration, cache)
    with (
        closing(open_for_reading(cache)) as connection,
        two_views(connection, cache) as beside,
    ):
        filters = filters_of(arguments, connection, FILTERED)
        asked = Asked(period, calendar, configuration.metrics, now, filters, arguments.by)
        _answer(connection, metrics, asked, arguments, beside)


def _metrics(arguments: argparse.Namespace) -> list[Metric]:
    """The metrics that are named, in the order of the catalogue when none is."""
    names = [arguments.explain] if arguments.explain else arguments.names
    named = []
    for name in names:
        metric = metric_named(name)
        if metric is None:
            hint = "`wallboard metrics --list` names them all."
            raise AskedWronglyError(unknown("metric", name, BY_SLUG, hint))
        named.append(metric)
    dimensions = (*TIMES, *DIMENSIONS)
    if arguments.by is not None and arguments.by not in dimensions:
        hint = f"Metrics split by {', '.join(dimensions)}."
        raise AskedWronglyError(unknown("dimension", arguments.by, dimensions, hint))
    return named or list(CATALOGUE)


def _answer(
    connection: sqlite3.Connection,
    metrics: list[Metric],
    asked: Asked,
    arguments: argparse.Namespace,
    beside: sqlite3.Connection | None,
) -> None:
    found = found_of(connection, metrics, asked, beside, is_compared=arguments.compare)
    if arguments.explain:
        ((metric, answer, _),) = found
        how = statements(metric, asked)
        if arguments.format == "json":
            _give_json(explained_values(metric, answer, how))
        else:
            give(explained_text(metric, answer, how, asked))
        return
    if arguments.calls:
        known = {one.metric.slug: one for one in found}
        given = {slug: one.answer for slug, one in known.items()}
        before = {slug: one.before for slug, one in known.items() if one.before is not None}
        _give_calls(all_behind(connection, metrics, asked), given, before, asked, arguments.format)
        return
    match arguments.format:
        case "json":
            _give_list_of(answer_values(*one) for one in found)
        case "csv":
            for piece in csv_pieces(answer_rows(found, is_compared=arguments.compare)):
                give(piece)
        case _:
            give(answers_text(found, asked, is_alone=len(metrics) == 1))


def _give_list(metrics: list[Metric], form: str) -> None:
    """The catalogue itself."""
    head = ("slug", "title", "category", "scope", "unit", "better", "formula", "tells", "misleads")
    rows = [tuple(str(getattr(metric, name)) for name in head) for metric in metrics]
    match form:
        case "json":
            _give_json([dict(zip(head, row, strict=True)) for row in rows])
        case "csv":
            give(csv_text([head, *rows]))
        case _:
            give(list_text(metrics))


def _give_calls(
    behind: list[Behind],
    answers: dict[str, Answer],
    before: dict[str, Answer],
    asked: Asked,
    form: str,
) -> None:
    """The calls behind the metrics; in JSON within the document of their figures."""
    for metric, _, why_not in behind:
        if why_not:
            say(f"{metric.slug}: {why_not}")
    match form:
        case "json":
            _give_json(behind_values(behind, answers, before, asked))
        case "csv":
            give(csv_text(behind_rows(behind, asked.calendar)))
        case _:
            give(behind_text(behind, asked))


def _give_list_of(values: Iterable[object]) -> None:
    """A JSON array, one value after another."""
    before = "[\n"
    for value in values:
        text = msgspec.json.format(msgspec.json.encode(value), indent=2).decode()
        give(before + "\n".join(f"  {line}" for line in text.split("\n")), end="")
        before = ",\n"
    give("\n]")


def _give_json(values: object) -> None:
    give(msgspec.json.format(msgspec.json.encode(values), indent=2).decode())
