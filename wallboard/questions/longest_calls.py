"""The calls that waited, talked or lasted longest, found by looking through all of them.

No index has how long calls were: it would cost every event, for an order that is seldom asked for.
So all calls are looked through, the newest first, and the longest so far are known at any time.
"""

import heapq
import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final, Literal, NamedTuple, TypeAlias

from wallboard.questions.asked_calls import Asked
from wallboard.questions.call_answers import CallLine
from wallboard.questions.call_filter import CallFilter
from wallboard.questions.call_lines import SELECTED, lines_known
from wallboard.questions.call_parts import times_of
from wallboard.questions.conditions import Conditions
from wallboard.questions.scan import Stretch, stretches

Length: TypeAlias = Literal["wait", "talk", "time"]
MOST: Final = 1_000
"""So many calls an order by length has."""
UNKNOWN: Final = -1

_VALUES: Final[dict[Length, str]] = {
    "wait": f"CASE WHEN first_queue IS NULL THEN {UNKNOWN} ELSE coalesce(wait_ms, {UNKNOWN}) END",
    "talk": f"coalesce(talk_ms, {UNKNOWN})",
    "time": "ended - started",
}
_ENDED: Final = "started > :after AND started <= :until AND +ended <= :now"
_ENDED_SINCE: Final = (
    "ended > :since AND ended <= :now AND +started > :after AND +started <= :until"
)
_NAMED: Final = "call IN (SELECT value FROM json_each(:named))"


class Ranked(NamedTuple):
    """A call in an order by length: the greater comes first. `length` is milliseconds."""

    length: int
    started: int
    call: str
    source: int
    number: int


class LongestCalls:
    """The longest of the calls that had ended by `now` (UTC ms), as far as they were looked at."""

    def __init__(self, filter: CallFilter, length: Length, now: int) -> None:
        self._filter = filter
        self._length = length
        self.now = now
        self.found: list[Ranked] = []
        self.reached: int | None = now
        """Calls that started by then (UTC ms) were not looked at yet; None once all were."""
        self._stretches: Iterator[Stretch] | None = None

    def look_on(self, asked: Asked) -> None:
        """Look at some more calls, for some milliseconds. Raises sqlite3.Error.

        `asked` is the question for the calls of the filter as of the instant.
        """
        connection = asked.connection
        start, until = times_of(self._filter, self.now)
        if self._filter.state in {"open", "waiting"}:
            self.reached = None
            return
        if self._stretches is None:
            if asked.named is not None:
                values = {"named": json.dumps(asked.named), "after": start - 1, "until": until}
                self._take(asked, f"{_NAMED} AND {_ENDED}", values)
                self.reached = None
                return
            self._stretches = stretches(connection, start, until)
        stretch = next(self._stretches, None)
        if stretch is None:
            self.reached = None
            return
        self._take(asked, _ENDED, stretch._asdict())
        self.reached = stretch.after

    def take_ended_since(self, asked: Asked, since: int, now: int) -> None:
        """Take in the calls that ended after `since` and by `now` (UTC ms)."""
        start, until = times_of(self._filter, now)
        self.now = now
        if self._filter.state not in {"open", "waiting"}:
            values = {"since": since, "after": start - 1, "until": until}
            self._take(asked, _ENDED_SINCE, values)

    def take_known_otherwise(self, asked: Asked) -> None:
        """Take in the calls of an instant in the past that the rows of the cache tell otherwise."""
        if asked.then is None or asked.is_of_open:
            return
        start, until = times_of(self._filter, self.now)
        said: str = _ENDED
        values: dict[str, Any] = {"after": start - 1, "until": until}
        if asked.named is not None:
            said, values = f"{_NAMED} AND {said}", values | {"named": json.dumps(asked.named)}
        self._take_from(asked.then.memory, asked.then.conditions, said, values)

    def _take(self, asked: Asked, said: str, values: dict[str, Any]) -> None:
        self._take_from(asked.connection, asked.where, said, values)

    def _take_from(
        self, connection: sqlite3.Connection, asked: Conditions, said: str, values: dict[str, Any]
    ) -> None:
        where, more = asked
        value = _VALUES[self._length]
        least = self.found[-1].length if len(self.found) == MOST else UNKNOWN
        rows = connection.execute(
            f"SELECT {value} AS length, started, id, source, call FROM calls"
            f" WHERE {said}{where} AND {value} >= :least"
            " ORDER BY length DESC, started DESC, id DESC, source DESC LIMIT :limit",
            values | more | {"now": self.now, "least": least, "limit": MOST},
        ).fetchall()
        if rows:
            self.found = longest((*self.found, *(Ranked._make(row) for row in rows)))


def longest(calls: Iterable[Ranked]) -> list[Ranked]:
    """The longest of the calls, each once, in their order."""
    known: dict[int, Ranked] = {}
    for call in calls:
        # What was said of it later counts.
        known[call.number] = call
    return heapq.nlargest(MOST, known.values())


def ranked(line: CallLine, length: Length) -> Ranked:
    """Where a call that goes on stands in an order."""
    seconds = {
        "wait": line.wait_seconds,
        "talk": line.talk_seconds,
        "time": line.duration_seconds,
    }[length]
    value = UNKNOWN if seconds is None else round(seconds * 1_000)
    return Ranked(value, line.started or 0, line.call, line.source, line.number)


def lines_ranked(asked: Asked, calls: Sequence[Ranked]) -> list[CallLine]:
    """The calls as they stood at the instant of the question, in the order given."""
    values = {"named": json.dumps([call.number for call in calls])}
    rows = asked.connection.execute(
        f"{asked.selected} FROM calls WHERE {_NAMED}", asked.where[1] | values
    ).fetchall()
    lines = {line.number: line for line in asked.lines(rows)}
    if asked.then is not None:
        rows = asked.then.memory.execute(f"{SELECTED} FROM calls WHERE {_NAMED}", values).fetchall()
        known = lines_known(asked.then.memory, rows, asked.now)
        lines |= {line.number: line for line in known}
    return [lines[call.number] for call in calls if call.number in lines]
