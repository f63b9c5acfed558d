"""What a screen shows of a period: asked step by step, so that no question holds up the rest.

A page may take many questions. They are asked one after another between the snapshots, and what is
known so far is shown meanwhile.
"""

import sqlite3
import time
from collections.abc import Iterator
from typing import Final, Protocol

from msgspec import Struct

from wallboard.config import Configuration
from wallboard.questions.scope import Scope
from wallboard.reporting_time import Calendar, Period

STEP_SECONDS: Final = 0.1
"""How long the questions of a page may take before what is known so far is shown."""

COST_SHARE: Final = 0.1
"""What was dear is good for so much longer: reading takes no more of the time than that."""


class Question(Struct, frozen=True):
    """What a page is asked with. `now` is UTC ms; `period` is the one that is looked at.

    `is_past`: `now` is an instant that somebody went back to.
    """

    connection: sqlite3.Connection
    calendar: Calendar
    configuration: Configuration
    scope: Scope
    period: Period
    now: int
    is_past: bool = False


class PageWanted(Protocol):
    """What a page is to hold; equal ones are the same page."""

    @property
    def fresh_seconds(self) -> float:
        """After so long it is read again."""
        ...

    def read(self, question: Question) -> Iterator[object]:
        """The contents, ever more complete; each step leaves no statement open.

        Contents are plain frozen values. Raises sqlite3.Error.
        """
        ...


class Page(Struct, frozen=True, eq=False):
    """A page as far as it was read; `content` is None before anything was, `read_at` UTC ms."""

    wanted: PageWanted
    content: object
    is_done: bool
    read_at: int


class PageReader:
    """Reads one page at a time, and reads it again when it is no longer fresh."""

    def __init__(self) -> None:
        self._of: object = None
        self._page: Page | None = None
        self._steps: Iterator[object] | None = None
        self._fresh_until = 0.0
        self._spent = 0.0

    def read(self, wanted: PageWanted, question: Question) -> Page:
        """The page as far as it is known after some more steps."""
        period = (question.period.start_ms, question.period.end_ms)
        past = question.now if question.is_past else None
        of = (wanted, question.scope, period, question.configuration, past)
        began = time.monotonic()
        if of != self._of:
            self._of, self._page, self._steps = of, None, wanted.read(question)
            self._spent = 0.0
        elif self._steps is None and began >= self._fresh_until:
            self._steps = wanted.read(question)
            self._spent = 0.0
        page = self._page or Page(wanted, None, is_done=False, read_at=question.now)
        if self._steps is None:
            return page
        is_first = page.content is None
        content = page.content
        is_done = False
        while not is_done and time.monotonic() - began < STEP_SECONDS:
            try:
                content = next(self._steps)
            except StopIteration:
                is_done = True
        self._spent += time.monotonic() - began
        if is_done:
            self._steps = None
            good = max(wanted.fresh_seconds, self._spent / COST_SHARE)
            self._fresh_until = time.monotonic() + good
        # While a page is read again, what was whole before stays until it is whole again.
        if is_done or is_first or not page.is_done:
            page = Page(wanted, content, is_done, question.now)
        self._page = page
        return page

    @property
    def is_reading(self) -> bool:
        """Whether the page in hand has steps left."""
        return self._steps is not None
