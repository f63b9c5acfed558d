"""`wallboard check`: read the configuration, reach each feed, and say what is wrong in words."""

import argparse
import asyncio
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Final

from textual.theme import BUILTIN_THEMES

from wallboard.board.wall_rotation import without_page
from wallboard.cache.errors import CacheError, UnmadeCacheError
from wallboard.cache.lock import holder_of, trouble_of
from wallboard.cache.opening import open_for_reading, size_of
from wallboard.cache.set_aside import damage_in
from wallboard.cache.troubles import DAMAGED, why_unusable
from wallboard.commands.advice import (
    START,
    group_advice,
    place_advice,
    quarantine_advice,
    room_advice,
    unread_advice,
)
from wallboard.commands.command import Subparsers
from wallboard.commands.nearest import unknown
from wallboard.commands.words import give
from wallboard.config import Configuration, Feed, Webhook
from wallboard.counted import counted
from wallboard.feeds.asterisk.probe import probe_asterisk
from wallboard.feeds.probe import Probe, probe
from wallboard.now import now_ms
from wallboard.questions.anew import why_anew
from wallboard.questions.feeds import feeds
from widgets.themes import THEMES

THERE: Final = "is there to be read."
NOT_THERE: Final = "is not a file: put it there, or correct the url of the feed."


def add_to(subparsers: Subparsers) -> None:
    """Add the command to the command line."""
    subparsers.add_parser(
        "check",
        help="check the configuration, the cache and every feed",
        description="Read the configuration, look at the cache, reach each feed once, and say "
        "what is wrong. Exit status 1 when anything is.",
    )


def run(arguments: argparse.Namespace, configuration: Configuration, cache: Path) -> int:
    """Check everything that a board needs; 1 when something is wrong."""
    where = configuration.path
    give(f"✓ configuration  {where or 'none found: every setting has its default'}")
    sound = _check_board(configuration)
    sound = _check_webhooks(configuration) and sound
    sound = _check_cache(cache, configuration.cache.group) and sound
    if not configuration.feeds:
        give(
            "▲ feeds          none configured: add [[feed]] to config.toml, or try `wallboard demo`"
        )
        sound = False
    for feed in configuration.feeds:
        found = _reach(feed, configuration)
        give(f"{'✓' if found.ok else '✖'} feed {feed.name:<9} {found.sentence}")
        sound = sound and found.ok
        for sentence in _as_collected(cache, feed.name) if found.ok else ():
            give(f"▲ feed {feed.name:<9} {sentence}")
    if sound and holder_of(cache) is None:
        give(f"▲ collecting     Nobody collects. {START}")
    return 0 if sound else 1


def _check_board(configuration: Configuration) -> bool:
    """Tell what of [board] cannot be used; the board itself shows the usual instead."""
    board = configuration.board
    wrong = [*board.layout.notices]
    themes = [*BUILTIN_THEMES, *(theme.name for theme in THEMES)]
    if board.theme not in themes:
        wrong.append(unknown("theme", board.theme, themes, f"There are {', '.join(themes)}."))
    passed_over = without_page(board.screens)
    for sentence in (*wrong, *([passed_over] if passed_over else [])):
        give(f"▲ board          {sentence}")
    return not wrong


def _check_webhooks(configuration: Configuration) -> bool:
    """Tell which webhooks of alarms have no address, or no secret to be signed by."""
    wrong: dict[str, None] = {}
    for alarm in configuration.alarms:
        for action in alarm.actions:
            if isinstance(action, Webhook):
                wrong |= dict.fromkeys(action.troubles())
    for sentence in wrong:
        give(f"✖ alarms         {sentence}")
    return not wrong


def _check_cache(cache: Path, group: str) -> bool:
    holder = holder_of(cache)
    if wrong := group_advice(group):
        give(f"✖ cache          {wrong}")
    if not cache.exists():
        if place := place_advice(cache):
            give(f"✖ cache          {place}")
            return False
        give(f"✓ cache          {cache} does not exist yet; it is made when collecting begins")
        _tell(room_advice(cache))
        return not wrong
    try:
        connection = open_for_reading(cache)
    except UnmadeCacheError:
        give(f"✓ cache          {cache} holds nothing yet; it is made when collecting begins")
        return not wrong
    except CacheError as error:
        give(f"✖ cache          {error}")
        _tell(unread_advice(cache, holder))
        return False
    try:
        damage = damage_in(connection)
        if not damage:
            (calls,) = connection.execute("SELECT count(*) FROM calls").fetchone()
            anew = why_anew(connection)
    except sqlite3.Error as error:
        give(f"✖ cache          {why_unusable(error, cache, 'reading')}")
        return False
    finally:
        connection.close()
    if damage:
        give(f"✖ cache          {DAMAGED.format(path=cache, text=damage)}")
        return False
    size = size_of(cache) / 1_000_000
    collected = "nobody" if holder is None else f"process {holder or 'unknown'}"
    found = f"{counted(calls, 'call')}, {size:,.1f} MB, {collected} collects into it"
    give(f"✓ cache          {cache}: {found}")
    _tell(anew, room_advice(cache))
    if trouble := trouble_of(cache):
        give(f"✖ cache          {trouble}")
    return not trouble and not wrong


def _tell(*sentences: str) -> None:
    for sentence in filter(None, sentences):
        give(f"▲ cache          {sentence}")


def _as_collected(cache: Path, name: str) -> Iterator[str]:
    """What the collector finds wrong with a feed that can be reached from here."""
    if not cache.exists():
        return
    try:
        with closing(open_for_reading(cache)) as connection:
            known = [feed for feed in feeds(connection, now_ms()) if feed.feed == name]
    except (CacheError, sqlite3.Error):
        # That was said of the cache already.
        return
    for feed in known:
        if holder_of(cache) is not None and feed.stage in {"stale", "disconnected", "refused"}:
            stage = feed.stage.replace("_", " ")
            yield (
                f"The collector says otherwise ({stage}): {feed.reason} It may have been started "
                "with another token, configuration or user than you have: start it anew."
            )
        yield from quarantine_advice(feed)


def _reach(feed: Feed, configuration: Configuration) -> Probe:
    if feed.scheme in {"ws", "wss"}:
        return asyncio.run(probe(feed))
    if feed.scheme == "asterisk":
        return asyncio.run(probe_asterisk(feed, configuration.asterisk))
    path = Path(feed.url.removeprefix("file://"))
    there = path.is_file()
    return Probe(there, f"{path} {THERE if there else NOT_THERE}")
