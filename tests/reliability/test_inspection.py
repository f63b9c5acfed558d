"""Damage in a part of the cache that the collector never reads is found by looking through it."""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.collector.books import Books
from tests.collector.simulated import simulated
from wallboard.cache.lock import CacheLock
from wallboard.cache.set_aside import is_whole, set_aside
from wallboard.collector.collector import Collector
from wallboard.collector.ward import Fate, Ward

PAGE = 4_096
AT = 1_772_500_000_000


def made(path: Path) -> Books:
    """A cache of a morning, all of it in the file."""
    cache = Books(path)
    cache.feed(list(simulated(1))[:2_000])
    cache.rows("PRAGMA wal_checkpoint(TRUNCATE)")
    return cache


def hurt(path: Path) -> None:
    """Overwrite the index of the starts of calls, which nobody writes to now."""
    with closing(sqlite3.connect(path)) as other:
        (root,) = other.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = 'calls_ended'"
        ).fetchone()
    with path.open("r+b") as file:
        file.seek((root - 1) * PAGE)
        file.write(b"\xa5" * PAGE)


async def test_it_is_found_within_the_ward_s_own_look(tmp_path: Path) -> None:
    path = tmp_path / "cache.sqlite"
    made(path).close()
    assert is_whole(path)
    hurt(path)
    assert not is_whole(path)
    cache = Books(path)
    with CacheLock(path) as lock:
        ward = Ward(path, lock, Collector(cache.ledger), inspect_after=0.0)
        async with asyncio.timeout(20):
            loss = await ward.watch()
    cache.close()
    assert loss.fate is Fate.DAMAGED


async def test_a_whole_one_is_left_alone_and_the_watch_can_be_ended(tmp_path: Path) -> None:
    path = tmp_path / "cache.sqlite"
    cache = made(path)
    with CacheLock(path) as lock:
        ward = Ward(path, lock, Collector(cache.ledger), inspect_after=0.0)
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(ward.watch(), 1.5)
    cache.close()
    assert is_whole(path)


def test_what_is_set_aside_keeps_its_bytes_and_its_rights(tmp_path: Path) -> None:
    """With its log; twice in one second is two names."""
    path = tmp_path / "cache.sqlite"
    names = set()
    for number in range(2):
        path.write_bytes(b"cache %d" % number)
        path.chmod(0o600)
        Path(f"{path}-wal").write_bytes(b"log %d" % number)
        kept = set_aside(path, AT)
        names.add(kept.name)
        assert kept.read_bytes() == b"cache %d" % number
        assert kept.stat().st_mode & 0o777 == 0o600
        assert Path(f"{kept}-wal").read_bytes() == b"log %d" % number
        assert not path.exists()
    assert names == {
        "cache.sqlite.damaged-20260303T010640Z",
        "cache.sqlite.damaged-20260303T010640Z-1",
    }
