"""A commit that fails leaves everything as it was, and can be repeated with the same result."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.collector.books import RECEIVED, Books, Json
from tests.collector.simulated import simulated

NewBooks = Callable[..., Books]
FEEDS = "SELECT feed, coverage, events, applied, repeated, unknown, quarantined FROM feeds"
WRONG: Json = {
    "specversion": "1.0",
    "id": "wrong",
    "source": "/a",
    "type": "call.ended",
    "time": "2026-03-02T10:00:00Z",
    "data": {"call": "c", "reason": "boredom"},
}
UNKNOWN: Json = {**WRONG, "id": "unknown", "type": "call.teleported"}
OF_RECORDS: list[Json] = [
    {**WRONG, "id": kind, "type": kind, "data": data}
    for kind, data in {
        "contact.added": {"contact": "k"},
        "sale.recorded": {"sale": "s", "amount": 2.5, "call": "c"},
        "opportunity.changed": {"opportunity": "o", "stage": "won", "value": 3},
        "pool.sampled": {"pool": "p", "size": 3, "in_use": 1},
        "visit.started": {"visit": "v", "visitor": "w", "campaigns": ["x"], "control": []},
    }.items()
]
WRITTEN = [
    *("messages", "seen", "calls", "call_events", "legs", "stays", "agent_changes", "agents"),
    *("campaigns", "queues", "definitions", "contacts", "minute_rollup", "hour_rollup"),
    *("feeds", "quarantine", "unknown_types", "sources", "call_outcomes", "call_quality"),
    *("wrap_ups", "locations", "event_types", "sales", "opportunities", "opportunity_stages"),
    *("pool_samples", "visits", "visit_campaigns", "attributions"),
]


@pytest.mark.parametrize("table", WRITTEN)
def test_whichever_table_cannot_be_written(books: NewBooks, table: str) -> None:
    stream = list(simulated(1, hours=8))
    first, rest = stream[400:900], [*stream[:400], WRONG, UNKNOWN]
    rest.append({**stream[0], "source": "/another", "id": "of another"})
    rest += OF_RECORDS
    cache, undisturbed = books(), books()
    undisturbed.feed(first, rest)
    cache.feed(first)
    before, known = cache.tables(), cache.rows(FEEDS)
    cache.connection.execute(
        f"CREATE TEMP TRIGGER broken BEFORE INSERT ON main.{table} "
        "BEGIN SELECT RAISE(ABORT, 'broken'); END"
    )
    part = cache.part(rest)
    for _ in range(2):
        with pytest.raises(sqlite3.Error, match="broken"):
            cache.ledger.commit([part], RECEIVED)
        assert not cache.connection.in_transaction
        assert cache.tables() == before
        assert cache.rows(FEEDS) == known
    cache.connection.execute("DROP TRIGGER broken")
    cache.ledger.commit([part], RECEIVED)
    assert cache.tables() == undisturbed.tables()
    assert cache.rows(FEEDS) == undisturbed.rows(FEEDS)


def test_a_full_disk(books: NewBooks) -> None:
    stream = list(simulated(1, hours=8))
    cache, undisturbed = books(), books()
    undisturbed.feed(stream[:300], stream[300:])
    cache.feed(stream[:300])
    before = cache.tables()
    ((pages,),) = cache.rows("PRAGMA page_count")
    cache.connection.execute(f"PRAGMA max_page_count = {pages + 5}")
    part = cache.part(stream[300:])
    with pytest.raises(sqlite3.OperationalError, match="full"):
        cache.ledger.commit([part], RECEIVED)
    assert cache.tables() == before
    cache.connection.execute("PRAGMA max_page_count = 1000000")
    cache.ledger.commit([part], RECEIVED)
    assert cache.tables() == undisturbed.tables()


def test_another_writer_in_the_way(books: NewBooks, tmp_path: Path) -> None:
    cache = books()
    cache.connection.execute("PRAGMA busy_timeout = 1")
    other = sqlite3.connect(cache.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    part = cache.part(list(simulated(1, hours=8))[:50])
    with pytest.raises(sqlite3.OperationalError, match="locked"):
        cache.ledger.commit([part], RECEIVED)
    other.execute("ROLLBACK")
    other.close()
    cache.ledger.commit([part], RECEIVED)
    assert cache.rows("SELECT applied FROM feeds") == [(50,)]


def test_coverage_and_facts_are_one_transaction(books: NewBooks) -> None:
    cache = books()
    stream = list(simulated(1, hours=8))
    cache.feed(stream[:10])
    assert cache.rows("SELECT coverage FROM feeds") == [("1-10",)]
    cache.feed(stream[20:30])
    assert cache.rows("SELECT coverage FROM feeds") == [("1-10,21-30",)]
    cache.ledger.commit([cache.part(stream[10:20], covers=False)], RECEIVED)
    assert cache.rows("SELECT coverage FROM feeds") == [("1-10,21-30",)]


def test_unknown_and_invalid_events_use_up_their_numbers(books: NewBooks) -> None:
    cache = books()
    cache.feed([{**WRONG, "sequence": "4"}, {**UNKNOWN, "sequence": "5"}])
    assert cache.rows("SELECT coverage, quarantined, unknown FROM feeds") == [("4-5", 1, 1)]


def test_a_contradiction_counts_for_the_feed_that_brought_it(books: NewBooks) -> None:
    start = {
        **WRONG,
        "id": "s",
        "type": "call.started",
        "data": {"call": "c", "direction": "inbound"},
    }
    end = {
        **WRONG,
        "id": "e",
        "time": "2026-03-02T09:00:00Z",
        "data": {"call": "c", "reason": "completed"},
    }
    cache = books()
    cache.feed([start], feed="main")
    cache.feed([end], feed="import")
    counts = "SELECT feed, events, applied, quarantined FROM feeds ORDER BY feed"
    assert cache.rows(counts) == [("import", 1, 0, 1), ("main", 1, 1, 0)]
    earlier = {**start, "id": "s0", "time": "2026-03-02T08:00:00Z"}
    cache.feed([earlier], feed="main")
    assert cache.rows(counts) == [("import", 1, 1, 0), ("main", 2, 2, 0)]
    assert not cache.tables()["contradictions"]
