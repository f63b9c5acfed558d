"""Who may read what the processes leave on the disk: its owner, unless a group is named."""

import grp
import json
import os
import stat
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from tests.endtoend.conftest import Open
from tests.endtoend.stage import Stage, until
from tests.reliability.hostile import hostile_events
from wallboard.cache.errors import CacheError
from wallboard.cache.lock import holder_of
from wallboard.cache.writing import open_for_writing

CENTER = ("--days", "0", "--agents", "8")


@contextmanager
def careless() -> Iterator[None]:
    """A umask that takes nothing away."""
    before = os.umask(0)
    try:
        yield
    finally:
        os.umask(before)


def modes(folder: Path, name: str) -> dict[str, str]:
    """The rights of the files whose names begin so."""
    return {
        path.name.removeprefix(name): f"{stat.S_IMODE(path.stat().st_mode):04o}"
        for path in folder.glob(f"{name}*")
    }


def test_all_that_is_left_is_its_owners(stage: Stage, terminal: Open) -> None:
    """The cache, its log and lock, a damaged one set aside, the collector's log, a recording."""
    _, url = stage.serve(*CENTER)
    stage.follow(url)
    stage.cache.write_bytes(b"SQLite format 3\x00" + bytes(4_096))
    stage.cache.chmod(0o666)
    with careless():
        board = terminal()
        board.shows("● live")
        until(lambda: stage.number("SELECT applied FROM feeds"), "events")
        stage.run("record", "--output", stage.folder / "record.jsonl", "--for", "1")
        found = modes(stage.folder, stage.cache.name)
    aside = {name: mode for name, mode in found.items() if name.startswith(".damaged")}
    assert len(aside) == 1
    assert found == aside | dict.fromkeys(("", "-wal", "-shm", ".lock", ".log"), "0600")
    assert set(aside.values()) == {"0600"}
    assert modes(stage.folder, "record") == {".jsonl": "0600"}


def test_what_is_written_out_is_its_owners(stage: Stage) -> None:
    """Reports and pictures; one that replaces a file has the rights of that file."""
    lines = "\n".join(map(json.dumps, hostile_events()))
    with careless():
        assert stage.run("import", "-", given=lines.encode()).returncode == 0
        for name in ("list.csv", "list.xlsx"):
            words = ("--output", stage.folder / name, "--format", name[-4:].strip("."))
            assert stage.run("report", "list-audit", *words).returncode == 0
        assert stage.run("screenshot", "--output", stage.folder / "list.svg").returncode == 0
        (stage.folder / "list.csv").chmod(0o640)
        again = ("--format", "csv", "--output", stage.folder / "list.csv", "--force", "--reveal")
        assert stage.run("report", "all-contacts", *again).returncode == 0
    assert modes(stage.folder, "list") == {".csv": "0640", ".xlsx": "0600", ".svg": "0600"}


def test_a_cache_that_was_open_to_others_is_closed(tmp_path: Path) -> None:
    """As one that was copied back by hand."""
    path = tmp_path / "cache.sqlite"
    with closing(open_for_writing(path).conn):
        path.chmod(0o644)
    with closing(open_for_writing(path).conn):
        assert set(modes(tmp_path, "cache").values()) == {"0600"}


def another_group() -> str:
    """A group of this machine that this process may give files to, other than its own."""
    mine = set(os.getgroups()) | ({0} if os.geteuid() else set(range(1_000)))
    return next(one.gr_name for one in grp.getgrall() if one.gr_gid in mine - {os.getegid()})


def test_a_group_may_read(stage: Stage) -> None:
    """Its file, log, index and lock; and what it had is taken back when it is named no more."""
    if not set(os.getgroups()) - {os.getegid()} and os.geteuid():
        group = grp.getgrgid(os.getegid()).gr_name
    else:
        group = another_group()
    stage.configure(f'[cache]\ngroup = "{group}"\n')
    with careless():
        collector = stage.start("collect")
        until(lambda: holder_of(stage.cache) == collector.pid, "collector")
        until(lambda: len(modes(stage.folder, stage.cache.name)) == 4, "log")
        until(lambda: stage.number("SELECT count(*) FROM _sqlite_migrations"), "tables")
        collector.says("Collecting 0 feeds")
    assert modes(stage.folder, stage.cache.name) == dict.fromkeys(
        ("", "-wal", "-shm", ".lock"), "0640"
    )
    owners = {path.group() for path in stage.folder.glob("cache.sqlite*")}
    assert owners == {group}
    collector.end()
    with closing(open_for_writing(stage.cache).conn):
        assert set(modes(stage.folder, stage.cache.name).values()) == {"0600"}


def test_a_group_that_is_none(tmp_path: Path) -> None:
    """It is said, and nothing is opened to anybody."""
    path = tmp_path / "cache.sqlite"
    with pytest.raises(CacheError, match="There is no group “nobody-s own” on this machine"):
        open_for_writing(path, "nobody-s own")
    assert modes(tmp_path, path.name) == {"": "0600"}
