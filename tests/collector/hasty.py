"""For tests of the second process: a stream in batches, and caches held against each other."""

from collections.abc import Callable
from typing import Final

from tests.collector.books import Books, Json
from tests.collector.simulated import simulated

NewBooks = Callable[..., Books]
BATCH: Final = 100
COUNTS: Final = "SELECT coverage, events, applied, repeated, unknown, quarantined FROM feeds"


def batches(events: int = 2_000) -> list[list[Json]]:
    """The first events of a simulated day."""
    stream = list(simulated(1))[:events]
    return [stream[at : at + BATCH] for at in range(0, len(stream), BATCH)]


def fed(books: NewBooks, *those: list[Json]) -> Books:
    """A cache that was written without haste."""
    cache = books()
    cache.feed(*those)
    return cache


def process_of(cache: Books) -> int:
    """The number of the process that writes it."""
    assert cache.scribe is not None
    assert cache.scribe.process is not None
    return cache.scribe.process.pid


def assert_same(cache: Books, undisturbed: Books) -> None:
    """All that events led to, and what became of them."""
    assert cache.tables() == undisturbed.tables()
    assert cache.rows(COUNTS) == undisturbed.rows(COUNTS)
    assert cache.rows("PRAGMA integrity_check") == [("ok",)]
