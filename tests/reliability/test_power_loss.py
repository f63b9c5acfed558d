"""Loss of power: whatever of the log reached the disk, the cache opens and is whole batches.

Copies are taken of the file and its log while they are written, without the index of the log; and
logs are cut at any byte, with what follows torn. Of a commit either all is there or nothing: the
books of events, facts and rollups then equal those of the events that the coverage tells of.
"""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from random import Random

import pytest

from tests.collector.books import Books, Json
from tests.collector.conftest import books, template
from tests.collector.simulated import simulated

__all__ = ["books", "template"]

NewBooks = Callable[..., Books]
BATCH = 40
BATCHES = 24
CUTS = 30
HEADER, FRAME = 32, 24 + 4_096
"""Of a log: the bytes before its pages, and those of a page with its own header."""


def stream() -> list[Json]:
    return list(simulated(1))[: BATCH * BATCHES]


@pytest.fixture
def copies(books: NewBooks, tmp_path: Path) -> Iterator[tuple[Path, list[Path]]]:
    """A cache that is written, and copies of it with its log after each few commits."""
    cache = books()
    events = stream()
    taken = []
    for number in range(BATCHES):
        cache.feed(events[number * BATCH : (number + 1) * BATCH])
        if number == BATCHES // 3:
            # So that the file holds a part, and the log what came after.
            cache.rows("PRAGMA wal_checkpoint(PASSIVE)")
        if number % 4 == 3:
            taken.append(copied(cache.path, tmp_path / f"copy-{number}.sqlite"))
    yield cache.path, taken
    cache.close()


def copied(cache: Path, to: Path) -> Path:
    """A copy of the file and its log as they are; the index of the log is lost with the memory."""
    shutil.copyfile(cache, to)
    shutil.copyfile(f"{cache}-wal", f"{to}-wal")
    return to


def held_by(path: Path) -> int:
    """Check that what the cache holds is whole, resume it, and return how many events it held."""
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    resumed = Books(path)
    try:
        coverage = resumed.ledger.feeds["main"].coverage
        held = coverage.newest or 0
        assert held % BATCH == 0, "Half a commit is there."
        assert (coverage.oldest if held else 1) == 1
        resumed.feed(*(stream()[at : at + BATCH] for at in range(held, BATCH * BATCHES, BATCH)))
        assert resumed.tables() == undisturbed(path.parent)
    finally:
        resumed.close()
    return held


_KNOWN: dict[Path, dict[str, object]] = {}


def undisturbed(folder: Path) -> dict[str, object]:
    """What all events lead to."""
    if folder not in _KNOWN:
        whole = Books(folder / "undisturbed.sqlite")
        whole.feed(*(stream()[at : at + BATCH] for at in range(0, BATCH * BATCHES, BATCH)))
        _KNOWN[folder] = dict(whole.tables())
        whole.close()
    return _KNOWN[folder]


def test_copies_taken_while_it_is_written_hold_what_was_committed(
    copies: tuple[Path, list[Path]],
) -> None:
    _, taken = copies
    assert [held_by(copy) for copy in taken] == [
        BATCH * (number + 1) for number in range(3, BATCHES, 4)
    ]


@pytest.mark.parametrize("tail", ["cut", "zeros", "torn"])
def test_a_log_cut_at_any_byte_leaves_whole_commits(
    copies: tuple[Path, list[Path]], tmp_path: Path, tail: str
) -> None:
    """What follows the cut is gone, zeros as of a file that was only lengthened, or rubbish."""
    _, taken = copies
    random = Random(tail)
    log = Path(f"{taken[-1]}-wal").read_bytes()
    found = set()
    for number in range(CUTS // 3):
        at = random.choice((random.randrange(len(log)), len(log) - random.randrange(1, 9_000)))
        rest = {"cut": b"", "zeros": bytes(len(log) - at), "torn": random.randbytes(len(log) - at)}
        cut = tmp_path / f"cut-{number}.sqlite"
        shutil.copyfile(taken[-1], cut)
        Path(f"{cut}-wal").write_bytes(log[:at] + rest[tail])
        found.add(held_by(cut))
    assert len(found) > 2


def test_a_page_torn_within_the_log_ends_it_there(
    copies: tuple[Path, list[Path]], tmp_path: Path
) -> None:
    """What was committed after it is gone with it, and is fetched again."""
    _, taken = copies
    log = bytearray(Path(f"{taken[1]}-wal").read_bytes())
    at = HEADER + (len(log) - HEADER) // FRAME * 9 // 10 * FRAME + FRAME // 2
    log[at : at + 512] = b"\xa5" * 512
    torn = tmp_path / "torn.sqlite"
    shutil.copyfile(taken[1], torn)
    Path(f"{torn}-wal").write_bytes(log)
    assert 0 < held_by(torn) < BATCH * 8


def test_a_checkpoint_that_was_cut_short_is_done_again(
    copies: tuple[Path, list[Path]], tmp_path: Path
) -> None:
    """The file has some of the log's pages, one of them torn; the log still has them all."""
    path, taken = copies
    with closing(sqlite3.connect(path)) as other:
        other.execute("PRAGMA wal_checkpoint(FULL)")
    before, after = taken[-1].read_bytes(), path.read_bytes()
    random = Random(3)
    page = 4_096
    mixed = bytearray(before.ljust(len(after), b"\0"))
    for start in range(0, len(after), page):
        chosen = random.random()
        if chosen < 0.5:
            mixed[start : start + page] = after[start : start + page]
        elif chosen < 0.6:
            mixed[start : start + page // 2] = after[start : start + page // 2]
    half = tmp_path / "half.sqlite"
    half.write_bytes(mixed)
    shutil.copyfile(f"{taken[-1]}-wal", f"{half}-wal")
    assert held_by(half) == BATCH * BATCHES
