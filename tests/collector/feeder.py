"""A process that feeds a cache, resuming after what it holds: to be killed at any instant."""

from pathlib import Path
from random import Random

from tests.collector.books import Books
from tests.collector.simulated import simulated


def feed_the_rest(path: Path, seed: int, hasty: bool) -> None:
    """Feed what the cache does not hold of a simulated day, in small batches.

    `hasty`: another process writes it.
    """
    stream = simulated(1)
    books = Books(path, hasty=hasty)
    random = Random(seed)
    at = books.ledger.feeds["main"].coverage.newest or 0
    while at < len(stream):
        size = random.randint(1, 60)
        books.feed(stream[at : at + size])
        at += size
    books.close()
