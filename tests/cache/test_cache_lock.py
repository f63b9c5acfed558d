"""Who holds the cache: one at a time, and nobody once the holder is dead."""

import os
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from wallboard.cache.errors import CacheError
from wallboard.cache.lock import CacheHeld, CacheLock, holder_of

HOLD = """
import sys
from pathlib import Path
from wallboard.cache.lock import CacheLock
with CacheLock(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


@contextmanager
def held_elsewhere(cache: Path) -> Iterator["subprocess.Popen[str]"]:
    """Another process that holds the cache until its input ends or it is killed."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(cache)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        yield process


def test_nobody_holds_a_cache_that_is_not_there(tmp_path: Path) -> None:
    assert holder_of(tmp_path / "cache.db") is None
    assert list(tmp_path.iterdir()) == []


def test_the_holder_is_named(tmp_path: Path) -> None:
    cache = tmp_path / "new" / "cache.db"
    with CacheLock(cache):
        assert holder_of(cache) == os.getpid()
        with pytest.raises(CacheHeld, match=f"process {os.getpid()}") as refused:
            CacheLock(cache).acquire()
        assert refused.value.holder == os.getpid()
    assert holder_of(cache) is None
    with CacheLock(cache):
        assert holder_of(cache) == os.getpid()


def test_another_process_holds_it_until_it_ends(tmp_path: Path) -> None:
    cache = tmp_path / "cache.db"
    with held_elsewhere(cache) as process:
        assert holder_of(cache) == process.pid
        with pytest.raises(CacheHeld) as refused:
            CacheLock(cache).acquire()
        assert refused.value.holder == process.pid
        process.communicate("")
        assert holder_of(cache) is None


def test_a_killed_holder_holds_nothing(tmp_path: Path) -> None:
    cache = tmp_path / "cache.db"
    with held_elsewhere(cache) as process:
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert holder_of(cache) is None
        with CacheLock(cache):
            assert holder_of(cache) == os.getpid()


def test_a_link_to_the_cache_is_the_same_cache(tmp_path: Path) -> None:
    """Else two collectors would write into one file."""
    cache, link = tmp_path / "cache.db", tmp_path / "link.db"
    cache.touch()
    link.symlink_to(cache)
    with CacheLock(cache):
        assert holder_of(link) == os.getpid()
        with pytest.raises(CacheHeld):
            CacheLock(link).acquire()


def test_caches_side_by_side_are_apart(tmp_path: Path) -> None:
    with CacheLock(tmp_path / "a.db"), CacheLock(tmp_path / "b.db"):
        assert holder_of(tmp_path / "a.db") == holder_of(tmp_path / "b.db") == os.getpid()


def test_asking_does_not_take_it(tmp_path: Path) -> None:
    cache = tmp_path / "cache.db"
    CacheLock(cache).acquire().release()
    for _ in range(20):
        assert holder_of(cache) is None
        with CacheLock(cache):
            assert holder_of(cache) is not None


def test_the_lock_is_its_owners_alone(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        with CacheLock(tmp_path / "cache.db"):
            (lock,) = tmp_path.iterdir()
            assert stat.S_IMODE(lock.stat().st_mode) == 0o600
    finally:
        os.umask(before)


def test_releasing_twice_does_no_harm(tmp_path: Path) -> None:
    lock = CacheLock(tmp_path / "cache.db").acquire()
    lock.release()
    lock.release()


def test_a_lock_that_cannot_be_made_is_said_in_words(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(CacheError, match="cannot be held"):
        CacheLock(tmp_path / "file" / "cache.db").acquire()
