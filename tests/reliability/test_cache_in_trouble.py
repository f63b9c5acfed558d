"""The cache is deleted, replaced, cut short, damaged, locked, while it is collected into and read.

By real processes: a feed server that holds everything, a collector, a board's reader.
"""

import os
import signal
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.endtoend.conftest import Open
from tests.endtoend.stage import Running, Stage, until
from tests.reliability.feeding import Feeding, feeding
from wallboard.cache.lock import holder_of, trouble_of

SECONDS = 60.0
"""How long a slow machine may take to put everything right; usually it is a second or two."""
WHOLE = "SELECT 1 FROM feeds WHERE coverage = ?"


@pytest.fixture
def fed(stage: Stage, tmp_path: Path) -> Iterator[Feeding]:
    """A server that holds a morning, and a configuration that follows it."""
    with feeding(stage, tmp_path) as server:
        yield server


def collecting(stage: Stage, fed: Feeding) -> Running:
    """A collector that has everything."""
    collector = stage.start("collect")
    until(lambda: stage.ask(WHOLE, fed.coverage), "whole stream")
    return collector


def aside(stage: Stage) -> list[Path]:
    """The caches that were set aside, without their logs."""
    found = stage.folder.glob("cache.sqlite.damaged-*")
    return sorted(path for path in found if not path.name.endswith(("-wal", "-shm")))


def delete(path: Path) -> None:
    path.unlink()


def move(path: Path) -> None:
    path.rename(path.with_name("moved.sqlite"))


def replace(path: Path) -> None:
    """By an empty cache, as who restores a backup does."""
    new = path.with_name("new.sqlite")
    new.touch()
    new.replace(path)


def delete_log(path: Path) -> None:
    """As who takes it for a leftover does."""
    path.with_name(f"{path.name}-wal").unlink()


def delete_logs(path: Path) -> None:
    """With its index."""
    delete_log(path)
    path.with_name(f"{path.name}-shm").unlink()


@pytest.mark.parametrize("lose", [delete, move, replace, delete_log, delete_logs])
def test_a_lost_cache_is_begun_anew_within_seconds(
    stage: Stage, fed: Feeding, lose: Callable[[Path], None]
) -> None:
    """The same collector fetches everything again into a new file; a moved one is whole."""
    collector = collecting(stage, fed)
    lose(stage.cache)
    until(lambda: "is lost" in collector.err, "word of it", SECONDS)
    until(lambda: stage.ask(WHOLE, fed.coverage), "whole stream again", SECONDS)
    # Between two caches it holds neither for a moment.
    until(lambda: holder_of(stage.cache) == collector.pid, "the same collector", SECONDS)
    fed.reveal_all()
    until(lambda: stage.ask(WHOLE, fed.coverage), "events that came later", SECONDS)
    if lose is move:
        with closing(sqlite3.connect(stage.folder / "moved.sqlite")) as moved:
            assert moved.execute("PRAGMA quick_check").fetchone() == ("ok",)
            assert moved.execute("SELECT count(*) FROM calls").fetchone()[0] > 10
    collector.end()
    assert collector.process.returncode == 0
    assert not aside(stage)


def truncate(path: Path) -> None:
    move_log(path)
    os.truncate(path, 0)


def halve(path: Path) -> None:
    move_log(path)
    os.truncate(path, path.stat().st_size // 2)


def move_log(path: Path) -> None:
    """Leave nothing in the log from which the collector could make whole what is cut next."""
    with closing(sqlite3.connect(path)) as connection:
        until(
            lambda: connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] == 0,
            "empty log",
            SECONDS,
        )


def scribble(path: Path) -> None:
    """Over every page but the first, and over the log."""
    for name in (path, Path(f"{path}-wal")):
        size = name.stat().st_size
        with name.open("r+b") as file:
            file.seek(4_096 if name == path else 0)
            file.write(b"\xa5" * max(0, size - 4_096))


@pytest.mark.parametrize("hurt", [truncate, scribble])
def test_a_hurt_cache_is_set_aside_and_rebuilt_while_it_is_written(
    stage: Stage, fed: Feeding, hurt: Callable[[Path], None]
) -> None:
    collector = collecting(stage, fed)
    with closing(sqlite3.connect(stage.cache)) as other:
        other.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        inode = stage.cache.stat().st_ino
        fed.reveal_some()
        until(lambda: stage.ask(WHOLE, fed.coverage), "events in the log")
    hurt(stage.cache)
    fed.reveal_all()
    until(lambda: aside(stage), "cache set aside", SECONDS)
    (kept,) = aside(stage)
    assert kept.stat().st_ino == inode
    until(lambda: stage.ask(WHOLE, fed.coverage), "rebuilt cache", SECONDS)
    assert "is damaged" in collector.err
    for command in ("status", "check"):
        assert kept.name in stage.run(command).stdout, command
    assert (
        '"begun_anew": "The cache was begun anew' in stage.run("status", "--format", "json").stdout
    )
    collector.end()
    assert collector.process.returncode == 0
    assert stage.ask("PRAGMA integrity_check") == [("ok",)]


