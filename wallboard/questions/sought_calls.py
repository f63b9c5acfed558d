"""All calls that a filter asks for, looked for straight through the cache: for what hardly any is.

In the order of their start calls are looked up one by one; in that of their numbers they are read
as they lie in the file, in a third of the time. So a list that does not fill up from its newest
calls is gathered whole, and known to its end.
"""

import time
from typing import Final

from wallboard.questions.asked_calls import Asked
from wallboard.questions.call_parts import times_of
from wallboard.questions.covered_part import covered_part

MOST: Final = 2_000
"""Of what is no rarer the newest are found soon enough one after the other."""
LEAST_COVERED: Final = 0.3
"""Of a shorter part of the time its calls alone are looked through sooner than all there are."""
GOOD_SECONDS: Final = 60.0
"""So long all calls are not looked through again: but those that came or ended meanwhile are."""
COST_SHARE: Final = 0.01
"""What was dear is good for longer: looking takes no more of the time than that."""
LATELY_MS: Final = 3_600_000
"""Of a call that ended so lately more is still told, such as its disposition."""
FIRST_PIECE: Final = 10_000
LONGEST_PIECE: Final = 200_000
_IN_A_ROW: Final = "NOT INDEXED WHERE calls.call > :above AND calls.call <= :upto"
_LATELY: Final = "INDEXED BY calls_ended WHERE ended >= :since"
QUICK_SECONDS: Final = 0.02
"""A piece that took less may be followed by one of twice its length."""


class SoughtCalls:
    """Gathers the numbers of the calls of one filter, a little at a time; up to `most` of them."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._found: set[int] = set()
        self._at = 0
        self._piece = FIRST_PIECE
        self._spent = 0.0
        self._good_until = 0.0
        self.is_whole = False
        """Whether all calls were looked at."""

    @property
    def is_many(self) -> bool:
        """Whether there are more than are gathered: the search was given up."""
        return len(self._found) > self._most

    @property
    def is_old(self) -> bool:
        """Whether all calls should be looked through again."""
        return self.is_whole and time.monotonic() >= self._good_until

    def look_on(self, asked: Asked, seconds: float) -> None:
        """Look for up to so long, at least at some calls. Raises sqlite3.Error."""
        began = time.monotonic()
        last = _last(asked)
        at = began
        while self._at < last and not self.is_many:
            upto = min(last, self._at + self._piece)
            self._take(asked, upto)
            before, at = at, time.monotonic()
            if at - before < QUICK_SECONDS:
                self._piece = min(2 * self._piece, LONGEST_PIECE)
            else:
                self._piece = max(self._piece // 2, FIRST_PIECE)
            if at - began >= seconds:
                break
        self._spent += at - began
        if self._at >= last:
            self.is_whole = True
            self._good_until = at + max(GOOD_SECONDS, self._spent / COST_SHARE)

    def numbers(self, asked: Asked) -> list[int] | None:
        """All of them, with those that came or ended lately, once all calls were looked at.

        None when they are too many. Raises sqlite3.Error.
        """
        if not self.is_many:
            self._take(asked, _last(asked))
            self._find(asked, _LATELY, {"since": asked.now - LATELY_MS})
        return None if self.is_many else sorted(self._found)

    def _take(self, asked: Asked, upto: int) -> None:
        """The calls after those that were looked at, up to a number."""
        self._find(asked, _IN_A_ROW, {"above": self._at, "upto": upto})
        self._at = max(self._at, upto)

    def _find(self, asked: Asked, which: str, values: dict[str, int]) -> None:
        said, named = asked.where
        rows = asked.connection.execute(
            f"SELECT call FROM calls {which}{said} LIMIT {self._most + 1}",
            named | {"now": asked.now} | values,
        )
        self._found.update(call for (call,) in rows)


def is_worth_seeking(asked: Asked) -> bool:
    """Whether a list that did not fill up yet is sooner known by looking at all calls."""
    if asked.named is not None or asked.then is not None or not asked.is_filtered:
        return False
    return covered_part(asked.connection, *times_of(asked.filter, asked.now)) >= LEAST_COVERED


def _last(asked: Asked) -> int:
    (last,) = asked.connection.execute("SELECT max(call) FROM calls").fetchone()
    return last or 0
