"""Which older events are still wanted from a server, and what can no longer be had. No I/O.

Two kinds of holes are told apart. A gap lies above the lowest number held: those events were the
feed's to deliver, and what cannot be had of them is lost. History lies below: the server may hold
some of it, and what it never held is not missed.
"""

from collections import deque
from typing import NamedTuple

from wallboard.feeds.coverage import Coverage, Span
from wallboard.feeds.intake import Hello
from wallboard.feeds.tuning import Tuning

SMALLEST_CHUNK = 100


class Wanted(NamedTuple):
    """Numbers to ask for; `gap` when they must be recorded as lost if they cannot be had."""

    span: Span
    gap: bool


class Holes:
    """The holes of one feed during one session."""

    def __init__(self, tuning: Tuning, *, anchor: int | None) -> None:
        """`anchor`: the sequence of the snapshot that the live stream began after, if it did."""
        self._tuning = tuning
        self._anchor = anchor
        self._tops: deque[tuple[float, int]] = deque()
        self._settled: int | None = None
        self._promised: int | None = None
        self._doubted = Coverage()
        self._most = tuning.chunk
        self.oldest: int | None = None
        """The oldest number that the server is known to hold; below it nothing is asked for."""

    def begin(self, coverage: Coverage, hello: Hello) -> None:
        """Begin a session: holes in what was held before it are no mere reordering.

        Nor is what lies between the newest number held and the first that the server will send.
        """
        self.oldest = hello.oldest
        upcoming = hello.newest if hello.oldest is None else hello.oldest - 1
        known = [number for number in (coverage.newest, upcoming) if number is not None]
        self._settled = max(known, default=None)

    def look(self, coverage: Coverage, at: float) -> None:
        """Take note of the newest number held now; called often, `at` in monotonic seconds."""
        newest = coverage.newest
        if newest is not None and (not self._tops or self._tops[-1][1] != newest):
            self._tops.append((at, newest))
        while self._tops and self._tops[0][0] <= at - self._tuning.grace_seconds:
            self._settled = max(self._settled or 0, self._tops.popleft()[1])

    def promise(self, newest: int, at: float) -> None:
        """The server has sent all up to `newest`, as its silence between two heartbeats shows.

        So the end of a stream that was lost on the way is missed, though nothing comes after it.
        """
        self._promised = newest
        if not self._tops or self._tops[-1][1] < newest:
            self._tops.append((at, newest))

    def lowest(self, coverage: Coverage) -> int | None:
        """Where gaps begin: everything below is history.

        Of a stream that has brought nothing but heartbeats all that they name is history.
        """
        if self._anchor is not None:
            return self._anchor + 1
        if coverage.oldest is None and self._promised is not None:
            return self._promised + 1
        return coverage.oldest

    def gaps(self, coverage: Coverage) -> list[Span]:
        """The gaps that are more than reordering, newest first."""
        lowest = self.lowest(coverage)
        if lowest is None or self._settled is None:
            return []
        return coverage.missing(lowest, self._settled)

    def history(self, coverage: Coverage) -> list[Span]:
        """What the server holds below the lowest number held, newest first."""
        lowest = self.lowest(coverage)
        if lowest is None or self.oldest is None:
            return []
        return coverage.missing(self.oldest, lowest - 1)

    def backlog(self, coverage: Coverage) -> int:
        """How many older events are still to be fetched."""
        return sum(span.length for span in self.gaps(coverage) + self.history(coverage))

    def next(self, coverage: Coverage) -> Wanted | None:
        """What to ask for next: gaps before history, the newest first, a chunk at most."""
        for gap, spans in ((True, self.gaps(coverage)), (False, self.history(coverage))):
            if spans:
                first, last = spans[0]
                return Wanted(Span(max(first, last - self._most + 1), last), gap)
        return None

    def answered(self, wanted: Wanted, last: int | None, coverage: Coverage) -> list[Span]:
        """Judge what is still missing after an answer whose highest number was `last`.

        Returns what is lost. A server may answer with fewer events than asked for: then only what
        lies below its last one is known not to be there. Missing history is lost when it is not
        there a second time, for a server may still be writing its history.
        """
        first, end = wanted.span
        short = last is not None and first <= last < end
        if last is not None and short:
            self._most = max(SMALLEST_CHUNK, last - first + 1)
            end = last
        else:
            self._most = min(self._tuning.chunk, self._most * 2)
        absent = coverage.missing(first, end)
        if wanted.gap:
            return absent
        lost = [part for span in absent for part in _common(self._doubted, span)]
        for span in absent:
            self._doubted.add(span.first, span.last)
        return lost

    def rest(self, wanted: Wanted, coverage: Coverage) -> Span | None:
        """The part of a gap below what was asked for, if there is one."""
        below = wanted.span.first - 1
        holes = (hole for hole in self.gaps(coverage) if hole.first <= below <= hole.last)
        return next(holes, None)


def _common(coverage: Coverage, span: Span) -> list[Span]:
    return [
        Span(max(first, span.first), min(last, span.last))
        for first, last in coverage
        if first <= span.last and last >= span.first
    ]
