"""What another process writes is what this one would have written, whatever happens to either."""

import os
import signal
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.collector import books as cache_books
from tests.collector.hasty import BATCH, NewBooks, assert_same, batches, fed, process_of
from wallboard.cache import scribe as scribes
from wallboard.cache.lock import CacheHeld, CacheLock
from wallboard.cache.scribe import RECEIPT, Scribe
from wallboard.collector import haste as hastes
from wallboard.collector import interned, record_book
from wallboard.collector.haste import FIRST_PAUSE, LONGEST_PAUSE, Haste

HELD = "SELECT coverage FROM feeds"


def test_what_another_process_writes_is_the_same(books: NewBooks) -> None:
    hasty = books(hasty=True)
    handed_over = 0
    for batch in batches():
        hasty.feed(batch)
        handed_over += hasty.ledger.handed_over > 0
    # Some say something that has to be looked up first, such as an agent who is new.
    assert handed_over > len(batches()) / 2
    assert_same(hasty, fed(books, *batches()))


def test_every_row_is_told(books: NewBooks) -> None:
    """By how many rows changed it is known when the log is to be moved."""
    told: dict[bool, int] = {}
    for hasty in (False, True):
        rows: list[int] = []
        cache = books(hasty=hasty)
        cache.ledger._written = rows.append
        cache.feed(*batches())
        cache.ledger.settle()
        told[hasty] = sum(rows)
    assert told[True] == pytest.approx(told[False], rel=0.05)
    assert told[True] > 0


def test_events_that_are_known_change_nothing(books: NewBooks) -> None:
    """What was presumed is wrong then: the transaction is written again, with what is known."""
    stream = batches()
    often = [batch for batch in stream for _ in range(2)]
    hasty = books(hasty=True)
    hasty.feed(*stream[:5])
    hasty.restart()
    hasty.feed(*often)
    assert_same(hasty, fed(books, *stream[:5], *often))


def test_a_call_that_is_known_begins_again(books: NewBooks) -> None:
    """It is in the cache, and in no memory."""
    stream = batches()
    hasty = books(hasty=True)
    hasty.feed(*stream)
    hasty.restart()
    calls = [event for batch in stream for event in batch if event["type"] == "call.started"]
    again = [{**event, "id": f"again {event['id']}"} for event in calls[:3]]
    hasty.feed(again)
    assert_same(hasty, fed(books, *stream, again))


