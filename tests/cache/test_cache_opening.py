"""Opening the cache: what is refused, in which words, and that nothing is changed by it."""

import os
import sqlite3
import stat
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

from wallboard.cache.errors import CacheError
from wallboard.cache.opening import open_for_reading, size_of
from wallboard.cache.writing import open_for_writing

Opening = Callable[[Path], Any]
BOTH = pytest.mark.parametrize("opened", [open_for_reading, open_for_writing])


def made(path: Path) -> Path:
    """A cache with something in it, closed."""
    db = open_for_writing(path)
    db.conn.executemany(
        "INSERT INTO meta VALUES (?, ?)", [(f"key {at}", "x" * 500) for at in range(500)]
    )
    db.close()
    return path


@contextmanager
def nobody() -> Iterator[None]:
    """As a user who may not write everywhere, for root may."""
    if os.geteuid():
        yield
        return
    os.seteuid(65_534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def locked_folder() -> Iterator[Path]:
    """A folder of a cache that may be read but not written."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        made(folder / "cache.db").chmod(0o444)
        folder.chmod(0o555)
        yield folder
        folder.chmod(0o755)


def test_a_new_cache_is_its_owners_alone(tmp_path: Path) -> None:
    path = tmp_path / "deeper" / "still" / "cache.db"
    before = os.umask(0)
    try:
        db = open_for_writing(path)
    finally:
        os.umask(before)
    db.conn.execute("INSERT INTO meta VALUES ('a', 'b')")
    modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in path.parent.iterdir()}
    db.close()
    assert modes == {"cache.db": 0o600, "cache.db-wal": 0o600, "cache.db-shm": 0o600}
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_opened_again_it_holds_what_it_held(tmp_path: Path) -> None:
    path = made(tmp_path / "cache.db")
    with closing(open_for_writing(path)) as db:
        assert db.conn.execute(
            "SELECT count(*) FROM meta WHERE name != 'caller_key'"
        ).fetchone() == (500,)
    with closing(open_for_reading(path)) as reader:
        assert reader.execute(
            "SELECT count(*) FROM meta WHERE name != 'caller_key'"
        ).fetchone() == (500,)


def test_an_empty_file_becomes_a_cache(tmp_path: Path) -> None:
    path = tmp_path / "cache.db"
    path.touch()
    made(path)
    with closing(open_for_reading(path)) as reader:
        assert reader.execute(
            "SELECT count(*) FROM meta WHERE name != 'caller_key'"
        ).fetchone() == (500,)


def test_a_cache_that_is_not_there_cannot_be_read(tmp_path: Path) -> None:
    path = tmp_path / "cache.db"
    with pytest.raises(CacheError, match="no cache at"):
        open_for_reading(path)
    assert not path.exists()


@BOTH
@pytest.mark.parametrize("text", [b"x", b"calls,agents\n1,2\n" * 100, b"\0" * 4_096])
def test_another_kind_of_file_is_left_alone(opened: Opening, tmp_path: Path, text: bytes) -> None:
    path = tmp_path / "notes.txt"
    path.write_bytes(text)
    with pytest.raises(CacheError, match=r"not a wallboard cache.*Nothing was changed"):
        opened(path)
    assert path.read_bytes() == text
    assert list(tmp_path.iterdir()) == [path]


@BOTH
@pytest.mark.parametrize("mark", [0, 1, 0x57414C4D])
@pytest.mark.parametrize("mode", ["DELETE", "WAL"])
def test_another_programs_database_is_left_alone(
    opened: Opening, tmp_path: Path, mark: int, mode: str
) -> None:
    path = tmp_path / "theirs.db"
    with closing(sqlite3.connect(path)) as theirs:
        theirs.execute(f"PRAGMA application_id = {mark}")
        theirs.execute(f"PRAGMA journal_mode = {mode}")
        theirs.execute("CREATE TABLE _sqlite_migrations (migration_set, name, applied_at)")
        theirs.execute("INSERT INTO _sqlite_migrations VALUES ('theirs', 'first', 'now')")
        theirs.execute("CREATE TABLE precious (a)")
        theirs.commit()
    before = path.read_bytes()
    with pytest.raises(CacheError, match="another program's"):
        opened(path)
    assert path.read_bytes() == before


@BOTH
def test_a_newer_cache_is_refused_untouched(opened: Opening, tmp_path: Path) -> None:
    path = made(tmp_path / "cache.db")
    with closing(sqlite3.connect(path)) as newer:
        newer.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) "
            "VALUES ('wallboard', 'of_the_future', 'later')"
        )
        newer.commit()
    before = path.read_bytes()
    with pytest.raises(CacheError, match=r"newer wallboard.*of_the_future"):
        opened(path)
    assert path.read_bytes() == before


@BOTH
@pytest.mark.parametrize("size", [17, 71, 99, 4_096, 9_000, 100_000])
def test_a_truncated_cache_is_said_to_be_damaged(
    opened: Opening, tmp_path: Path, size: int
) -> None:
    path = made(tmp_path / "cache.db")
    os.truncate(path, size)
    with pytest.raises(CacheError, match="damaged"):
        opened(path)


@BOTH
def test_a_cache_with_a_damaged_schema_is_said_to_be_damaged(
    opened: Opening, tmp_path: Path
) -> None:
    path = made(tmp_path / "cache.db")
    with path.open("r+b") as file:
        file.seek(100)
        file.write(b"\xff" * 3_000)
    with pytest.raises(CacheError, match="damaged"):
        opened(path)


@BOTH
def test_a_folder_is_no_cache(opened: Opening, tmp_path: Path) -> None:
    with pytest.raises(CacheError, match="directory"):
        opened(tmp_path)


def test_a_file_where_a_folder_should_be(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(CacheError, match="cannot be"):
        open_for_writing(tmp_path / "file" / "cache.db")


def test_where_nothing_can_be_written() -> None:
    with pytest.raises(CacheError, match="cannot be written"):
        open_for_writing(Path("/proc/wallboard/cache.db"))


def test_a_read_only_cache_is_read_but_not_written(locked_folder: Path) -> None:
    path = locked_folder / "cache.db"
    with nobody():
        with pytest.raises(CacheError, match="cannot be opened for writing"):
            open_for_writing(path)
        with pytest.raises(CacheError, match="cannot be written"):
            open_for_writing(locked_folder / "other.db")


def test_one_that_may_not_even_be_read(locked_folder: Path) -> None:
    path = locked_folder / "cache.db"
    path.chmod(0)
    with nobody(), pytest.raises(CacheError, match="cannot be read: Permission denied"):
        open_for_reading(path)


def test_a_reader_cannot_write(tmp_path: Path) -> None:
    with closing(open_for_reading(made(tmp_path / "cache.db"))) as reader:
        for sql in ("INSERT INTO meta VALUES ('a', 'b')", "DROP TABLE calls"):
            with pytest.raises(sqlite3.OperationalError, match="readonly"):
                reader.execute(sql)


def test_a_reader_beside_a_writer_sees_one_state_as_long_as_it_wants(tmp_path: Path) -> None:
    path = made(tmp_path / "cache.db")
    count = "SELECT count(*) FROM meta WHERE name != 'caller_key'"
    with closing(open_for_writing(path)) as db, closing(open_for_reading(path)) as reader:
        db.conn.execute("BEGIN IMMEDIATE")
        db.conn.execute("INSERT INTO meta VALUES ('new', '')")
        assert reader.execute(count).fetchone() == (500,)
        reader.execute("BEGIN")
        assert reader.execute(count).fetchone() == (500,)
        db.conn.execute("COMMIT")
        assert reader.execute(count).fetchone() == (500,)
        reader.execute("COMMIT")
        assert reader.execute(count).fetchone() == (501,)


def test_the_size_is_that_of_the_file_and_its_log(tmp_path: Path) -> None:
    path = tmp_path / "cache.db"
    assert size_of(path) == 0
    with closing(open_for_writing(path)):
        log = Path(f"{path}-wal").stat().st_size
        assert log > 0
        assert size_of(path) == path.stat().st_size + log