@pytest.mark.parametrize("hurt", [halve])
def test_a_cache_hurt_before_the_start_is_set_aside_by_the_next_collector(
    stage: Stage, fed: Feeding, hurt: Callable[[Path], None]
) -> None:
    """`check` says so before; nobody else touches it."""
    collecting(stage, fed).end()
    Path(f"{stage.cache}-wal").touch()
    hurt(stage.cache)
    before = stage.cache.read_bytes()
    found = stage.run("check")
    assert found.returncode == 1
    assert "damaged" in found.stdout
    assert "sets it aside" in found.stdout
    assert stage.cache.read_bytes() == before
    fed.reveal_all()
    collector = stage.start("collect")
    until(lambda: aside(stage), "cache set aside", SECONDS)
    until(lambda: stage.ask(WHOLE, fed.coverage), "rebuilt cache", SECONDS)
    (kept,) = aside(stage)
    assert kept.read_bytes()[4_096:] == before[4_096:]
    collector.end()


def test_a_cache_that_is_locked_is_waited_for_and_says_so(stage: Stage, fed: Feeding) -> None:
    """By a program that writes into it for long; told in the lock, by status and by check."""
    collector = collecting(stage, fed)
    with closing(sqlite3.connect(stage.cache, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        fed.reveal_all()
        until(lambda: trouble_of(stage.cache), "word of it", SECONDS)
        assert "another program holds it" in trouble_of(stage.cache)
        assert "another program holds it" in stage.run("check").stdout
        other.execute("ROLLBACK")
    until(lambda: stage.ask(WHOLE, fed.coverage), "whole stream", SECONDS)
    until(lambda: not trouble_of(stage.cache), "end of the trouble", SECONDS)
    collector.end()
    assert collector.process.returncode == 0


def test_a_collector_ends_within_seconds_while_the_cache_is_locked(
    stage: Stage, fed: Feeding
) -> None:
    """Saying what could not be written; the next start has it all the same."""
    collector = collecting(stage, fed)
    with closing(sqlite3.connect(stage.cache, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        fed.reveal_all()
        until(lambda: trouble_of(stage.cache), "word of it", SECONDS)
        # Measured: 1.5 s.
        assert collector.end() < 6
        other.execute("ROLLBACK")
    assert collector.process.returncode == 0
    assert "could not be written" in collector.err
    assert "another program holds it" in collector.err
    collecting(stage, fed).end()


def test_a_folder_that_may_not_be_written_is_refused_in_words(stage: Stage) -> None:
    """Where not even root can write."""
    found = stage.run("--cache", "/proc/wallboard/cache.sqlite", "collect", plain=True)
    assert found.returncode == 1
    assert "cannot be held" in found.stderr
    assert "Traceback" not in found.stderr


def test_a_collector_without_a_lock_file_takes_it_again(stage: Stage, fed: Feeding) -> None:
    """Else a second could begin beside it."""
    collector = collecting(stage, fed)
    stage.cache.with_name("cache.sqlite.lock").unlink()
    until(lambda: holder_of(stage.cache) == collector.pid, "lock", SECONDS)
    second = stage.run("collect")
    assert second.returncode == 1
    assert f"process {collector.pid}" in second.stderr
    collector.end(signal.SIGTERM)
    assert collector.process.returncode == 0


def test_a_board_that_is_open_says_so_and_goes_on(
    stage: Stage, fed: Feeding, terminal: Open
) -> None:
    """It collects by itself, and shows that the cache was set aside."""
    fed.reveal_all()
    board = terminal()
    until(lambda: stage.ask(WHOLE, fed.coverage), "whole stream")
    truncate(stage.cache)
    until(lambda: aside(stage), "cache set aside", SECONDS)
    board.shows("set aside and begun anew", SECONDS)
    until(lambda: stage.ask(WHOLE, fed.coverage), "rebuilt cache", SECONDS)
    assert board.end(signal.SIGTERM) < SECONDS / 2
    assert board.process.returncode == 0
