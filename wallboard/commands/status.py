"""`wallboard status`: what is true now, or was at a time, as the first screen would show it."""

import argparse
import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Final

import msgspec

from wallboard.board.snapshot import Interest, Snapshot
from wallboard.board.trust import State, Verdict, judge
from wallboard.cache.errors import CacheError, UnmadeCacheError
from wallboard.cache.lock import holder_of, trouble_of
from wallboard.cache.opening import open_for_reading
from wallboard.cache.troubles import why_unusable
from wallboard.commands.advice import NAME_ONE, START, status_advice, unread_advice
from wallboard.commands.asking import AskedWronglyError
from wallboard.commands.command import Subparsers
from wallboard.commands.freshness import RECENT_SECONDS, age_words, newest_event
from wallboard.commands.moments import past_moment_of
from wallboard.commands.status_alarms import alarmed, why_critical
from wallboard.commands.status_text import STATE_WORDS, status_text
from wallboard.commands.status_values import status_values
from wallboard.commands.words import give, say
from wallboard.config import Configuration
from wallboard.now import now_ms
from wallboard.questions.anew import why_anew
from wallboard.questions.feed_answers import FeedHealth
from wallboard.questions.feeds import feeds, quarantine
from wallboard.questions.floor import floor
from wallboard.questions.scope import Scope
from wallboard.questions.view import one_view
from wallboard.reporting_time import Calendar, PeriodError
from widgets.text import visible

PROBES: Final = ("stale", "critical")
_FAILED: Final = {"stale": "The data is not current", "critical": "An alarm is critical"}
LATEST: Final = 5
"""Of what is in quarantine so many are shown."""


def add_to(subparsers: Subparsers) -> None:
    """Add the command to the command line."""
    parser = subparsers.add_parser(
        "status",
        help="print what is true now",
        description="Print what is true now: queues, agents by state, rates, feeds, alarms.",
    )
    parser.add_argument(
        "--at",
        metavar="TIME",
        help="as it was then, such as 14:05, `yesterday 14:05` or 2026-11-01T14:05",
    )
    parser.add_argument(
        "--fail-on",
        metavar="WHAT",
        default="",
        help="exit with status 1 when the data is `stale` or an alarm is `critical`; or both, "
        "as stale,critical. Stale: a feed is disconnected, silent or behind, nobody collects, or "
        "all that was collected are files whose newest event is more than an hour old",
    )
    parser.add_argument("--format", choices=("text", "json"), default="text")


def run(arguments: argparse.Namespace, configuration: Configuration, cache: Path) -> int:
    """Print the status; 1 when the cache cannot be read or a probe fails, 2 for wrong words."""
    calendar = Calendar.of(configuration.reporting)
    now = now_ms()
    try:
        probes = _probes(arguments.fail_on)
        at = _moment(arguments.at, calendar, now)
    except (AskedWronglyError, PeriodError) as error:
        say(str(error))
        return 2
    try:
        with closing(open_for_reading(cache)) as connection, one_view(connection):
            known = floor(connection, calendar, configuration, Scope(), at)
            health = feeds(connection, now)
            latest = quarantine(connection, LATEST)
            calling = alarmed(connection, calendar, configuration, at, now)
            anew = why_anew(connection)
    except CacheError as error:
        say(f"{error} {_unread_advice(cache, configuration, error)}".rstrip())
        return 1
    except sqlite3.Error as error:
        say(why_unusable(error, cache, "reading"))
        return 1
    trouble = trouble_of(cache)
    verdict = _verdict(health, now, configuration, calendar, trouble)
    advice = status_advice(
        verdict,
        health,
        now,
        is_configured=bool(configuration.feeds),
        holder=holder_of(cache),
        trouble=trouble,
    )
    if arguments.format == "json":
        values = status_values(known, health, latest, calling, verdict, calendar, now)
        values["data"]["begun_anew"] = anew or None
        values["advice"] = advice
        give(msgspec.json.format(msgspec.json.encode(values), indent=2).decode())
    else:
        title = configuration.board.title
        give(status_text(known, health, latest, calling, verdict, calendar, title, now))
        if anew:
            give(f"\n! {anew}")
        if advice:
            give("\nNEXT")
        for sentence in advice:
            give(f"  {visible(sentence)}")
    failures = {
        "stale": _why_stale(verdict, newest_event(health), now, calendar),
        "critical": why_critical(calling.alarms, at),
    }
    return int(_fails(probes, failures))


def _probes(fail_on: str) -> list[str]:
    """What is to fail the command. Raises AskedWronglyError for what is no probe."""
    probes = [word.strip() for word in fail_on.split(",") if word.strip()]
    if wrong := [word for word in probes if word not in PROBES]:
        raise AskedWronglyError(
            f"--fail-on names {wrong[0]!r} where {' or '.join(PROBES)} is expected."
        )
    return probes


def _moment(typed: str | None, calendar: Calendar, now: int) -> int:
    """The moment (UTC ms) that is asked for; of one that the clock showed twice it says which.

    Raises PeriodError for what is no moment, AskedWronglyError for one to come.
    """
    if not typed:
        return now
    moment = past_moment_of(calendar, "--at", typed, now)
    if moment.said:
        say(moment.said)
    if moment.at > now:
        raise AskedWronglyError(
            f"--at is {calendar.format_time(moment.at)}, and it is {calendar.format_time(now)} "
            "now: what will be true then is not known."
        )
    return moment.at


def _unread_advice(cache: Path, configuration: Configuration, error: CacheError) -> str:
    """What to do about a cache that cannot be opened."""
    holder = holder_of(cache)
    if cache.exists() and not (isinstance(error, UnmadeCacheError) and holder is None):
        return unread_advice(cache, holder)
    return START if configuration.feeds else NAME_ONE


def _fails(probes: Sequence[str], failures: Mapping[str, str]) -> bool:
    """Whether any of the probes fails, which is said with the reason."""
    failed = [probe for probe in PROBES if probe in probes and failures[probe]]
    for probe in failed:
        say(f"{_FAILED[probe]}: {failures[probe]}.")
    return bool(failed)


def _why_stale(verdict: Verdict, newest: int | None, now: int, calendar: Calendar) -> str:
    """Why the data is not what is true now, empty when it is."""
    if verdict.state is State.LIVE:
        return ""
    if verdict.state is State.FINISHED:
        is_recent = newest is not None and (now - newest) / 1_000 <= RECENT_SECONDS
        return "" if is_recent else age_words(newest, now, calendar).removesuffix(".")
    detail = f": {verdict.detail.removesuffix('.')}" if verdict.detail else ""
    return f"{STATE_WORDS[verdict.state]}{detail}"


def _verdict(
    health: tuple[FeedHealth, ...],
    now: int,
    configuration: Configuration,
    calendar: Calendar,
    trouble: str,
) -> Verdict:
    """What can be said of the data, in the words of the board; `trouble` is the collector's."""
    snapshot = Snapshot(at=now, interest=Interest(), feeds=health)
    configured = [(feed.name, feed.url) for feed in configuration.feeds]

    def moment(ms: int) -> str:
        """The clock alone would be misread where the day is another."""
        is_today = calendar.day_of(ms) == calendar.day_of(now)
        return calendar.format_clock(ms) if is_today else calendar.format_time(ms)

    return judge(snapshot, now, configured=configured, clock=moment, collector=trouble)
