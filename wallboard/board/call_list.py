"""A list of calls of any length: live at its top, standing still further down."""

import sqlite3
import time
from typing import Final

from wallboard.board.longest_list import LongestList
from wallboard.board.snapshot import LENGTHS, CallsPage, CallsWanted, Order
from wallboard.config import Metrics
from wallboard.metrics.mapped import mapped
from wallboard.questions.asked_calls import Asked, asked_of
from wallboard.questions.call_answers import CallLine
from wallboard.questions.call_filter import CallFilter
from wallboard.questions.call_parts import Cursor
from wallboard.questions.call_skip import skip_to
from wallboard.questions.calls import PATIENCE_SECONDS, USUAL, Count, count_of, page_of
from wallboard.questions.oldest_calls import oldest_of, skip_oldest
from wallboard.questions.sought_calls import SoughtCalls, is_worth_seeking

PIECE: Final = 256
"""Calls read at a time on the way down."""
BUDGET_SECONDS: Final = 0.15
"""How long one reading may look; what is not found by then is looked for at the next."""
EAGER_SECONDS: Final = 0.05
"""What the newest calls hardly begin to bring by then, is sought among all."""
SOON: Final = 8
"""Where this part of what is wanted was found by then, the rest is soon found likewise."""
COUNT_MS: Final = 5_000
COUNT_SHARE: Final = 0.01
"""What is dear to count is counted less often: it takes no more of the time than that."""
KEPT: Final = 2_000
FAR: Final = 2_000
"""Calls that are not worth reading only to come past them."""
PLAIN: Final = CallFilter()


