"""The last step of a commit may be the one that fails: nothing is lost or doubled then either."""

import asyncio
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


def test_a_commit_that_fails_at_its_end_is_told_and_leaves_nothing(
    books: NewBooks, stream: list[Json]
) -> None:
    cache = books()
    cache.feed(stream[:100])
    before, known = cache.tables(), cache.rows(FEEDS)
    breaker = Breaker(cache)
    part = cache.part(stream[100:400])
    with pytest.raises(sqlite3.IntegrityError):
        cache.ledger.commit([part], RECEIVED)
    breaker.on = False
    assert cache.tables() == before
    assert cache.rows(FEEDS) == known
    cache.ledger.commit([part], RECEIVED)
    undisturbed = books()
    undisturbed.feed(stream[:100], stream[100:400])
    assert cache.tables() == undisturbed.tables()
    assert cache.rows(FEEDS) == undisturbed.rows(FEEDS)


async def test_the_collector_tries_again_what_failed(
    books: NewBooks, stream: list[Json], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("wallboard.collector.collector.RETRY_SECONDS", 0.01)
    cache, undisturbed = books(), books()
    collector = Collector(cache.ledger, lambda: RECEIVED)
    collector.report("second", Condition(Stage.LIVE, RECEIVED, "All is well."))
    breaker = Breaker(cache)
    taking = asyncio.create_task(collector.take(delivery(stream[:BATCH_EVENTS])))
    while not collector.trouble:  # noqa: ASYNC110 - a state, told by no event
        await asyncio.sleep(0.005)
    assert collector.coverage("main").newest == BATCH_EVENTS
    assert cache.rows("SELECT count(*) FROM seen") == [(0,)]
    assert not taking.done(), "The feed waits."
    breaker.on = False
    await taking
    assert not collector.trouble
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
        cache.ledger.sweep(RECEIVED, 400)
    await collector.flush()
    undisturbed.feed(stream)
    assert cache.tables() == undisturbed.tables()