def test_contents_and_records_that_memory_has_no_room_for(
    books: NewBooks, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(interned, "REMEMBERED", 2)
    monkeypatch.setattr(record_book, "REMEMBERED", 2)
    monkeypatch.setattr(hastes, "FIRST_PAUSE", 0)
    hasty = books(hasty=True)
    hasty.feed(*batches(4_000))
    assert_same(hasty, fed(books, *batches(4_000)))


def test_the_other_process_is_killed_between_two(books: NewBooks) -> None:
    hasty = books(hasty=True)
    for number, batch in enumerate(batches()):
        hasty.feed(batch)
        if number == 7:
            os.kill(process_of(hasty), signal.SIGKILL)
    assert_same(hasty, fed(books, *batches()))


def test_the_other_process_was_killed_before_the_last(books: NewBooks) -> None:
    hasty = books(hasty=True)
    *before, last = batches()
    hasty.feed(*before)
    hasty.ledger.settle()
    os.kill(process_of(hasty), signal.SIGKILL)
    hasty.feed(last)
    assert_same(hasty, fed(books, *before, last))


def test_who_asks_the_cache_sees_what_was_handed_over(books: NewBooks) -> None:
    hasty = books(hasty=True)
    for number, batch in enumerate(batches(), 1):
        hasty.feed(batch)
        found = hasty.connection.execute(HELD).fetchall()
        assert found == [(f"1-{BATCH * number}",)]


def test_the_other_process_is_killed_when_it_has_written_and_not_said_so(books: NewBooks) -> None:
    hasty = books(hasty=True)
    *before, last = batches()
    hasty.feed(*before)
    hasty.ledger.settle()
    hasty.feed(last)
    assert hasty.ledger.handed_over == BATCH
    assert hasty.scribe is not None
    assert hasty.scribe.process is not None
    assert hasty.scribe.process.stdout is not None
    assert RECEIPT.unpack(hasty.scribe.process.stdout.read(RECEIPT.size))[0] > 0
    hasty.scribe.process.kill()
    hasty.ledger.settle()
    assert hasty.ledger.handed_over == 0
    assert_same(hasty, fed(books, *before, last))


def test_another_writer_is_in_the_way_of_both(books: NewBooks) -> None:
    hasty = books(hasty=True)
    *before, last, after = batches()
    hasty.feed(*before)
    hasty.ledger.settle()
    hasty.connection.execute("PRAGMA busy_timeout = 1")
    with closing(sqlite3.connect(hasty.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        held = other.execute(HELD).fetchall()
        hasty.feed(last)
        for _ in range(2):
            with pytest.raises(sqlite3.OperationalError, match="locked"):
                hasty.ledger.settle()
            with pytest.raises(sqlite3.OperationalError, match="locked"):
                hasty.feed(after)
            assert hasty.ledger.handed_over == BATCH
            assert other.execute(HELD).fetchall() == held
        other.execute("ROLLBACK")
    hasty.feed(after)
    assert_same(hasty, fed(books, *before, last, after))


def test_signals_are_not_for_it(books: NewBooks) -> None:
    """Ctrl-c in a terminal comes to both, and who is ending wants what is on its way written."""
    hasty = books(hasty=True)
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        os.kill(process_of(hasty), number)
    hasty.feed(*batches())
    assert hasty.ledger.handed_over == BATCH
    hasty.ledger.settle()
    assert hasty.scribe is not None
    assert hasty.scribe.process is not None
    assert hasty.scribe.process.poll() is None


def test_nobody_else_holds_the_cache_while_it_writes(books: NewBooks) -> None:
    """Even if who started it is gone."""
    hasty = books(hasty=True)
    hasty.feed(*batches()[:5])
    hasty.ledger.settle()
    assert hasty.scribe is not None
    assert hasty.scribe.process is not None
    hasty.scribe.lock.release()
    with pytest.raises(CacheHeld):
        CacheLock(hasty.path).acquire()
    hasty.scribe.end()
    CacheLock(hasty.path).acquire().release()


def test_it_ends_when_there_is_nothing_to_write(
    books: NewBooks, monkeypatch: pytest.MonkeyPatch
) -> None:
    hasty = books(hasty=True)
    hasty.feed(*batches()[:5])
    process = process_of(hasty)
    hasty.ledger.write_feeds(cache_books.RECEIVED)
    assert process_of(hasty) == process
    monkeypatch.setattr(scribes, "IDLE_SECONDS", 0.0)
    hasty.ledger.write_feeds(cache_books.RECEIVED)
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)
    assert_same(hasty, fed(books, *batches()[:5]))


def test_another_file_in_the_place_of_the_cache_is_not_written(
    books: NewBooks, tmp_path: Path
) -> None:
    """Nor is how it is written changed: it may be another program's."""
    cache, other = books(), tmp_path / "other"
    with closing(sqlite3.connect(other)) as connection:
        connection.execute("CREATE TABLE theirs (a)")
    before = other.read_bytes()
    with CacheLock(cache.path) as lock:
        scribe = Scribe(cache.path, lock)
        cache.path.replace(tmp_path / "elsewhere")
        other.replace(cache.path)
        scribe.start(8_000)
        assert not scribe.is_ready(wait=60)
        assert scribe.process is None
        assert cache.path.read_bytes() == before
        scribe.start(8_000)
        assert scribe.process is None, "It is tried again too soon."
        scribe.end()


def test_a_cache_that_is_gone_is_not_begun_anew(books: NewBooks, tmp_path: Path) -> None:
    """That is for the collector, which says so."""
    cache = books()
    with CacheLock(cache.path) as lock:
        scribe = Scribe(cache.path, lock)
        cache.path.replace(tmp_path / "elsewhere")
        scribe.start(8_000)
        assert not scribe.is_ready(wait=60)
        assert not cache.path.exists()
        scribe.end()


def test_what_cannot_be_sent_is_written_here(books: NewBooks) -> None:
    class Name(str):
        """A text that is not quite one, as a member of an enumeration is."""

        __slots__ = ()

    hasty = books(hasty=True)
    hasty.feed(*batches()[:3])

    hasty.ledger.feeds["main"].held.epoch = Name("e")
    hasty.feed(batches()[3])
    assert hasty.ledger.handed_over == 0
    assert hasty.rows("SELECT epoch FROM feeds") == [("e",)]
    assert hasty.rows(HELD) == [("1-400",)]


def test_a_backlog_is_told_from_a_busy_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    monkeypatch.setattr(hastes, "monotonic", lambda: now[0])
    haste = Haste(full=3)
    assert [haste.is_due() for _ in range(4)] == [False, False, True, True]
    now[0] += 0.9
    assert haste.is_due()
    now[0] += 1.1
    assert [haste.is_due() for _ in range(3)] == [False, False, True]


def test_what_is_often_wrong_is_presumed_less_and_less() -> None:
    haste = Haste(full=1)
    pauses = []
    for _ in range(12):
        assert haste.is_due()
        haste.was_wrong()
        pauses.append(0)
        while not haste.is_due():
            pauses[-1] += 1
        # That one is right, and the next is wrong again.
    assert pauses[:3] == [FIRST_PAUSE, 2 * FIRST_PAUSE, 4 * FIRST_PAUSE]
    assert pauses[-1] == LONGEST_PAUSE
    for _ in range(hastes.GOOD):
        assert haste.is_due()
    haste.was_wrong()
    assert sum(1 for _ in iter(haste.is_due, True)) == FIRST_PAUSE