class CallList:
    """Answers which calls stand from an offset on.

    At the top the list is read anew each time. Further down it stays as it was when the reader left
    the top, so that rows do not move under the eye and an offset keeps its meaning.
    """

    def __init__(self, far: int = FAR, seconds: float = BUDGET_SECONDS) -> None:
        self._far = far
        self._seconds = seconds
        self._patience = min(PATIENCE_SECONDS, seconds)
        self._filter: CallFilter | None = None
        self._order: Order = "newest"
        self._reached: int | None = None
        self._past: int | None = None
        self._as_of = 0
        self._cursors: list[tuple[int, Cursor | None]] = [(0, None)]
        self._kept: dict[int, CallLine] = {}
        self._end: int | None = None
        self._is_searching = False
        self._count = Count(0, False)
        self._counted = 0
        self._good_ms = float(COUNT_MS)
        self._longest = LongestList()
        self._sought: SoughtCalls | None = None
        self._seeking: SoughtCalls | None = None

    def read(
        self,
        connection: sqlite3.Connection,
        wanted: CallsWanted,
        now: int,
        past: int | None = None,
        metrics: Metrics = USUAL,
    ) -> CallsPage:
        """Read what is wanted, as much as the budget allows.

        `past` is the instant (UTC ms) that somebody went back to, None while `now` goes on: of
        another instant the list is another. `metrics` are what calls are judged by.
        """
        is_new = wanted.filter != self._filter or past != self._past
        is_other = is_new or wanted.order != self._order
        self._past = past
        if is_new:
            self._sought = self._seeking = None
        if is_other or (wanted.offset == 0 and not self._is_searching and not wanted.is_stopped):
            self._begin(wanted, now)
        is_by_length = wanted.order in LENGTHS
        as_of = now if is_by_length else self._as_of
        with asked_of(connection, wanted.filter, as_of, metrics) as asked:
            if is_new or now - self._counted >= self._good_ms:
                self._count_anew(asked, now)
            if is_by_length:
                return self._longest.page(asked, wanted, past, self._count, self._seconds)
            self._look(asked, wanted)
        lines: list[CallLine] = []
        while (line := self._kept.get(wanted.offset + len(lines))) is not None:
            lines.append(line)
        reached = max(self._kept, default=-1) + 1
        total = self._end
        if total is None:
            is_open = self._is_searching or wanted.is_stopped
            total = max(self._count.calls, reached if is_open else reached + 1)
        return CallsPage(
            wanted=wanted,
            lines=tuple(lines[: wanted.count]),
            total=total,
            is_all=self._end is not None or self._count.is_all,
            is_searching=self._is_searching,
            as_of=self._as_of if wanted.offset else None,
            reached=self._reached if self._is_searching or wanted.is_stopped else None,
        )

    def _count_anew(self, asked: Asked, now: int) -> None:
        began = time.monotonic()
        self._count = count_of(asked, PATIENCE_SECONDS)
        self._counted = now
        took_ms = (time.monotonic() - began) * 1_000
        self._good_ms = max(COUNT_MS, took_ms / COUNT_SHARE)

    def _begin(self, wanted: CallsWanted, now: int) -> None:
        self._filter = wanted.filter
        self._order = wanted.order
        self._reached = None
        self._as_of = now
        self._cursors = [(0, None)]
        self._kept = {}
        self._end = None

    def _look(self, asked: Asked, wanted: CallsWanted) -> None:
        """Read on from the nearest place known until all is there or the time is up."""
        began = time.monotonic()
        can_seek = self._sought is None and self._seeking is None and is_worth_seeking(asked)
        deadline = began + (min(self._seconds, EAGER_SECONDS) if can_seek else self._seconds)
        self._kept = {
            at: line
            for at, line in self._kept.items()
            if -KEPT < at - wanted.offset < wanted.count + KEPT
        }
        self._is_searching = False
        if wanted.is_stopped:
            return
        asked = self._named(asked)
        if self._is_searching:
            return
        self._skip(asked, wanted)
        read = oldest_of if wanted.order == "oldest" else page_of
        has_read = False
        while (missing := self._missing(wanted)) is not None:
            if has_read and can_seek and time.monotonic() > deadline:
                can_seek, deadline = False, began + self._seconds
                if SOON * (missing - wanted.offset) < wanted.count:
                    self._seeking, self._is_searching = SoughtCalls(), True
                    return
            if has_read and time.monotonic() > deadline:
                self._is_searching = True
                return
            has_read = True
            offset, cursor = max(
                (known for known in self._cursors if known[0] <= missing), key=lambda at: at[0]
            )
            patience = max(self._patience, deadline - time.monotonic())
            page = read(asked, PIECE, cursor, patience)
            self._reached = page.looked_back_to
            for at, line in enumerate(page.lines, offset):
                self._kept[at] = line
            if page.next is None:
                self._end = offset + len(page.lines)
                continue
            following = offset + len(page.lines)
            # A search that found nothing has come further all the same: its cursor replaces ours.
            self._cursors = [known for known in self._cursors if known[0] != following]
            self._cursors.append((following, page.next))

    def _named(self, asked: Asked) -> Asked:
        """What is asked, with all the calls that it is of named where they had to be sought.

        While they are sought for the first time, the list is being searched.
        """
        if self._sought is not None and self._sought.is_old and self._seeking is None:
            self._seeking = SoughtCalls()
        if self._seeking is not None and not self._seeking.is_many:
            with mapped(asked.connection):
                self._seeking.look_on(asked, self._seconds)
            if self._seeking.is_whole:
                self._sought, self._seeking = self._seeking, None
            elif self._sought is None and not self._seeking.is_many:
                self._is_searching = True
        numbers = None if self._sought is None else self._sought.numbers(asked)
        return asked if numbers is None else asked._replace(named=numbers)

    def _skip(self, asked: Asked, wanted: CallsWanted) -> None:
        """Where all calls are listed, come to what is far from every known place at once."""
        missing = self._missing(wanted)
        if self._filter != PLAIN or missing is None:
            return
        if asked.then is not None and not asked.then.is_in_place:
            return
        if missing - max(at for at, _ in self._cursors if at <= missing) < self._far:
            return
        skip = skip_oldest if wanted.order == "oldest" else skip_to
        skipped = skip(asked.connection, self._as_of, missing)
        if skipped is not None:
            self._cursors.append((skipped.offset, Cursor(False, skipped.started)))

    def _missing(self, wanted: CallsWanted) -> int | None:
        end = wanted.offset + wanted.count
        if self._end is not None:
            end = min(end, self._end)
        return next((at for at in range(wanted.offset, end) if at not in self._kept), None)
