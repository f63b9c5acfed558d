"""Which sequence numbers of a feed are held: sorted spans, and the holes between them."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple


class Span(NamedTuple):
    """Sequence numbers from `first` to `last`, both included."""

    first: int
    last: int

    @property
    def length(self) -> int:
        """How many numbers the span holds."""
        return self.last - self.first + 1


class Coverage:
    """The numbers of one epoch that were seen, or are known to be lost, as disjoint spans.

    A feed that is in order keeps one span for ever, so adding is cheap and the text is short.
    """

    __slots__ = ("_before", "_firsts", "_lasts", "epoch")

    def __init__(self, epoch: str | None = None, spans: Iterable[Span] = ()) -> None:
        self.epoch = epoch
        self._firsts: list[int] = []
        self._lasts: list[int] = []
        self._before: str | None = None
        for span in spans:
            self.add(span.first, span.last)

    @classmethod
    def parse(cls, epoch: str | None, text: str) -> "Coverage":
        """Read `1-5,9-12` as written by `str()`."""
        spans = (part.split("-") for part in text.split(",") if part)
        return cls(epoch, (Span(int(first), int(last)) for first, last in spans))

    def become(self, other: "Coverage") -> None:
        """Hold what `other` holds, and nothing else."""
        self.epoch = other.epoch
        self._firsts = [span.first for span in other]
        self._lasts = [span.last for span in other]
        self._before = None

    def __str__(self) -> str:
        if not self._firsts:
            return ""
        if self._before is None:
            # Kept: written with every transaction, and mostly the last span alone has grown.
            parts = zip(self._firsts[:-1], self._lasts[:-1], strict=True)
            self._before = "".join(f"{first}-{last}," for first, last in parts)
        return f"{self._before}{self._firsts[-1]}-{self._lasts[-1]}"

    def __iter__(self) -> Iterator[Span]:
        return map(Span, self._firsts, self._lasts)

    def __contains__(self, number: int) -> bool:
        at = bisect_right(self._firsts, number) - 1
        return at >= 0 and number <= self._lasts[at]

    @property
    def newest(self) -> int | None:
        """The highest number held: where a live stream resumes."""
        return self._lasts[-1] if self._lasts else None

    @property
    def oldest(self) -> int | None:
        """The lowest number held."""
        return self._firsts[0] if self._firsts else None

    @property
    def newest_from(self) -> int | None:
        """The lowest number from which on nothing is missing up to the newest."""
        return self._firsts[-1] if self._firsts else None

    def add(self, first: int, last: int) -> None:
        """Mark the numbers from `first` to `last` as held; overlapping and touching spans join."""
        firsts, lasts = self._firsts, self._lasts
        if lasts and firsts[-1] <= first <= lasts[-1] + 1:
            lasts[-1] = max(lasts[-1], last)
            return
        self._before = None
        low = bisect_right(firsts, first) - 1
        if low < 0 or lasts[low] + 1 < first:
            low += 1
        high = low
        while high < len(firsts) and firsts[high] <= last + 1:
            first, last = min(first, firsts[high]), max(last, lasts[high])
            high += 1
        firsts[low:high] = [first]
        lasts[low:high] = [last]

    def add_all(self, numbers: Sequence[int]) -> None:
        """Mark single numbers as held, in any order."""
        if not numbers:
            return
        first, last = numbers[0], numbers[-1]
        if last - first + 1 == len(numbers) and numbers == list(range(first, last + 1)):
            self.add(first, last)
            return
        start = previous = first
        for number in numbers:
            if number not in (previous, previous + 1):
                self.add(start, previous)
                start = number
            previous = number
        self.add(start, previous)

    def missing(self, oldest: int, newest: int) -> list[Span]:
        """The holes between `oldest` and `newest`, both included, newest first."""
        holes: list[Span] = []
        upper = newest
        at = bisect_right(self._firsts, newest) - 1
        while at >= 0 and upper >= oldest:
            first, last = self._firsts[at], self._lasts[at]
            if last < upper:
                holes.append(Span(max(last + 1, oldest), upper))
            upper = min(upper, first - 1)
            at -= 1
        if upper >= oldest:
            holes.append(Span(oldest, upper))
        return holes

    def within(self, first: int, last: int) -> list[Span]:
        """What is held from `first` to `last`, both included, lowest first."""
        low = max(0, bisect_right(self._firsts, first) - 1)
        high = bisect_right(self._firsts, last)
        parts = zip(self._firsts[low:high], self._lasts[low:high], strict=True)
        found = [Span(max(begin, first), min(end, last)) for begin, end in parts]
        return [span for span in found if span.first <= span.last]
