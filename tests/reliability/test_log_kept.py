"""Nobody who opens and closes the cache takes its log away from the one who writes it."""

import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from wallboard.cache.errors import CacheError
from wallboard.cache.opening import open_for_reading
from wallboard.cache.writing import open_for_writing

CLOSER = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1])
connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
connection.close()
"""


def test_another_program_that_closes_the_cache_leaves_the_log(tmp_path: Path) -> None:
    """Also when the writer's process had opened it to read meanwhile, as the alarms do.

    The last who closes a cache deletes its log. Who is the last is told by locks on the file, and
    these go with the first close of it in the process, whoever had opened it.
    """
    path = tmp_path / "cache.sqlite"
    log = Path(f"{path}-wal")
    with closing(open_for_writing(path)) as db:
        with closing(open_for_reading(path)) as reader:
            reader.execute("SELECT * FROM meta").fetchall()
        before = log.stat().st_ino
        for number in range(3):
            db.conn.execute("INSERT INTO meta VALUES (?, '')", (f"before {number}",))
            subprocess.run([sys.executable, "-c", CLOSER, path], check=True, timeout=60)
            assert log.stat().st_ino == before
    with closing(open_for_reading(path)) as reader:
        found = reader.execute("SELECT name FROM meta WHERE name LIKE 'before %'").fetchall()
    assert len(found) == 3


def test_a_cache_whose_log_is_half_moved_in_is_none_of_another_program(tmp_path: Path) -> None:
    """Its header tells more pages than the file has yet: the log has them."""
    path = tmp_path / "cache.sqlite"
    with closing(open_for_writing(path)) as db:
        db.conn.executemany(
            "INSERT INTO meta VALUES (?, ?)", [(f"key {at}", "x" * 500) for at in range(500)]
        )
        db.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        db.conn.execute("INSERT INTO meta VALUES ('last', '')")
        with path.open("rb") as file:
            whole = file.read()
    cut = tmp_path / "cut.sqlite"
    cut.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(CacheError, match="damaged"):
        open_for_reading(cut)
