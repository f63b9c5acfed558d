"""One round of evaluation: what is due is measured, judged, and written, in bounded time.

What cannot be looked at is told, and holds up nothing else. A question that takes long is answered
aside, by a thread of its own, so that no quick one waits for it.
"""

import sqlite3
import time
from collections.abc import Callable, Iterable
from datetime import date
from typing import Final

from wallboard.alarms import states
from wallboard.alarms.aside import Aside
from wallboard.alarms.book import AlarmBook
from wallboard.alarms.evaluated import ALL, read_evaluated, write_evaluated
from wallboard.alarms.failures import Failures, is_of_all
from wallboard.alarms.measured_values import observations
from wallboard.alarms.pace import Pace
from wallboard.alarms.rules import Observation, Rule, rules_of
from wallboard.alarms.states import feed_states, strange_states
from wallboard.alarms.thresholds import Group, Measured, grouped, measure
from wallboard.alarms.troubles import write_troubles
from wallboard.attempt import Failed, Outcome, attempt
from wallboard.config import Configuration
from wallboard.questions.feed_answers import FeedHealth
from wallboard.questions.feeds import feeds
from wallboard.questions.names import Names, names
from wallboard.questions.silent_calls import SilentCall, silent_calls
from wallboard.questions.sources import sources_of_feeds
from wallboard.questions.stoppable import stoppable
from wallboard.reporting_time import Calendar

SILENT_SECONDS: Final = 30.0
"""How often calls that fell silent are looked for."""
LONGEST_SECONDS: Final = 15.0
"""A question that takes longer is given up, and asked again after a while."""

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
        self._pace = Pace()
        self._failures = Failures()
        self._aside = aside
        self._asked: tuple[Group, float] | None = None
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
        self._pace.begin_anew()
        known = {rule.id for rule in rules}
        for rule in self._book.thresholds() - known:
            self._book.over(rule, NOT_CONFIGURED)
        known |= {STATES, ALL}
        self._failures.keep(known)
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
            self._try_states(named, live, now)
            if not any(feed.stage == "catching_up" for feed in going):
                self._take_answer(named, now)
                for group in self._groups:
                    self._judge_thresholds(group, named, now)
        posted = self._book.write(now)
        write_troubles(self._writing, self._failures.sentences, now)
        self._evaluated[ALL] = now
        self._written = write_evaluated(self._writing, self._evaluated, self._written)
        return posted

    def _judge_feeds(self, going: tuple[FeedHealth, ...], now: int) -> None:
        self._judge(feed_states(going, now), states.OF_FEEDS, "", now)

    def _try_states(self, named: Names, live: set[str], now: int) -> None:
        error = attempt(lambda: self._judge_states(named, live, now)).error
        if error is None:
            self._failures.evaluated(STATES)
        elif is_of_all(error):
            raise error
        else:
            self._failures.failed((STATES,), error)

    def _judge_states(self, named: Names, live: set[str], now: int) -> None:
        began = self._stopwatch()
        if began >= self._silent_due:
            before = now - round(states.CALL_SILENT_SECONDS * 1_000)
            self._silent = silent_calls(self._reading, before)
            self._silent_due = began + SILENT_SECONDS
        by_source: dict[int, list[Observation]] = {}
        for seen in strange_states(self._reading, self._configuration, named, self._silent, now):
            if seen.source is not None:
                by_source.setdefault(seen.source, []).append(seen)
        for rule in states.OF_EVENTS:
            for key in self._book.keys(rule):
                by_source.setdefault(int(key.partition("/")[0]), [])
        for source in sources_of_feeds(self._reading, by_source, live):
            self._judge(by_source[source], states.OF_EVENTS, f"{source}/", now)

    def _judge(self, found: Iterable[Observation], rules: Iterable[str], of: str, now: int) -> None:
        """Take in what was found of these rules, and that there is no more among keys `of`."""
        keys: dict[str, list[str]] = {rule: [] for rule in rules}
        for seen in found:
            self._book.see(seen, now)
            keys[seen.rule].append(seen.key)
        for rule, known in keys.items():
            self._book.see_no_other(rule, known, now, of)

    def _judge_thresholds(self, group: Group, named: Names, now: int) -> None:
        began = self._stopwatch()
        if not self._pace.is_due(group, began):
            return
        if group.window == "today":
            self._turn_the_day(group.rules, now)
        if self._aside is not None and self._pace.is_slow(group):
            if self._aside.is_free:
                self._asked = (group, began)
                self._aside.ask(lambda reading: self._measured(reading, group, named, now))
            return
        outcome = attempt(lambda: self._measured(self._reading, group, named, now))
        if outcome.error is not None and is_of_all(outcome.error):
            raise outcome.error
        self._judge_outcome(group, outcome, began, named, now)

    def _take_answer(self, named: Names, now: int) -> None:
        """Judge what was answered aside meanwhile."""
        if self._aside is None or self._asked is None or (answer := self._aside.take()) is None:
            return
        (group, began), self._asked = self._asked, None
        if group in self._groups:
            self._judge_outcome(group, answer, began, named, now)

    def _judge_outcome(
        self, group: Group, outcome: Outcome[Measured | None], began: float, named: Names, now: int
    ) -> None:
        """Judge the values of a group, or say that it cannot be reckoned: the others go on."""
        if isinstance(outcome, Failed):
            self._pace.failed(group, began)
            self._failures.failed([rule.id for rule in group.rules], outcome.error)
            return
        measured = outcome.value
        self._pace.answered(group, began, self._stopwatch() - began, measured)
        for rule in group.rules:
            if measured is None:
                self._failures.evaluated(rule.id, TOO_LONG)
                continue
            self._failures.evaluated(rule.id, measured.troubles.get(rule.id))
            if rule.id in measured.readings:
                for seen in observations(rule, measured, self._book.keys(rule.id), named):
                    self._book.see(seen, now)
                self._evaluated[rule.id] = now

    def _measured(
        self, reading: sqlite3.Connection, group: Group, named: Names, now: int
    ) -> Measured | None:
        """The values, None when they take too long to reckon."""
        deadline = self._stopwatch() + LONGEST_SECONDS
        return stoppable(
            reading,
            lambda: self._stopwatch() > deadline,
            lambda: measure(reading, group, self._calendar, self._metrics, named, now),
        )

    def _turn_the_day(self, rules: Iterable[Rule], now: int) -> None:
        """What was raised over a day ends with it."""
        today: date = self._calendar.day_of(now)
        for rule in rules:
            at = self._book.oldest_raised(rule.id)
            if at is not None and self._calendar.day_of(at) < today:
                self._book.over(rule.id, DAY_OVER)
