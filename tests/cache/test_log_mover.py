"""The log of a cache is moved into its file beside its writer."""

import sqlite3
import threading
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from wallboard.cache.log_mover import PAGES_AT_MOST, ROWS, LogMover
from wallboard.cache.writing import open_for_writing


def moved(path: Path) -> int:
    """How many rows the file alone has, without its log."""
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
    try:
        (rows,) = connection.execute("SELECT count(*) FROM meta WHERE name LIKE 'row%'").fetchone()
    finally:
        connection.close()
    return int(rows)


def write(writer: sqlite3.Connection, first: int, rows: int) -> None:
    """Write so many rows in one transaction."""
    writer.execute("BEGIN IMMEDIATE")
    writer.executemany(
        "INSERT INTO meta VALUES (?, '')", [(f"row {number}",) for number in range(first, rows)]
    )
    writer.execute("COMMIT")


def test_the_log_is_moved_while_its_writer_goes_on(tmp_path: Path) -> None:
    """What was committed when enough was written is in the file, though a transaction is open."""
    path = tmp_path / "cache.sqlite"
    writer = open_for_writing(path).conn
    with LogMover(path, writer) as mover:
        assert writer.execute("PRAGMA wal_autocheckpoint").fetchone() == (PAGES_AT_MOST,)
        write(writer, 0, 5)
        mover.written(5)
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("INSERT INTO meta VALUES ('row 5', '')")
        mover.written(ROWS)
    assert moved(path) == 5
    writer.execute("COMMIT")
    assert writer.execute("SELECT count(*) FROM meta WHERE name LIKE 'row%'").fetchone() == (6,)
    writer.close()


def test_little_is_left_in_the_log(tmp_path: Path) -> None:
    """A few rows are no reason to wait for a disk, nor is a mover that ends."""
    path = tmp_path / "cache.sqlite"
    writer = open_for_writing(path).conn
    writer.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with LogMover(path, writer) as mover:
        write(writer, 0, 5)
        mover.written(5)
    assert moved(path) == 0
    writer.close()


class SlowDisk:
    """What a mover's connection is on a disk that is slow: each move lasts until it is let end."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.began = threading.Semaphore(0)
        self.may_end = threading.Event()
        disk = self

        class Slow(sqlite3.Connection):
            def execute(self, sql: str, *values: Any) -> sqlite3.Cursor:
                cursor = super().execute(sql, *values)
                if "wal_checkpoint" in sql:
                    disk.began.release()
                    assert disk.may_end.wait(30.0)
                return cursor

        connect = partial(sqlite3.connect, factory=Slow)
        monkeypatch.setattr("wallboard.cache.log_mover.sqlite3.connect", connect)


@pytest.mark.parametrize(("pages", "again"), [(PAGES_AT_MOST, True), (1, False)])
def test_a_log_that_grew_long_while_it_was_moved_is_left_to_its_writer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pages: int, again: bool
) -> None:
    """Else it would grow for ever on a slow disk, where each move is a reason for the next."""
    path = tmp_path / "cache.sqlite"
    writer = open_for_writing(path).conn
    disk = SlowDisk(monkeypatch)
    monkeypatch.setattr("wallboard.cache.log_mover.PAGES_AT_MOST", pages)
    with LogMover(path, writer) as mover:
        writer.execute("PRAGMA wal_autocheckpoint = 0")
        write(writer, 0, 5)
        mover.written(ROWS)
        assert disk.began.acquire(timeout=30.0)
        mover.written(ROWS)
        disk.may_end.set()
        assert disk.began.acquire(timeout=30.0 if again else 0.3) == again
        mover.written(ROWS)
        assert disk.began.acquire(timeout=30.0), "What is written later is a reason again."
    writer.close()
