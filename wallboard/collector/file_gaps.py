"""The gaps that imported files left, made anew from all that was ever imported.

What is missing follows from two sets alone, the numbers that were seen and how far the files reach;
so the order of files and of their lines plays no part.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

import msgspec

from wallboard.collector.file_numbers import ALL_SOURCES, Numbering
from wallboard.feeds.coverage import Coverage, Span
from wallboard.feeds.stretches import Hole, Stretch, Stretches

LARGEST_JUMP: Final = 1_000_000
"""Numbers that can be missing in one place; after a longer jump nobody can tell how many are."""

MOST_GAPS: Final = 1_000
"""Gaps of one source in the table: where there are more, neighbours are told as one."""

MOST_STRETCHES: Final = 100_000
"""Stretches remembered of one source: of a file with more holes, only where it begins and ends."""

_READ: Final = "SELECT source, epoch, feed, stretches, claims, is_extract FROM file_numbers"
_OPEN: Final = (
    "SELECT gap, source, epoch, first, last, started, ended, missing, reason FROM gaps"
    " WHERE source IS NOT NULL AND recovered = 0"
)
_STRETCHES: Final = msgspec.json.Decoder(list[Stretch])


class FileGap(NamedTuple):
    """A row of the table of gaps, but for its number and its feed."""

    source: str
    epoch: str
    first: int
    last: int
    started: int
    ended: int
    missing: int | None
    reason: str

    @property
    def place(self) -> tuple[str, int, int, int, int]:
        """What two sources of one numbering have in common."""
        return self.epoch, self.first, self.last, self.started, self.ended


class Known(msgspec.Struct):
    """All that files brought of one source in one epoch."""

    source: str
    epoch: str
    feed: str
    seen: Stretches
    claims: Coverage
    is_extract: bool = False

    def holes(self) -> list[Hole]:
        """The holes that lie within what one file reaches over."""
        return [hole for hole in self.seen.holes() if hole.first in self.claims]


class FileGaps:
    """The numbers of files and their gaps; every method is part of the collector's transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection

    def sources(self) -> dict[str, tuple[int, int]]:
        """The sources with an open gap, and the lowest and the highest number that is missing."""
        return {
            source: (first, last)
            for source, first, last in self._db.execute(
                "SELECT source, min(first), max(last) FROM gaps"
                " WHERE source IS NOT NULL AND recovered = 0 GROUP BY source"
            )
        }

    def read(self, source: str, epoch: str | None = None) -> list[Known]:
        """What is known of a source: in every numbering, or in this and in that without a name."""
        if epoch is None:
            return self._read(f"{_READ} WHERE source = ?", source)
        return self._read(f"{_READ} WHERE source = ? AND epoch IN ('', ?)", source, epoch)

    def add(self, feed: str, numbering: Numbering) -> Known:
        """Add what a file brought; return what is known now."""
        source, epoch, seen, reach = numbering
        found = self._read(f"{_READ} WHERE source = ? AND epoch = ?", source, epoch)
        known = found[0] if found else Known(source, epoch, feed, Stretches(), Coverage())
        for stretch in seen:
            known.seen.add(stretch)
        known.claims.add(reach.first, reach.last)
        self.write(known)
        return known

    def write(self, known: Known) -> None:
        """Keep what is known of a source."""
        seen = list(known.seen)
        if len(seen) > MOST_STRETCHES:
            seen = [seen[0], seen[-1]]
            known.seen, known.is_extract = Stretches(seen), True
        newest = max((one.ends.time for one in seen if one.ends), default=None)
        self._db.execute(
            "INSERT OR REPLACE INTO file_numbers "
            "(source, epoch, feed, stretches, claims, newest, is_extract) "
            "VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                *(known.source, known.epoch, known.feed, msgspec.json.encode(seen)),
                *(str(known.claims), newest, known.is_extract),
            ),
        )

    def write_gaps(self) -> None:
        """Bring the table of gaps up to what is missing now; what is not any more is recovered."""
        wanted: dict[tuple[str, int, int, int, int], tuple[str, FileGap]] = {}
        missing: dict[tuple[str, str], Coverage] = {}
        for known in self._read(f"{_READ} ORDER BY source, epoch"):
            holes = known.holes()
            missing[known.source, known.epoch] = Coverage(
                None, (Span(hole.first, hole.last) for hole in holes)
            )
            for gap in _gaps(known, holes):
                wanted.setdefault(gap.place, (known.feed, gap))
        for number, *values in self._db.execute(_OPEN).fetchall():
            old = FileGap(*values)
            if wanted.get(old.place, ("", None))[1] == old:
                del wanted[old.place]
                continue
            still = missing.get((old.source, old.epoch))
            if still is not None and not still.within(old.first, old.last):
                self._db.execute("UPDATE gaps SET recovered = 1 WHERE gap = ?", (number,))
            elif still is not None:
                self._db.execute("DELETE FROM gaps WHERE gap = ?", (number,))
        self._db.executemany(
            "INSERT INTO gaps (feed, source, epoch, first, last, started, ended, missing, reason) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [(feed, *gap) for feed, gap in wanted.values()],
        )

    def _read(self, sql: str, *values: str) -> list[Known]:
        return [
            Known(
                *(source, epoch, feed),
                Stretches(_STRETCHES.decode(stretches)),
                Coverage.parse(None, claims),
                bool(is_extract),
            )
            for source, epoch, feed, stretches, claims, is_extract in self._db.execute(sql, values)
        ]


def _gaps(known: Known, holes: list[Hole]) -> Iterator[FileGap]:
    size = -(-len(holes) // MOST_GAPS) or 1
    for at in range(0, len(holes), size):
        together = holes[at : at + size]
        is_counted = not known.is_extract and all(hole.length <= LARGEST_JUMP for hole in together)
        missing = sum(hole.length for hole in together) if is_counted else None
        first, last = together[0].first, together[-1].last
        yield FileGap(
            *(known.source, known.epoch, first, last),
            min(hole.started for hole in together),
            max(hole.ended for hole in together),
            missing,
            _reason(known, first, last, missing),
        )


def _reason(known: Known, first: int, last: int, missing: int | None) -> str:
    of = "" if known.source == ALL_SOURCES else f" of {known.source}"
    if known.is_extract:
        return f"The imported files hold an extract of the numbers {first} to {last}{of}."
    if missing is None:
        return (
            f"The numbers{of} jump from {first - 1} to {last + 1}: "
            "how many events are missing is not known."
        )
    if missing == 1:
        return f"The imported files lack the number {first}{of}."
    if missing < last - first + 1:
        return f"The imported files lack {missing} of the numbers {first} to {last}{of}."
    return f"The imported files lack the numbers {first} to {last}{of}."


def covering(stretches: Iterable[Stretch]) -> Coverage:
    """The numbers of stretches, without their times."""
    covered = Coverage()
    for stretch in stretches:
        covered.add(stretch.first, stretch.last)
    return covered
