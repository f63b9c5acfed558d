"""The log of a cache is moved into its file beside its writer."""

import sqlite3
from pathlib import Path

from wallboard.cache.log_mover import PAGES_AT_MOST, ROWS, LogMover
from wallboard.cache.opening import open_for_writing


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
