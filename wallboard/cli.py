"""The command `wallboard`: reads the arguments and the configuration, runs one subcommand.

Data goes to standard output, words to standard error. Exit status: 0 done, 1 failed, 2 wrong
arguments or configuration.
"""

import argparse
import importlib
import os
import re
import sys
from collections.abc import Sequence
from io import TextIOWrapper
from pathlib import Path
from typing import Final, cast

from wallboard import __version__
from wallboard.commands.command import Command
from wallboard.commands.terminal_text import guard_terminals
from wallboard.commands.words import drop_output
from wallboard.config import ConfigurationError, cache_path, load

COMMANDS: Final = (
    "demo",
    "collect",
    "simulate",
    "import",
    "record",
    "status",
    "call",
    "calls",
    "metrics",
    "report",
    "screenshot",
    "schema",
    "check",
)

SURROGATE: Final = re.compile("[\ud800-\udfff]")
"""What stands for a byte of an argument that is no character."""

DRAWING: Final = (None, "demo")
"""These draw on the terminal, and each cell is made safe before it is drawn."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line; return the exit status."""
    try:
        return _run(argv)
    except KeyboardInterrupt:
        # Also while the command is still being loaded.
        return 130


def _run(argv: Sequence[str] | None) -> int:
    _open_streams()
    words = sys.argv[1:] if argv is None else list(argv)
    whole = parser(words)
    arguments = whole.parse_args(words)
    for given in vars(arguments).values():
        if isinstance(given, str) and not given.isascii() and SURROGATE.search(given):
            # Names of files may be any bytes, and are paths; what is looked for in a cache may not.
            whole.error(f"{given!a} is no text in {sys.getfilesystemencoding()}")
    if arguments.command not in DRAWING:
        guard_terminals()
    try:
        configuration = load(arguments.config)
        cache = cache_path(configuration, arguments.cache)
        return _command(arguments.command or "board").run(arguments, configuration, cache)
    except ConfigurationError as error:
        # No board is drawn any more, and the name of the file or a key in it may be anything.
        guard_terminals()
        print(error, file=sys.stderr)  # noqa: T201 - what a command is for
        return 2
    except BrokenPipeError:
        # Whoever read our output has seen enough; nothing more can be said to them.
        drop_output()
        return 1


def parser(words: Sequence[str] = ("--help",)) -> argparse.ArgumentParser:
    """The command line, with as many of the subcommands as these words need.

    Loading them all would cost the board a part of its first second.
    """
    whole = argparse.ArgumentParser(
        prog="wallboard",
        description="A real-time wallboard for call centers. Without a command: open the board.",
    )
    whole.add_argument("--version", action="version", version=f"wallboard {__version__}")
    whole.add_argument("--config", type=Path, metavar="FILE", help="the configuration to use")
    whole.add_argument("--cache", type=Path, metavar="FILE", help="the cache to use")
    whole.add_argument("--wall", action="store_true", help="for a screen on the wall: no keys")
    whole.add_argument("--view", action="store_true", help="look and filter only, reveal nothing")
    subparsers = whole.add_subparsers(dest="command", metavar="COMMAND", title="commands")
    named = [name for name in COMMANDS if name in words]
    if named or any(word in {"-h", "--help"} or word[:1] != "-" for word in words):
        for name in named or COMMANDS:
            _command(name).add_to(subparsers)
    for subparser in subparsers.choices.values():
        # Suppressed defaults: what was given before the command must not be undone after it.
        for option, text in (("--config", "the configuration to use"), ("--cache", "the cache")):
            subparser.add_argument(
                option, type=Path, metavar="FILE", help=text, default=argparse.SUPPRESS
            )
    return whole


def _open_streams() -> None:
    """Make standard streams such that everything can be written to them.

    What whoever started this has closed leads to nowhere: no file of ours may take its place.
    """
    for name, number in (("stdin", 0), ("stdout", 1), ("stderr", 2)):
        if getattr(sys, name) is None:
            descriptor = os.open(os.devnull, os.O_RDWR)
            if descriptor != number:
                os.dup2(descriptor, number)
                os.close(descriptor)
            setattr(sys, name, os.fdopen(number, "w" if number else "r", closefd=False))
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            # Data is UTF-8 wherever it goes; a terminal of another encoding is shown what it lacks
            # by its number, as are the bytes of a file's name that are no UTF-8.
            encoding = stream.encoding if stream.isatty() else "utf-8"
            stream.reconfigure(encoding=encoding, errors="backslashreplace")


def _command(name: str) -> Command:
    module = {"import": "import_"}.get(name, name)
    return cast(Command, importlib.import_module(f"wallboard.commands.{module}"))
