"""`wallboard record`: the raw messages of a feed into a file, to reproduce a fault."""

import argparse
import asyncio
import gzip
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from wallboard.collector.stopping import told_to_stop
from wallboard.commands.command import Subparsers
from wallboard.commands.words import Progress, say
from wallboard.config import Asterisk, Configuration, Feed
from wallboard.counted import counted
from wallboard.feeds.recorder import Lines, RecordingError, Write, record


def add_to(subparsers: Subparsers) -> None:
    """Add the command to the command line."""
    parser = subparsers.add_parser(
        "record",
        help="the raw messages of a feed into a file",
        description="Record what a configured feed says, with the times of arrival, as JSON Lines "
        "(gzip where the name ends in .gz), until stopped. Secrets are left out. What is recorded "
        "of an Asterisk is read by `wallboard import --as asterisk`, else by `wallboard import`.",
    )
    parser.add_argument("feed", nargs="?", metavar="FEED", help="its name, where there are several")
    parser.add_argument("--output", type=Path, required=True, metavar="FILE")
    parser.add_argument("--for", dest="seconds", type=_seconds, metavar="SECONDS", help="then stop")
    parser.add_argument(
        "--mask",
        action="store_true",
        help="replace phone numbers and names by others, the same by the same",
    )


def _seconds(text: str) -> float:
    seconds = float(text)
    if not 0 < seconds < 1e9:
        raise argparse.ArgumentTypeError("a number of seconds above 0 is expected")
    return seconds


def run(arguments: argparse.Namespace, configuration: Configuration, cache: Path) -> int:
    """Record until stopped; 1 when the feed cannot be recorded, 2 when there is none such."""
    feed = _feed(configuration.feeds, arguments.feed)
    if feed is None:
        return 2
    progress = Progress()
    try:
        with _output(arguments.output) as write:
            lines = Lines(write, mask=arguments.mask)
            try:
                asyncio.run(
                    _record(feed, configuration.asterisk, lines, arguments.seconds, progress)
                )
            finally:
                progress.clear()
                say(f"{counted(lines.count, 'message')} recorded in {arguments.output}.")
    except RecordingError as error:
        say(str(error))
        return 1
    except OSError as error:
        say(f"{arguments.output} cannot be written: {error.strerror or error}.")
        return 1
    return 0


async def _record(
    feed: Feed, settings: Asterisk, lines: Lines, seconds: float | None, progress: Progress
) -> None:
    with told_to_stop() as stopping:
        if seconds is not None:
            asyncio.get_running_loop().call_later(seconds, stopping.tell)
        showing = asyncio.create_task(_show(feed, lines, progress))
        try:
            await record(feed, settings, lines, stop=stopping.event, said=say)
        finally:
            showing.cancel()


async def _show(feed: Feed, lines: Lines, progress: Progress) -> None:
    while True:
        progress.show(f"{feed.name}: {counted(lines.count, 'message')}")
        await asyncio.sleep(0.5)


def _feed(feeds: tuple[Feed, ...], name: str | None) -> Feed | None:
    """The feed of a name, or the only one; None, with a sentence said, where there is none."""
    names = ", ".join(feed.name for feed in feeds)
    if not feeds:
        say("No feed is configured: name one under [[feed]] in config.toml.")
    elif name is None and len(feeds) == 1:
        return feeds[0]
    elif name is None:
        say(f"Several feeds are configured: say which ({names}).")
    else:
        for feed in feeds:
            if feed.name == name:
                return feed
        say(f"There is no feed “{name}”: {names} {'is' if len(feeds) == 1 else 'are'} configured.")
    return None


@contextmanager
def _output(path: Path) -> Iterator[Write]:
    """What writes into a new file that its owner alone may read: it holds calls of people."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    # Each line at once: what was recorded of a machine that dies is what one wants to see.
    with os.fdopen(descriptor, "wb", buffering=0) as raw:
        if path.suffix == ".gz":
            with gzip.GzipFile(filename="", fileobj=raw, mode="wb") as packed:
                yield packed.write
        else:
            yield raw.write
