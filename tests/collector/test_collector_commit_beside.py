"""The last step of a commit, beside the next batch: when it fails, nothing is lost or doubled."""

import asyncio
import sqlite3
from pathlib import Path

import pytest

from tests.collector.books import CALENDAR
from wallboard.cache.opening import open_for_writing
from wallboard.collector.collector import BATCH_EVENTS, Collector
from wallboard.collector.ledger import Ledger
from wallboard.facts.definitions import Settings
from wallboard.feeds.intake import Delivery

REFUSE = """
CREATE TABLE parent (id INTEGER PRIMARY KEY);
CREATE TABLE child (id INTEGER REFERENCES parent (id) DEFERRABLE INITIALLY DEFERRED);
CREATE TRIGGER refuse AFTER INSERT ON messages BEGIN INSERT INTO child VALUES (1); END;
"""
"""A constraint that is looked at in the very last step: the COMMIT itself fails."""


def message(first: int) -> bytes:
    """As many events as one transaction takes."""
    events = ",".join(
        f'{{"specversion":"1.0","id":"{n}","source":"s","type":"agent.changed",'
        f'"time":"2026-03-02T10:00:00Z","sequence":"{n}","data":{{"agent":"a{n % 7}"}}}}'
        for n in range(first, first + BATCH_EVENTS)
    )
    return f"[{events}]".encode()


async def test_a_commit_that_fails_in_its_last_step_is_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two batches, the first refused at its COMMIT: both are in the cache in the end, once."""
    monkeypatch.setattr("wallboard.collector.collector.RETRY_SECONDS", 0.01)
    db = open_for_writing(tmp_path / "cache.sqlite")
    connection: sqlite3.Connection = db.conn
    connection.executescript(f"PRAGMA foreign_keys = ON; {REFUSE}")
    collector = Collector(Ledger(db, CALENDAR, Settings()))
    received = 1_772_500_000_000

    await collector.take(Delivery("main", message(1), received))
    assert collector.coverage("main").newest == BATCH_EVENTS
    while not collector.trouble:  # noqa: ASYNC110 - a state, told by no event
        await asyncio.sleep(0.005)
    # Taken back: the lock is free, and nothing was written.
    with sqlite3.connect(tmp_path / "cache.sqlite") as other:
        assert other.execute("SELECT count(*) FROM seen").fetchone() == (0,)
        other.execute("DROP TRIGGER refuse")
    other.close()

    await collector.take(Delivery("main", message(1 + BATCH_EVENTS), received))
    await collector.flush()

    assert collector.trouble == ""
    assert connection.execute("SELECT count(*) FROM seen").fetchone() == (2 * BATCH_EVENTS,)
    assert connection.execute("SELECT count(*) FROM agent_changes").fetchone() == (
        2 * BATCH_EVENTS,
    )
    assert connection.execute("SELECT coverage, applied, repeated FROM feeds").fetchone() == (
        f"1-{2 * BATCH_EVENTS}",
        2 * BATCH_EVENTS,
        0,
    )
    db.close()
