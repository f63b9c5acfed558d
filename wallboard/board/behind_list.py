"""The calls behind a figure, of any number: found stretch by stretch, shown page by page."""

import sqlite3
from array import array
from collections.abc import Iterator

from msgspec import Struct

from wallboard.metrics.asked import Asked
from wallboard.metrics.behind import lines_behind, newest_behind
from wallboard.metrics.metric import Metric
from wallboard.metrics.sources import UnanswerableError
from wallboard.questions.call_answers import CallLine


class BehindPage(Struct, frozen=True, eq=False):
    """Some of the calls behind a part of a figure, from `offset` on, the newest first.

    `total` is how many there are, at least so many unless `is_all`. `reason` says why there are
    none where the figure does not rest on calls.
    """

    part: str
    lines: tuple[CallLine, ...] = ()
    offset: int = 0
    total: int = 0
    is_all: bool = False
    reason: str = ""


class BehindList:
    """Holds the numbers of the calls, eight bytes each, and reads the lines of those in sight."""

    def __init__(self, metric: Metric, part: str, asked: Asked) -> None:
        self._metric = metric
        self._asked = asked
        self.part = part
        self._numbers = array("q")
        self._stretches: Iterator[list[int]] | None = None
        self._is_all = False
        self._reason = ""

    @property
    def is_all(self) -> bool:
        """Whether every call was found."""
        return self._is_all

    def look_on(self, connection: sqlite3.Connection) -> None:
        """Find the calls of one more stretch."""
        if self._is_all:
            return
        if self._stretches is None:
            self._stretches = newest_behind(connection, self._metric, self.part, self._asked)
        try:
            self._numbers.extend(next(self._stretches))
        except StopIteration:
            self._is_all = True
        except UnanswerableError as reason:
            self._is_all, self._reason = True, str(reason)

    def page(self, connection: sqlite3.Connection, offset: int, count: int) -> BehindPage:
        """The lines from `offset` on, as far as they were found."""
        numbers = self._numbers[offset : offset + count]
        lines = lines_behind(connection, numbers, self._asked.now) if numbers else []
        total = len(self._numbers)
        return BehindPage(self.part, tuple(lines), offset, total, self._is_all, self._reason)
