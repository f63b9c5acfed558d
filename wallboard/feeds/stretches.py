"""Which sequence numbers a file brought, and when the events on either side of its holes happened.

Numbers of a file come in any order, and a hole may be filled years later: what is known is a set,
so that the order of arrival plays no part. No I/O.
"""

from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from wallboard.feeds.coverage import Span

SETTLE_AT: Final = 20_000
"""Stretches that wait at most before they are sorted in."""


class Mark(NamedTuple):
    """When (UTC ms) the event of a number happened."""

    number: int
    time: int


class Stretch(NamedTuple):
    """Numbers from `first` to `last` without a hole; its first and last event with a known time.

    Both are None where none has one: text that is no valid event uses up a number as well.
    """

    first: int
    last: int
    begins: Mark | None
    ends: Mark | None


class Hole(NamedTuple):
    """Numbers from `first` to `last` that are missing between two events (UTC ms)."""

    first: int
    last: int
    started: int
    ended: int

    @property
    def length(self) -> int:
        """How many numbers the hole has."""
        return self.last - self.first + 1


class Stretches:
    """A set of numbers, as the stretches that it consists of, in order."""

    __slots__ = ("_settled", "_waiting")

    def __init__(self, stretches: Iterable[Stretch] = ()) -> None:
        self._settled: list[Stretch] = []
        self._waiting: list[Stretch] = list(stretches)

    def __iter__(self) -> Iterator[Stretch]:
        self._settle()
        return iter(self._settled)

    def __len__(self) -> int:
        self._settle()
        return len(self._settled)

    def add(self, stretch: Stretch) -> None:
        """Add the numbers of a stretch; numbers that are known already change nothing."""
        waiting = self._waiting
        if waiting and waiting[-1].first <= stretch.first <= waiting[-1].last + 1:
            waiting[-1] = _joined(waiting[-1], stretch)
            return
        waiting.append(stretch)
        if len(waiting) >= max(SETTLE_AT, len(self._settled) // 4):
            self._settle()

    def add_numbers(self, numbers: Iterable[tuple[int, int | None]]) -> None:
        """Add numbers in any order, each with the time (UTC ms) of its event where it has one."""
        for number, time in numbers:
            mark = None if time is None else Mark(number, time)
            self.add(Stretch(number, number, mark, mark))

    def add_spans(self, spans: Iterable[Span]) -> None:
        """Add numbers of which no times are known."""
        for first, last in spans:
            self.add(Stretch(first, last, None, None))

    def holes(self) -> list[Hole]:
        """What is missing between the lowest and the highest number, the lowest first.

        A hole lies between the nearest events of a known time on either side. With no such event
        on one side the other tells; with none at all there is nothing to lie between.
        """
        self._settle()
        after: list[int | None] = []
        following: int | None = None
        for stretch in reversed(self._settled):
            following = stretch.begins.time if stretch.begins else following
            after.append(following)
        after.reverse()
        found: list[Hole] = []
        before: int | None = None
        for at in range(len(self._settled) - 1):
            stretch, later = self._settled[at], after[at + 1]
            before = stretch.ends.time if stretch.ends else before
            times = [time for time in (before, later) if time is not None]
            if times:
                upper = self._settled[at + 1].first - 1
                found.append(Hole(stretch.last + 1, upper, min(times), max(times)))
        return found

    def _settle(self) -> None:
        if not self._waiting:
            return
        # Both parts are mostly in order already, which is what this sort is quick with.
        together = sorted([*self._settled, *self._waiting], key=lambda stretch: stretch.first)
        self._waiting.clear()
        joined = self._settled = together[:1]
        for stretch in together[1:]:
            if stretch.first <= joined[-1].last + 1:
                joined[-1] = _joined(joined[-1], stretch)
            else:
                joined.append(stretch)


def _joined(one: Stretch, other: Stretch) -> Stretch:
    return Stretch(
        min(one.first, other.first),
        max(one.last, other.last),
        min((mark for mark in (one.begins, other.begins) if mark), default=None),
        max((mark for mark in (one.ends, other.ends) if mark), default=None),
    )
