"""Which questions are put to the cache for a snapshot, and how often each."""

import sqlite3
import time
from collections.abc import Callable
from typing import Final, Generic, TypeVar

from msgspec.structs import replace

from wallboard.board.call_list import CallList
from wallboard.board.pages import Page, PageReader, Question
from wallboard.board.periods import period_shown
from wallboard.board.snapshot import CallsPage, CallsWanted, Interest, Snapshot
from wallboard.board.trust import moment_shown
from wallboard.config import Configuration
from wallboard.questions.alarms import open_alarms
from wallboard.questions.call import whole_call
from wallboard.questions.feed_answers import FeedHealth
from wallboard.questions.feeds import feeds
from wallboard.questions.floor import floor
from wallboard.questions.floor_answers import Floor
from wallboard.questions.hours import TypicalDay, typical_day
from wallboard.questions.names import Names, names
from wallboard.questions.occupancy import Occupancy, occupancy
from wallboard.questions.past_known import past_known
from wallboard.questions.scope import Scope
from wallboard.questions.tries import tries_of
from wallboard.reporting_time import Calendar

MINUTE_MS: Final = 60_000
TYPICAL_MS: Final = MINUTE_MS
"""The typical day changes only while history is still being fetched: once a minute will do."""

OCCUPANCY_SECONDS: Final = 15.0
"""Half an hour moves little in so long, and adding it up costs as much as all the rest."""
NAMES_SECONDS: Final = 2.0
FLOOR_SECONDS: Final = 10.0
"""How long the floor stands while feeds bring but signs of life: only what goes by the clock
alone, such as an agent who is stuck by now, is then seen so much later."""
COST_SHARE: Final = 0.01
"""What hardly changes may take so much of the time, however much of it there is to read."""

T = TypeVar("T")


class Kept(Generic[T]):
    """An answer that is good for as many seconds as it says, or longer when it was dear."""

    def __init__(self, seconds: Callable[[T], float]) -> None:
        self._seconds = seconds
        self._answer: T | None = None
        self._of: object = None
        self._until = 0.0

    def get(self, of: object, read: Callable[[], T]) -> T:
        """The answer to `of`, read anew when there is none or its time is over."""
        began = time.monotonic()
        if self._answer is None or of != self._of or began >= self._until:
            self._answer, self._of = read(), of
            ended = time.monotonic()
            self._until = ended + max(self._seconds(self._answer), (ended - began) / COST_SHARE)
        return self._answer


class Asking:
    """Reads snapshots from an open cache, and keeps what hardly changes between them."""

    def __init__(self, calendar: Calendar, configuration: Configuration) -> None:
        self._calendar = calendar
        self._configuration = configuration
        self._typical: TypicalDay | None = None
        self._typical_of: tuple[Scope, object, int] | None = None
        self.forget()

    def reckon_by(self, configuration: Configuration) -> None:
        """Answer by other settings from the next snapshot on."""
        self._configuration = configuration

    def forget(self) -> None:
        """Forget what was kept: the next reading is of another file."""
        self._typical_of = None
        self._calls = CallList()
        self._pages = PageReader()
        self._standing: tuple[object, float, Floor] | None = None
        self._names: Kept[Names] = Kept(lambda _: NAMES_SECONDS)
        self._occupancy: Kept[Occupancy] = Kept(
            # What was not known yet, soon may be.
            lambda busy: NAMES_SECONDS if busy.share is None else OCCUPANCY_SECONDS
        )

    def snapshot(
        self,
        connection: sqlite3.Connection,
        interest: Interest,
        now: int,
    ) -> Snapshot:
        """Read what `interest` names, as it is at `now` (UTC ms).

        Or as it was in the past that it names, or when a recording ended. Raises sqlite3.Error
        when the cache cannot be read.
        """
        past = interest.at
        health = feeds(connection, now if past is None else past)
        at = moment_shown(health, self._calendar, now) if past is None else past
        page = self._page(connection, interest, at)
        return Snapshot(
            at=now,
            interest=interest,
            feeds=health,
            floor=self._floor(connection, interest, at, health) if interest.floor else None,
            calls=self._list(connection, interest.calls, at, past) if interest.calls else None,
            call=whole_call(connection, interest.call, at) if interest.call is not None else None,
            names=self._names.get(past, lambda: names(connection, past)),
            page=page,
            is_reading_on=page is not None and self._pages.is_reading,
            past=None if past is None else past_known(connection, past),
            alarms=open_alarms(connection, at),
        )

    def _page(self, connection: sqlite3.Connection, interest: Interest, now: int) -> Page | None:
        if interest.page is None:
            return None
        period = period_shown(self._calendar, interest.period, now, interest.at)
        question = Question(
            connection,
            self._calendar,
            self._configuration,
            interest.scope,
            period,
            now,
            interest.at is not None,
        )
        return self._pages.read(interest.page, question)

    def _list(
        self, connection: sqlite3.Connection, wanted: CallsWanted, at: int, past: int | None
    ) -> CallsPage:
        page = self._calls.read(connection, wanted, at, past, self._configuration.metrics)
        if wanted.filter.state != "not_called_back":
            return page
        return replace(page, tries=tries_of(connection, page.lines, at))

    def _floor(
        self,
        connection: sqlite3.Connection,
        interest: Interest,
        now: int,
        health: tuple[FeedHealth, ...],
    ) -> Floor:
        """The floor, read anew only when an event was applied, a feed stands otherwise, or later.

        Half of the commits on a quiet feed are heartbeats, and each costs SQLite its pages.
        """
        told = tuple(
            (feed.feed, feed.stage, feed.applied, feed.backlog, feed.gaps) for feed in health
        )
        of = (interest.scope, interest.at, now // MINUTE_MS, told, self._configuration)
        if self._standing is not None and any(feed.stage == "live" for feed in health):
            before, until, known = self._standing
            if of == before and time.monotonic() < until:
                return replace(known, at=now)
        found = self._read_floor(connection, interest, now)
        self._standing = of, time.monotonic() + FLOOR_SECONDS, found
        return found

    def _read_floor(self, connection: sqlite3.Connection, interest: Interest, now: int) -> Floor:
        scope = interest.scope
        day = self._calendar.day_of(now)
        typical_of = (scope, day, now // TYPICAL_MS)
        if typical_of != self._typical_of:
            self._typical = typical_day(connection, self._calendar, scope, day)
            self._typical_of = typical_of
        busy = self._occupancy.get((scope, interest.at), lambda: occupancy(connection, scope, now))
        return floor(
            connection, self._calendar, self._configuration, scope, now, self._typical, busy
        )
