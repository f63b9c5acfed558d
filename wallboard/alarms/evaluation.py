"""One round of evaluation: what is due is measured, judged, and written, in bounded time.

What cannot be looked at is told, and holds up nothing else. A question that takes long is answered
aside, by a thread of its own, so that no quick one waits for it.
"""

import logging
import sqlite3
import time
from collections.abc import Callable, Iterable
from datetime import date
from typing import Final

from wallboard.alarms import states
from wallboard.alarms.aside import Aside
from wallboard.alarms.book import AlarmBook
from wallboard.alarms.evaluated import ALL, Evaluated, read_evaluated, write_evaluated
from wallboard.alarms.machine import Reading
from wallboard.alarms.rules import THRESHOLD, Observation, Rule, rules_of
from wallboard.alarms.states import feed_states, strange_states
from wallboard.alarms.thresholds import STILL_TO_COME, Group, Measured, grouped, measure
from wallboard.alarms.troubles import write_troubles
from wallboard.config import Configuration
from wallboard.metrics.catalogue import BY_SLUG
from wallboard.questions.answers import FeedHealth
from wallboard.questions.feeds import feeds
from wallboard.questions.names import Names, names
from wallboard.questions.silent_calls import SilentCall, silent_calls
from wallboard.reporting_time import Calendar

log = logging.getLogger(__name__)

OFTEN_SECONDS: Final = 5.0
SELDOM_SECONDS: Final = 60.0
"""How often a threshold is looked at, at most: thirty days move little in a minute."""
SILENT_SECONDS: Final = 30.0
COST_SHARE: Final = 0.05
"""No question may take more of the time than this: what is dear is asked less often."""
SLOW_SECONDS: Final = 0.25
"""What takes longer is answered aside from then on, as what is over 30 days is from the first."""
SLOW_SHARE: Final = 0.01
"""And takes no more of the time than this: 6 s every 10 minutes."""
LONGEST_SECONDS: Final = 15.0
"""A question that takes longer is given up, and asked again after a while."""
GIVEN_UP_SECONDS: Final = 600.0
STEPS: Final = 20_000
"""Steps of SQLite between two looks at the clock."""

FAILED_SECONDS: Final = 30.0
"""What could not be looked at is tried again after so long."""

STATES: Final = "states"
"""Stands for what is stuck or impossible, among the rules that cannot be evaluated."""
NOT_CONFIGURED: Final = "it is configured no more"
DAY_OVER: Final = "its day is over"
TOO_LONG: Final = f"It takes longer than {LONGEST_SECONDS:g} s to reckon, and is tried again later."


