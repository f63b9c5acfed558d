"""The last step of a commit runs beside the next batch: whatever happens to it, nothing is lost."""

import json
import sqlite3
from collections.abc import Callable

import pytest

from tests.collector.books import RECEIVED, Books, Json
from tests.collector.simulated import simulated
from wallboard.collector.collector import BATCH_EVENTS, Collector
from wallboard.feeds.intake import Condition, Delivery, Stage

NewBooks = Callable[..., Books]
FEEDS = "SELECT feed, coverage, events, applied, repeated FROM feeds ORDER BY feed"


class Breaker:
    """Lets every statement go well, but no transaction be committed, for as long as it is on."""

    def __init__(self, books: Books) -> None:
        self.on = True
        books.connection.create_function("breaking", 0, lambda: int(self.on))
        books.connection.executescript(
            """
            PRAGMA foreign_keys = ON;
            CREATE TABLE whole (a INTEGER PRIMARY KEY);
            CREATE TABLE half (a REFERENCES whole DEFERRABLE INITIALLY DEFERRED);
            CREATE TEMP TRIGGER breaks AFTER INSERT ON main.seen WHEN breaking()
            BEGIN INSERT INTO half VALUES (1); END;
            """
        )


@pytest.fixture
def stream() -> list[Json]:
    return list(simulated(1))[: 3 * BATCH_EVENTS]


def delivery(events: list[Json]) -> Delivery:
    return Delivery("main", json.dumps(events).encode(), RECEIVED)


def test_a_commit_that_fails_beside_is_told_and_leaves_nothing(
    books: NewBooks, stream: list[Json]
) -> None:
    cache = books()
    cache.feed(stream[:100])
    before, known = cache.tables(), cache.rows(FEEDS)
    breaker = Breaker(cache)
    part = cache.part(stream[100:400])
    cache.ledger.commit([part], RECEIVED, beside=True)
    with pytest.raises(sqlite3.IntegrityError):
        cache.ledger.finish()
    breaker.on = False
    assert cache.tables() == before
    assert cache.rows(FEEDS) == known
    cache.ledger.commit([part], RECEIVED, beside=True)
    cache.ledger.finish()
    undisturbed = books()
    undisturbed.feed(stream[:100], stream[100:400])
    assert cache.tables() == undisturbed.tables()
    assert cache.rows(FEEDS) == undisturbed.rows(FEEDS)


async def test_the_collector_tries_again_what_failed_beside(
    books: NewBooks, stream: list[Json]
) -> None:
    cache, undisturbed = books(), books()
    collector = Collector(cache.ledger, lambda: RECEIVED)
    collector.report("second", Condition(Stage.LIVE, RECEIVED, "All is well."))
    breaker = Breaker(cache)
    await collector.take(delivery(stream[:BATCH_EVENTS]))
    assert cache.ledger.forget_old(RECEIVED, 400, 400), "Its turn comes later."
    assert not cache.ledger.forget_identities(RECEIVED, 400)
    breaker.on = False
    await collector.take(delivery(stream[BATCH_EVENTS:]))
    await collector.flush()
    undisturbed.feed(*(stream[at : at + 1_000] for at in range(0, len(stream), 1_000)))
    assert cache.tables() == undisturbed.tables()
    total = len(stream)
    assert cache.rows(f"{FEEDS} LIMIT 1") == [("main", f"1-{total}", total, total, 0)]
    assert cache.rows("SELECT reason FROM feeds WHERE feed = 'second'") == [("All is well.",)]


async def test_housekeeping_between_batches_takes_nothing_with_it(
    books: NewBooks, stream: list[Json]
) -> None:
    cache, undisturbed = books(), books()
    collector = Collector(cache.ledger, lambda: RECEIVED)
    for at in range(0, len(stream), BATCH_EVENTS):
        await collector.take(delivery(stream[at : at + BATCH_EVENTS]))
        assert not cache.ledger.forget_old(RECEIVED, 400, 400)
        assert cache.ledger.forget_identities(RECEIVED, 400)
    await collector.flush()
    undisturbed.feed(stream)
    assert cache.tables() == undisturbed.tables()
