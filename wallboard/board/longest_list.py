"""The longest calls: looked for a little at each reading, what was found so far shown meanwhile."""

import time
from typing import Final

from msgspec import Struct

from wallboard.board.snapshot import LENGTHS, CallsPage, CallsWanted
from wallboard.questions.asked_calls import Asked, asked_of
from wallboard.questions.call_answers import CallLine
from wallboard.questions.call_parts import live_lines
from wallboard.questions.calls import Count
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


class _Seen(Struct, frozen=True):
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
        asked: Asked,
        wanted: CallsWanted,
        past: int | None,
        counted: Count,
        seconds: float,
    ) -> CallsPage:
        """The calls that are wanted, after up to `seconds` of looking. Raises sqlite3.Error."""
        length, now = LENGTHS[wanted.order], asked.now
        of = (wanted.filter, wanted.order, past)
        is_due = self._looking is None and time.monotonic() >= self._good_until
        if of != self._of:
            self._of, self._known, self._seen = of, None, None
            is_due = True
        if is_due and (wanted.offset == 0 or self._known is None):
            self._looking, self._spent = LongestCalls(wanted.filter, length, now), 0.0
        if self._looking is not None and not wanted.is_stopped:
            self._look_on(asked, self._looking, seconds)
        if self._seen is None or wanted.offset == 0 or self._known is None:
            self._seen = self._order(asked, length)
        seen = self._seen
        part = seen.calls[wanted.offset : wanted.offset + wanted.count]
        if seen.as_of == now:
            lines = lines_ranked(asked, part)
        else:
            of_then = asked.connection, asked.filter, seen.as_of, asked.metrics
            with asked_of(*of_then) as before:
                lines = lines_ranked(before, part)
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

    def _look_on(self, asked: Asked, looking: LongestCalls, seconds: float) -> None:
        began = time.monotonic()
        looking.take_known_otherwise(asked)
        looking.look_on(asked)
        while looking.reached is not None and time.monotonic() - began < seconds:
            looking.look_on(asked)
        took = time.monotonic() - began
        self._spent += took
        if looking.reached is None:
            self._known, self._looking = looking, None
            self._good_until = time.monotonic() + max(GOOD_SECONDS, self._spent / COST_SHARE)

    def _order(self, asked: Asked, length: Length) -> _Seen:
        now = asked.now
        found = self._known or self._looking
        if found is None:
            return _Seen((), {}, now)
        if found.now < now:
            found.take_ended_since(asked, found.now, now)
        live = {line.number: line for line in live_lines(asked)}
        calls = [call for call in found.found if call.number not in live]
        calls += [ranked(line, length) for line in live.values()]
        return _Seen(tuple(longest(calls)), live, now)