class Evaluation:
    """Judges every alarm of one cache. For one thread; `reading` is its connection alone."""

    def __init__(
        self, reading: sqlite3.Connection, writing: sqlite3.Connection, book: AlarmBook,
        configuration: Configuration, stopwatch: Callable[[], float] = time.monotonic,
        aside: Aside[Measured | None] | None = None,
    ) -> None:  # fmt: skip
        self._reading = reading
        self._writing = writing
        self._book = book
        self._stopwatch = stopwatch
        self._calendar = Calendar.of(configuration.reporting)
        self._metrics = configuration.metrics
        self._configuration = configuration
        self._groups: tuple[Group, ...] = ()
        self._due: dict[Group, float] = {}
        self._troubles: dict[str, str] = {}
        self._told: set[tuple[str, str]] = set()
        self._aside = aside
        self._asked: tuple[Group, float] | None = None
        self._slow: set[Group] = set()
        self._written = read_evaluated(writing)
        self._evaluated = dict(self._written)
        self._silent: tuple[SilentCall, ...] = ()
        self._silent_due = 0.0
        self.become(configuration)

    def become(self, configuration: Configuration) -> None:
        """Judge by these alarms and limits. What figures rest on stays as it was at the start."""
        self._configuration = configuration
        rules = rules_of(configuration.alarms)
        self._groups = grouped(rules)
        self._due = {}
        known = {rule.id for rule in rules}
        for rule in self._book.thresholds() - known:
            self._book.over(rule, NOT_CONFIGURED)
        known |= {STATES, ALL}
        self._troubles = {rule: text for rule, text in self._troubles.items() if rule in known}
        self._evaluated = {rule: at for rule, at in self._evaluated.items() if rule in known}

    def round(self, now: int) -> bool:
        """Judge what is due at `now` (UTC ms); tell whether there is anything to post.

        Raises sqlite3.Error when the cache cannot be read or written.
        """
        health = feeds(self._reading, now)
        going = tuple(feed for feed in health if feed.stage != "finished")
        self._judge_feeds(going, now)
        live = {feed.feed for feed in going if feed.stage == "live"}
        if live:
            named = names(self._reading)
            self._try_states(named, self._sources(live), now)
            if not any(feed.stage == "catching_up" for feed in going):
                self._take_answer(named, now)
                for group in self._groups:
                    self._judge_thresholds(group, named, now)
        posted = self._book.write(now)
        write_troubles(self._writing, self._troubles, now)
        self._evaluated[ALL] = Evaluated(now, 0, now)
        self._written = write_evaluated(self._writing, self._evaluated, self._written)
        return posted

    def _judge_feeds(self, going: tuple[FeedHealth, ...], now: int) -> None:
        self._judge(feed_states(going, now), states.OF_FEEDS, "", now)

    def _try_states(self, named: Names, sources: frozenset[int], now: int) -> None:
        try:
            self._judge_states(named, sources, now)
        except Exception as error:
            if _is_of_all(error):
                raise
            self._fail((STATES,), error)
        else:
            self._recover((STATES,))

    def _judge_states(self, named: Names, sources: frozenset[int], now: int) -> None:
        began = self._stopwatch()
        if began >= self._silent_due:
            before = now - round(states.CALL_SILENT_SECONDS * 1_000)
            self._silent = silent_calls(self._reading, before)
            self._silent_due = began + SILENT_SECONDS
        found = list(
            strange_states(self._reading, self._configuration, named, self._silent, sources, now)
        )
        for source in sources:
            of = [seen for seen in found if seen.source == source]
            self._judge(of, states.OF_EVENTS, f"{source}/", now)

    def _judge(self, found: Iterable[Observation], rules: Iterable[str], of: str, now: int) -> None:
        """Take in what was found of these rules, and that there is no more among keys `of`."""
        keys: dict[str, list[str]] = {rule: [] for rule in rules}
        for seen in found:
            self._book.see(seen, now)
            keys[seen.rule].append(seen.key)
        for rule, known in keys.items():
            self._book.see_no_other(rule, known, now, of)

    def _sources(self, live: set[str]) -> frozenset[int]:
        """The sources whose events come now."""
        rows = self._reading.execute("SELECT source, feed FROM sources").fetchall()
        return frozenset(source for source, feed in rows if feed in live)

    def _judge_thresholds(self, group: Group, named: Names, now: int) -> None:
        began = self._stopwatch()
        if began < self._due.get(group, 0.0):
            return
        if group.window == "today":
            self._turn_the_day(group.rules, now)
        if self._aside is not None and (group.window == "30d" or group in self._slow):
            if self._aside.is_free:
                self._asked = (group, began)
                self._aside.ask(lambda reading: self._measured(reading, group, named, now))
            return
        try:
            measured = self._measured(self._reading, group, named, now)
        except Exception as error:
            if _is_of_all(error):
                raise
            self._give_up(group, began, error)
        else:
            self._judge_measured(group, measured, began, named, now)

    def _take_answer(self, named: Names, now: int) -> None:
        """Judge what was answered aside meanwhile."""
        if self._aside is None or self._asked is None or (done := self._aside.take()) is None:
            return
        (group, began), self._asked = self._asked, None
        if group not in self._groups:
            return
        if done.error is not None:
            self._give_up(group, began, done.error)
        else:
            self._judge_measured(group, done.answer, began, named, now)

    def _judge_measured(
        self, group: Group, measured: Measured | None, began: float, named: Names, now: int
    ) -> None:
        """Judge the values of a group, None where they took too long to reckon."""
        took = self._stopwatch() - began
        is_slow = took > SLOW_SECONDS
        if is_slow:
            self._slow.add(group)
        least = SELDOM_SECONDS if group.window == "30d" else OFTEN_SECONDS
        rest = max(0.0 if group.is_live else least, took / (SLOW_SHARE if is_slow else COST_SHARE))
        if measured is None:
            rest = GIVEN_UP_SECONDS
        elif STILL_TO_COME in measured.troubles.values():
            rest = OFTEN_SECONDS
        self._due[group] = began + rest
        self._recover([rule.id for rule in group.rules])
        for rule in group.rules:
            self._troubles.pop(rule.id, None)
            if measured is None:
                self._troubles[rule.id] = TOO_LONG
                continue
            if rule.id in measured.troubles:
                self._troubles[rule.id] = measured.troubles[rule.id]
            if rule.id in measured.readings:
                self._take(rule, measured, named, now)
                due = now + round((rest - took) * 1_000)
                self._evaluated[rule.id] = Evaluated(now, round(took * 1_000), due)

    def _give_up(self, group: Group, began: float, error: Exception) -> None:
        """Say of a group that it cannot be reckoned, and go on with the others."""
        self._due[group] = began + FAILED_SECONDS
        self._fail([rule.id for rule in group.rules], error)

    def _fail(self, rules: Iterable[str], error: Exception) -> None:
        why = reason_of(error)
        for rule in rules:
            self._troubles[rule] = f"{why} It is tried again."
            kind = (rule, type(error).__name__)
            if kind not in self._told:
                self._told.add(kind)
                log.error("The alarm %s cannot be evaluated: %s", rule, why, exc_info=error)

    def _recover(self, rules: Iterable[str]) -> None:
        for rule in rules:
            told = {one for one in self._told if one[0] == rule}
            if told:
                self._told -= told
                self._troubles.pop(rule, None)
                log.info("The alarm %s is evaluated again.", rule)

    def _measured(
        self, reading: sqlite3.Connection, group: Group, named: Names, now: int
    ) -> Measured | None:
        """The values, None when they take too long to reckon."""
        deadline = self._stopwatch() + LONGEST_SECONDS
        reading.set_progress_handler(lambda: self._stopwatch() > deadline, STEPS)
        try:
            return measure(reading, group, self._calendar, self._metrics, named, now)
        except sqlite3.OperationalError as error:
            if "interrupted" not in str(error) or self._stopwatch() <= deadline:
                # Not for the time it takes: who interrupts it wants no answer any more.
                raise
            return None
        finally:
            reading.set_progress_handler(None, 0)

    def _take(self, rule: Rule, measured: Measured, named: Names, now: int) -> None:
        if rule.id not in measured.readings:
            return
        metric = BY_SLUG[rule.metric]
        readings = dict(measured.readings[rule.id])
        if rule.id not in measured.troubles:
            # What is counted, and is there no more, is none.
            nothing = Reading(0.0 if metric.unit == "count" else None)
            readings = dict.fromkeys(self._book.keys(rule.id), nothing) | readings
        words = metric.title + ("" if rule.is_live else f", {_WINDOWS[rule.window]}")
        known = _names_by(rule.by, named)
        for key, reading in readings.items():
            self._book.see(
                Observation(
                    rule.id, key, THRESHOLD, rule.limits, reading, known.get(key, key),
                    words, metric.unit, rule.metric, rule.by, rule.window, actions=rule.actions,
                ),
                now,
            )  # fmt: skip

    def _turn_the_day(self, rules: Iterable[Rule], now: int) -> None:
        """What was raised over a day ends with it."""
        today: date = self._calendar.day_of(now)
        for rule in rules:
            at = self._book.oldest_raised(rule.id)
            if at is not None and self._calendar.day_of(at) < today:
                self._book.over(rule.id, DAY_OVER)


def reason_of(error: Exception) -> str:
    """Why something could not be looked at, as a sentence."""
    said = str(error) or type(error).__name__
    if isinstance(error, sqlite3.Error):
        return f"The cache cannot be read for it ({said})."
    return f"It cannot be reckoned ({type(error).__name__}: {said})."


def _is_of_all(error: Exception) -> bool:
    """Whether it concerns all that is read or written, not one question alone."""
    passing = ("locked", "busy", "interrupted")
    return isinstance(error, sqlite3.OperationalError) and any(w in str(error) for w in passing)


_WINDOWS: Final = {
    "now": "15 minutes",
    "15m": "15 minutes",
    "30m": "30 minutes",
    "60m": "60 minutes",
    "today": "today",
    "30d": "30 days",
}


def _names_by(by: str, named: Names) -> dict[str, str]:
    known = {"campaign": named.campaigns, "queue": named.queues, "agent": named.agents}.get(by, ())
    return {name.id: name.name for name in known}
