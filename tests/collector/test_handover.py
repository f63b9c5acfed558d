"""Files handed to a collector that runs, in a process of its own."""

import json
import os
import signal
import socket
import sqlite3
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.collector.books import Books
from tests.collector.simulated import ZONE, simulated
from wallboard.cache.lock import holder_of
from wallboard.collector.feed_book import Counts
from wallboard.collector.handover import (
    HandoverError,
    hand_over,
    remove_left_over,
    socket_path,
)
from wallboard.reporting_time import Calendar

NewBooks = Callable[..., Books]
LINES = [json.dumps(event).encode() for event in simulated(1)[:3_000]]


def chunks(lines: list[bytes], size: int = 1_000) -> Iterator[list[bytes]]:
    for at in range(0, len(lines), size):
        yield lines[at : at + size]


@contextmanager
def collecting(cache: Path) -> Iterator["subprocess.Popen[str]"]:
    """A collector without feeds, ready to be handed files."""
    configuration = cache.with_suffix(".toml")
    configuration.write_text(f'[reporting]\ntime_zone = "{ZONE}"\n[cache]\nkeep_days = 9999\n')
    command = [sys.executable, "-m", "wallboard", "collect"]
    with subprocess.Popen(
        [*command, "--cache", str(cache), "--config", str(configuration)],
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            assert process.stderr is not None
            said = ""
            while "INFO Collecting" not in said:
                line = process.stderr.readline()
                assert line, said
                said += line
            assert holder_of(cache) == process.pid
            yield process
        finally:
            process.kill()


def same_as(books: NewBooks, cache: Path) -> None:
    """The cache holds what the lines say."""
    calendar = Calendar(ZONE)
    expected, found = books(calendar=calendar), Books(cache, calendar)
    expected.feed(*([json.loads(line) for line in chunk] for chunk in chunks(LINES)))
    try:
        assert found.tables() == expected.tables()
    finally:
        found.close()


def test_who_only_looks_whether_somebody_listens_brings_no_feed(tmp_path: Path) -> None:
    """A feed that never begins would make every board say that nothing is collected."""
    cache = tmp_path / "cache.db"
    with collecting(cache) as process:
        assert hand_over(cache, iter(())) == Counts()
        process.send_signal(signal.SIGTERM)
        process.wait(30)
    connection = sqlite3.connect(cache)
    assert connection.execute("SELECT feed FROM feeds").fetchall() == []
    connection.close()


def test_a_file_twice_is_all_repeated(books: NewBooks, tmp_path: Path) -> None:
    cache = tmp_path / "cache.db"
    total = len(LINES)
    with collecting(cache) as process:
        assert hand_over(cache, chunks(LINES)) == Counts(total, total)
        assert hand_over(cache, chunks(LINES, 77)) == Counts(total, 0, total)
        both = [
            b"nonsense",
            b'{"specversion":"1.0","id":"1","source":"/a","type":"call.teleported"}',
        ]
        assert hand_over(cache, iter([both])) == Counts(2, 0, 0, 1, 1)
        assert hand_over(cache, iter([])) == Counts()
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0
    assert not socket_path(cache).exists()
    with pytest.raises(HandoverError, match="Nothing was imported"):
        hand_over(cache, chunks(LINES))


def test_several_at_once_are_each_told_their_own_counts(books: NewBooks, tmp_path: Path) -> None:
    cache = tmp_path / "cache.db"
    thirds = [LINES[at::3] for at in range(3)]
    with collecting(cache) as process, ThreadPoolExecutor(3) as threads:
        told = list(threads.map(lambda third: hand_over(cache, chunks(third, 100)), thirds))
        assert told == [Counts(1_000, 1_000)] * 3
        process.send_signal(signal.SIGTERM)
        process.wait(20)
    same_as(books, cache)


def test_a_sender_that_is_cut_off_and_sends_again(books: NewBooks, tmp_path: Path) -> None:
    cache = tmp_path / "cache.db"
    with collecting(cache) as process:
        with socket.socket(socket.AF_UNIX) as sender:
            sender.connect(str(socket_path(cache)))
            sender.sendall(b"\n".join(LINES[:1_500]) + b"\n" + LINES[1_500][:30])
        counts = hand_over(cache, chunks(LINES))
        assert counts == Counts(3_000, 1_500, 1_500)
        process.send_signal(signal.SIGTERM)
        process.wait(20)
    same_as(books, cache)


def test_a_collector_that_is_killed_meanwhile(books: NewBooks, tmp_path: Path) -> None:
    cache = tmp_path / "cache.db"

    def killing(process: "subprocess.Popen[str]") -> Iterator[list[bytes]]:
        yield LINES[:2_000]
        process.kill()
        process.wait()
        yield LINES[2_000:]

    with collecting(cache) as process, pytest.raises(HandoverError, match="can be repeated"):
        hand_over(cache, killing(process))
    with collecting(cache) as process:
        counts = hand_over(cache, chunks(LINES))
        assert counts.applied + counts.repeated == counts.events == 3_000
        process.send_signal(signal.SIGTERM)
        process.wait(20)
    same_as(books, cache)


def test_only_its_owner_reaches_the_socket(tmp_path: Path) -> None:
    cache = tmp_path / "cache.db"
    with collecting(cache):
        path = socket_path(cache)
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert path.stat().st_uid == os.getuid()


def test_nothing_is_handed_to_a_stranger(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever makes the folder first, where all may make folders, could listen in it."""
    with tempfile.TemporaryDirectory(prefix="wbt-") as name, socket.socket(socket.AF_UNIX) as spy:
        monkeypatch.setattr(tempfile, "tempdir", name)
        path = socket_path(Path(name) / "cache.db")
        path.parent.mkdir()
        path.parent.chmod(0o777)
        spy.bind(str(path))
        spy.listen()
        spy.setblocking(False)
        with pytest.raises(HandoverError, match="not this user's alone"):
            hand_over(Path(name) / "cache.db", chunks(LINES))
        with pytest.raises(BlockingIOError):
            spy.accept()


def test_sockets_of_killed_collectors_are_removed_at_the_next_start(tmp_path: Path) -> None:
    """Those on which nobody listens; neither one that is in use nor one that was just made."""
    cache = tmp_path / "cache.db"
    with collecting(cache) as running:
        used = socket_path(cache)
        left = [used.with_name(f"left-{os.getpid()}-{at}.socket") for at in range(2)]
        for path in left:
            path.unlink(missing_ok=True)
            with socket.socket(socket.AF_UNIX) as bound:
                bound.bind(str(path))
        hour_ago = time.time() - 3_600
        os.utime(left[0], (hour_ago, hour_ago))
        os.utime(used, (hour_ago, hour_ago))
        with collecting(tmp_path / "other.db"):
            assert [path.exists() for path in left] == [False, True]
        assert used.exists()
        assert running.poll() is None
        assert hand_over(cache, chunks(LINES[:10])).events == 10
        os.utime(left[1], (hour_ago, hour_ago))
        remove_left_over(used.parent)
        assert not left[1].exists()
    found = Books(cache)
    try:
        assert found.rows("SELECT events FROM feeds") == [(10,)]
    finally:
        found.close()
