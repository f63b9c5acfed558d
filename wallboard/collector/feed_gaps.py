"""The gaps that followed feeds left, and what of them arrives after all."""

import sqlite3
from collections.abc import Iterator
from typing import NamedTuple

from wallboard.feeds.coverage import Coverage, Span


class OpenGap(NamedTuple):
    """A row of the table of gaps whose numbers are known."""

    gap: int
    span: Span


class FeedGaps:
    """The open gaps of feeds; every method is part of the collector's transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection
        self._open: dict[tuple[str, str | None], list[OpenGap]] | None = None

    def forget(self) -> None:
        """Read the gaps anew when they are needed next."""
        self._open = None

    def __bool__(self) -> bool:
        return bool(self._known())

    def spans(self, feed: str, epoch: str | None) -> Coverage:
        """The numbers that are missing."""
        return Coverage(epoch, (one.span for one in self._known().get((feed, epoch), ())))

    def fill(self, feed: str, epoch: str | None, arrived: Coverage) -> None:
        """Note that these numbers are there: a gap shrinks, falls apart or is recovered."""
        touched = [
            one
            for one in self._known().get((feed, epoch), ())
            if arrived.within(one.span.first, one.span.last)
        ]
        for gap, (first, last) in touched:
            rest = arrived.missing(first, last)
            if not rest:
                self._db.execute("UPDATE gaps SET recovered = 1 WHERE gap = ?", (gap,))
                continue
            for part in rest[1:]:
                self._db.execute(
                    "INSERT INTO gaps (feed, epoch, first, last, missing, started, ended, reason) "
                    "SELECT feed, epoch, ?, ?, ?, started, ended, reason FROM gaps WHERE gap = ?",
                    (part.first, part.last, part.length, gap),
                )
            self._db.execute(
                "UPDATE gaps SET first = ?, last = ?, missing = ? WHERE gap = ?",
                (rest[0].first, rest[0].last, rest[0].length, gap),
            )
        if touched:
            self.forget()

    def _known(self) -> dict[tuple[str, str | None], list[OpenGap]]:
        if self._open is None:
            self._open = {}
            for feed, epoch, gap in self._read():
                self._open.setdefault((feed, epoch), []).append(gap)
        return self._open

    def _read(self) -> Iterator[tuple[str, str | None, OpenGap]]:
        for feed, epoch, gap, first, last in self._db.execute(
            "SELECT feed, epoch, gap, first, last FROM gaps "
            "WHERE recovered = 0 AND source IS NULL AND first IS NOT NULL ORDER BY first"
        ):
            yield feed, epoch, OpenGap(gap, Span(first, last))
