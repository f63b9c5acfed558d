"""`wallboard schema`: the AsyncAPI document of the feed, made from the event types."""

import argparse
from pathlib import Path

import msgspec

from wallboard.commands.command import Subparsers
from wallboard.commands.words import give
from wallboard.config import Configuration


def add_to(subparsers: Subparsers) -> None:
    """Add the command to the command line."""
    subparsers.add_parser(
        "schema",
        help="print the AsyncAPI document of the feed",
        description="Print the AsyncAPI 3 document of the event feed, as JSON, so that any "
        "platform can feed a board.",
    )


def run(arguments: argparse.Namespace, configuration: Configuration, cache: Path) -> int:
    """Print the document."""
    from wallboard.events.asyncapi import document

    give(msgspec.json.format(msgspec.json.encode(document()), indent=2).decode())
    return 0
