"""What becomes of the second process when haste went wrong, or is over."""

import os
import resource
import signal
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest

from tests.collector import books as cache_books
from tests.collector.books import Books, Json
from tests.collector.hasty import BATCH, NewBooks, assert_same, batches, fed, process_of
from wallboard.cache import scribe as scribes
from wallboard.cache.scribe import LENGTH
from wallboard.collector import haste as hastes


def hurried(cache: Books, those: list[list[Json]]) -> int:
    """Feed all; of how many transactions another process was told."""
    handed_over = 0
    for batch in those:
        cache.feed(batch)
        handed_over += cache.ledger.handed_over > 0
    return handed_over


def test_it_writes_again_after_one_that_it_could_not_write(
    books: NewBooks, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hastes, "FIRST_PAUSE", 0)
    hasty = books(hasty=True)
    *before, last = batches(1_000)
    hasty.feed(*before)
    hasty.ledger.settle()
    with closing(sqlite3.connect(hasty.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        hasty.feed(last)
        assert hasty.scribe is not None
        assert not hasty.scribe.receive()
        other.execute("ROLLBACK")
    rest = batches()[10:]
    assert hurried(hasty, rest) > len(rest) / 2
    assert_same(hasty, fed(books, *batches()))


def test_a_call_that_is_known_begins_again_among_what_has_to_be_looked_up(
    books: NewBooks, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was presumed is wrong, though it is not the other process that finds it out."""
    monkeypatch.setattr(hastes, "FIRST_PAUSE", 0)
    stream = batches()
    hasty = books(hasty=True)
    hasty.feed(*stream)
    hasty.restart()
    known = [event for batch in stream for event in batch]
    started = [event for event in known if event["type"] == "call.started"]
    ended = next(event for event in known if event["type"] == "call.ended")
    first = [event for event in stream[-1] if event["type"] != "call.started"]
    first = [{**event, "id": f"once more {event['id']}"} for event in first]
    again = [{**event, "id": f"again {event['id']}"} for event in started[:3]]
    # Its end long before its start contradicts it: for that the cache is asked.
    again += [
        {**started[3], "id": "start", "data": {**started[3]["data"], "call": "new"}},
        {
            **ended,
            "id": "end",
            "time": "2020-01-01T00:00:00.000Z",
            "data": {**ended["data"], "call": "new"},
        },
    ]
    hasty.feed(first, again)
    assert hasty.rows("SELECT call NOT NULL FROM quarantine WHERE event = 'end'") == [(1,)]
    assert_same(hasty, fed(books, *stream, first, again))


def test_it_ends_though_events_keep_coming(
    books: NewBooks, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A floor that is busy after its backlog has something to write all day long."""
    hasty = books(hasty=True)
    *before, last = batches(500)
    hasty.feed(*before)
    process = process_of(hasty)
    monkeypatch.setattr(scribes, "IDLE_SECONDS", 0.0)
    hasty.ledger.commit([hasty.part(last)], cache_books.RECEIVED)
    hasty.ledger.commit([hasty.part(last)], cache_books.RECEIVED)
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)


def test_it_is_not_started_from_a_folder_that_is_gone(
    books: NewBooks, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A collector that runs for months may have been started in one that was for a day."""
    hasty = books(hasty=True)
    *before, last = batches(1_000)
    hasty.feed(*before)
    hasty.ledger.settle()
    assert hasty.scribe is not None
    hasty.scribe.end()
    folder = tmp_path / "for a day"
    folder.mkdir()
    monkeypatch.chdir(folder)
    folder.rmdir()
    hasty.feed(last)
    assert hasty.scribe.process is None
    assert_same(hasty, fed(books, *batches(1_000)))


def test_what_is_over_its_time_is_deleted_on_the_way(books: NewBooks) -> None:
    """What is presumed new after that is not what was deleted."""
    caches = [books(hasty=hasty) for hasty in (False, True)]
    later = cache_books.RECEIVED + 2 * 86_400_000
    for number, batch in enumerate(batches()):
        for cache in caches:
            cache.feed(batch)
            while number % 6 == 0 and cache.ledger.forget_old(later, 2, 2):
                pass
            while number % 6 == 0 and cache.ledger.sweep(later, 2):
                pass
    one, hasty = caches
    assert one.rows("SELECT count(*) FROM calls") != [(0,)]
    assert_same(hasty, one)


@pytest.mark.parametrize("pipe", [1 << 20, 4_096])
def test_it_hangs(books: NewBooks, monkeypatch: pytest.MonkeyPatch, pipe: int) -> None:
    """It is given up after a while: who collects stands still for no longer."""
    monkeypatch.setattr(scribes, "PIPE_BYTES", pipe)
    monkeypatch.setattr(scribes, "PATIENCE_SECONDS", 0.2)
    hasty = books(hasty=True)
    *before, last = batches(1_000)
    hasty.feed(*before)
    hasty.ledger.settle()
    process = process_of(hasty)
    os.kill(process, signal.SIGSTOP)
    hasty.feed(last)
    assert hasty.ledger.handed_over == BATCH
    hasty.ledger.settle()
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)
    hasty.feed(*batches()[10:])
    assert_same(hasty, fed(books, *batches()))


def test_it_hangs_when_it_is_to_end(books: NewBooks) -> None:
    hasty = books(hasty=True)
    hasty.feed(*batches(1_000))
    hasty.ledger.settle()
    process = process_of(hasty)
    os.kill(process, signal.SIGSTOP)
    begun = time.monotonic()
    hasty.close()
    assert time.monotonic() - begun < scribes.PATIENCE_SECONDS / 2
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)


def test_as_the_last_who_has_the_cache_it_does_not_hold_it_up(books: NewBooks) -> None:
    """Who was killed is to be followed by another at once, not when a whole log was moved."""
    hasty = books(hasty=True)
    hasty.feed(*batches(1_000))
    hasty.ledger.settle()
    assert hasty.scribe is not None
    process = hasty.scribe.process
    assert process is not None
    assert process.stdin is not None
    hasty.db.close()
    process.stdin.close()
    assert process.wait(60) == 0
    hasty.scribe.end()
    hasty.scribe.lock.release()
    assert Path(f"{hasty.path}-wal").stat().st_size > 0
    hasty.open()
    assert_same(hasty, fed(books, *batches(1_000)))


def test_interrupted_while_it_sends(books: NewBooks, monkeypatch: pytest.MonkeyPatch) -> None:
    """As by a second ctrl-c: what was sent whole may be in the cache, and is there once."""
    monkeypatch.setattr(hastes, "FIRST_PAUSE", 0)
    hasty = books(hasty=True)
    stream = batches()
    last = stream[8]
    hasty.feed(*stream[:8])
    hasty.ledger.settle()
    whole = scribes._pass_on

    def interrupted(pipe: int, text: bytes) -> None:
        whole(pipe, text)
        if len(text) > LENGTH.size:
            raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(scribes, "_pass_on", interrupted)
        with pytest.raises(KeyboardInterrupt):
            hasty.feed(last)
    hasty.feed(*stream[8:])
    assert hasty.tables() == fed(books, *stream).tables()


def test_with_more_than_a_thousand_files_open(books: NewBooks) -> None:
    """As of feeds and boards: `select` takes no file of a higher number than 1,023."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(4_096, hard), hard))
    opened = [os.open(os.devnull, os.O_RDONLY) for _ in range(1_100)]
    try:
        hasty = books(hasty=True)
        assert hasty.scribe is not None
        assert hasty.scribe.process is not None
        assert hasty.scribe.process.stdin is not None
        assert hasty.scribe.process.stdin.fileno() > 1_023
        hasty.feed(*batches())
        assert_same(hasty, fed(books, *batches()))
        hasty.close()
    finally:
        for number in opened:
            os.close(number)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
