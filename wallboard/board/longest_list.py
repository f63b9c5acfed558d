"""The longest calls: looked for a little at each reading, what was found so far shown meanwhile."""

import sqlite3
import time
from dataclasses import dataclass
from typing import Final

from wallboard.board.snapshot import LENGTHS, CallsPage, CallsWanted
from wallboard.questions.answers import CallLine
from wallboard.questions.calls import Count, live_lines
from wallboard.questions.longest_calls import (
    MOST,
    Length,
    LongestCalls,
    Ranked,
    lines_ranked,
    longest,
    ranked,
)

GOOD_SECONDS: Final = 60.0
"""So long the calls are not looked through again; those that end meanwhile are added."""
COST_SHARE: Final = 0.01
"""What was dear is good for longer: looking takes no more of the time than that."""


@dataclass(frozen=True, slots=True)
class _Seen:
    """The whole order as of `as_of` (UTC ms), with the lines of calls that go on."""

    calls: tuple[Ranked, ...]
    live: dict[int, CallLine]
    as_of: int


class LongestList:
    """Answers which calls stand from an offset on in an order by length.

    At the top what ends and what goes on is taken in at each reading; further down the list stands
    still. Once all calls were looked at, they are looked at again only after a while.
    """

    def __init__(self) -> None:
        self._of: object = None
        self._looking: LongestCalls | None = None
        self._known: LongestCalls | None = None
        self._spent = 0.0
        self._good_until = 0.0
        self._seen: _Seen | None = None

    def page(
        self,
        connection: sqlite3.Connection,
        wanted: CallsWanted,
        now: int,
        past: int | None,
        counted: Count,
        seconds: float,
    ) -> CallsPage:
        """The calls that are wanted, after up to `seconds` of looking. Raises sqlite3.Error."""
        length = LENGTHS[wanted.order]
        of = (wanted.filter, wanted.order, past)
        is_due = self._looking is None and time.monotonic() >= self._good_until
        if of != self._of:
            self._of, self._known, self._seen = of, None, None
            is_due = True
        if is_due and (wanted.offset == 0 or self._known is None):
            self._looking, self._spent = LongestCalls(wanted.filter, length, now), 0.0
        if self._looking is not None and not wanted.is_stopped:
            self._look_on(connection, self._looking, seconds)
        if self._seen is None or wanted.offset == 0 or self._known is None:
            self._seen = self._order(connection, wanted, length, now)
        seen = self._seen
        part = seen.calls[wanted.offset : wanted.offset + wanted.count]
        lines = lines_ranked(connection, part, seen.as_of)
        is_searching = self._looking is not None and self._known is None
        return CallsPage(
            wanted=wanted,
            lines=tuple(seen.live.get(line.number, line) for line in lines),
            total=len(seen.calls),
            is_all=not is_searching,
            is_searching=is_searching and not wanted.is_stopped,
            as_of=seen.as_of if wanted.offset else None,
            reached=self._looking.reached if is_searching and self._looking is not None else None,
            out_of=counted if len(seen.calls) == MOST else None,
            is_looking_again=self._looking is not None and not is_searching,
        )

    def _look_on(
        self, connection: sqlite3.Connection, looking: LongestCalls, seconds: float
    ) -> None:
        began = time.monotonic()
        looking.look_on(connection)
        while looking.reached is not None and time.monotonic() - began < seconds:
            looking.look_on(connection)
        took = time.monotonic() - began
        self._spent += took
        if looking.reached is None:
            self._known, self._looking = looking, None
            self._good_until = time.monotonic() + max(GOOD_SECONDS, self._spent / COST_SHARE)

    def _order(
        self, connection: sqlite3.Connection, wanted: CallsWanted, length: Length, now: int
    ) -> _Seen:
        found = self._known or self._looking
        if found is None:
            return _Seen((), {}, now)
        if found.now < now:
            found.take_ended_since(connection, found.now, now)
        live = {line.number: line for line in live_lines(connection, wanted.filter, now)}
        calls = [call for call in found.found if call.number not in live]
        calls += [ranked(line, length) for line in live.values()]
        return _Seen(tuple(longest(calls)), live, now)
