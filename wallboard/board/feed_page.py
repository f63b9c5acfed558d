"""What the feed screen shows beside the condition of the feeds: what was lost, and what is odd."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from msgspec import Struct

from wallboard.board.alarms_page import TROUBLE_MS
from wallboard.board.pages import Question
from wallboard.cache.lock import holder_of
from wallboard.questions.alarms import (
    DeliveryTrouble,
    RuleTrouble,
    delivery_troubles,
    rule_troubles,
)
from wallboard.questions.anew import why_anew
from wallboard.questions.feeds import (
    QuarantineLine,
    UnknownType,
    quarantine_lines,
    quarantined_text,
    unknown_types,
)
from wallboard.questions.gaps import RecordedGap, recorded_gaps

MOST: Final = 1_000
"""Of each list so many are shown."""
LONGEST_TEXT: Final = 65_536
"""Bytes of a raw text that are shown."""


class OpenedText(Struct, frozen=True):
    r"""The raw text of a quarantined event, None once its retention is over.

    Bytes that are no UTF-8 are written as `\xff`. `left_out` bytes at its end are not shown.
    """

    number: int
    text: str | None
    left_out: int = 0


class FeedPage(Struct, frozen=True):
    """The lists, newest or most frequent first; who collects; and the cache, its size in bytes.

    `collector` is the process id of who holds the cache, 0 where it is not known, None for nobody.
    `log_bytes` is what waits in the write-ahead log beside the cache.
    """

    quarantine: tuple[QuarantineLine, ...]
    gaps: tuple[RecordedGap, ...]
    types: tuple[UnknownType, ...]
    opened: OpenedText | None
    collector: int | None
    cache: Path
    cache_bytes: int
    log_bytes: int
    deliveries: tuple[DeliveryTrouble, ...] = ()
    """What could not be posted to webhooks."""
    rules: tuple[RuleTrouble, ...] = ()
    """The alarms of the configuration that cannot be evaluated."""
    anew: str = ""
    """That the cache was begun anew, and why; empty if it was not."""


class FeedWanted(Struct, frozen=True):
    """The lists, and the text of the quarantined event of the number `opened`."""

    opened: int | None = None
    fresh_seconds: float = 1.0

    def read(self, question: Question) -> Iterator[FeedPage]:
        """All of it in one step: each list is short. Raises sqlite3.Error."""
        connection = question.connection
        databases = connection.execute("PRAGMA database_list").fetchall()
        cache = Path(next(path for _, name, path in databases if name == "main"))
        yield FeedPage(
            quarantine_lines(connection, MOST),
            recorded_gaps(connection, MOST),
            unknown_types(connection, MOST),
            self._text(question),
            holder_of(cache),
            cache,
            _size(cache),
            _size(cache.with_name(f"{cache.name}-wal")),
            delivery_troubles(connection, question.now - TROUBLE_MS),
            rule_troubles(connection),
            why_anew(connection),
        )

    def _text(self, question: Question) -> OpenedText | None:
        if self.opened is None:
            return None
        raw = quarantined_text(question.connection, self.opened)
        if raw is None:
            return OpenedText(self.opened, None)
        text = raw[:LONGEST_TEXT].decode("utf-8", "backslashreplace")
        return OpenedText(self.opened, text, max(0, len(raw) - LONGEST_TEXT))


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
