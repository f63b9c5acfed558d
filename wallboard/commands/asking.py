"""The period, the filters and the dimension of a command line, refused in words when wrong."""

import argparse
import sqlite3
from typing import Final

from wallboard.commands.nearest import unknown_entity
from wallboard.questions.known import campaign_of, known_ids, known_names

FILTERS: Final = {
    "campaign": "campaign",
    "queue": "queue",
    "agent": "agent",
    "account": "account",
    "team": "team",
    "sub_campaign": "sub-campaign",
    "list": "contact-list",
    "attribution.campaign": "attribution-campaign",
}
"""The dimensions that can be filtered by, and the options that do."""


class AskedWronglyError(Exception):
    """The words ask for what does not exist; the text is a sentence that says so."""


def add_period(parser: argparse.ArgumentParser) -> None:
    """Add the options of the period."""
    parser.add_argument(
        "--from", dest="since", metavar="D", help="first day, or a time such as 2026-11-01T14:00"
    )
    parser.add_argument(
        "--to", dest="until", metavar="D", help="last day, included, or a time (default: today)"
    )


def add_filters(parser: argparse.ArgumentParser, dimensions: tuple[str, ...]) -> None:
    """Add an option for each dimension; its value is an id, or a name that only one thing has."""
    for dimension in dimensions:
        option = FILTERS[dimension]
        parser.add_argument(
            f"--{option}",
            dest=f"filter_{dimension}",
            metavar=option[0].upper(),
            help=f"only this {option.replace('-', ' ')}, by id or name",
        )


def filters_of(
    arguments: argparse.Namespace, connection: sqlite3.Connection, dimensions: tuple[str, ...]
) -> dict[str, str]:
    """The filters given, by dimension, as ids.

    Raises AskedWronglyError for a name that nothing has, or that more than one thing has.
    """
    found = {}
    for dimension in dimensions:
        given = getattr(arguments, f"filter_{dimension}", None)
        if given is None:
            continue
        what = FILTERS[dimension].replace("-", " ")
        ids = known_ids(connection, dimension, given)
        if not ids:
            names = known_names(connection, dimension)
            raise AskedWronglyError(unknown_entity(what, given, names))
        if len(ids) > 1:
            raise AskedWronglyError(
                f"More than one {what} is named {given!r}: give the id, one of {', '.join(ids)}."
            )
        if dimension == "campaign" and (whole := campaign_of(connection, ids[0])) is not None:
            raise AskedWronglyError(
                f"{given} is a sub-campaign of {whole}: --sub-campaign {given} asks for its calls."
            )
        found[dimension] = ids[0]
    return found
