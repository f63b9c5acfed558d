"""The backup that docs/operations.md describes, of a cache into which a collector writes."""

import os
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.endtoend.stage import PROJECT, SECONDS, Stage, until
from tests.reliability.feeding import Feeding, feeding
from tests.reliability.rows import assert_equal, rows

BACKUP = PROJECT / "docs" / "wallboard_backup.py"
TAKEN = 3
"""Backups while the collector fetches a day as fast as it can."""


@pytest.fixture
def fed(stage: Stage, tmp_path: Path) -> Iterator[Feeding]:
    """A server that holds a whole day, and a configuration that follows it."""
    with feeding(stage, tmp_path, hours=24, agents=10, whole=True) as server:
        yield server


def back_up(stage: Stage, *words: str | Path) -> subprocess.CompletedProcess[str]:
    """Run the script as docs/operations.md has it, with an umask that takes nothing away."""
    return subprocess.run(
        [sys.executable, BACKUP, *words],
        capture_output=True,
        text=True,
        timeout=SECONDS,
        env=stage.environment,
        cwd=stage.folder,
        check=False,
        umask=0,
    )


def test_backups_of_a_busy_cache_are_whole_and_resume(stage: Stage, fed: Feeding) -> None:
    """Each is one state, between commits; restored, it comes to the rows of the cache itself."""
    whole = "SELECT 1 FROM feeds WHERE coverage = ?"
    collector = stage.start("collect")
    until(lambda: stage.number("SELECT applied FROM feeds") > 1_000, "first events")
    backups = [stage.folder / f"backup-{number}.sqlite" for number in range(TAKEN)]
    sizes = []
    for backup in backups:
        sizes.append(stage.number("SELECT events FROM feeds"))
        done = back_up(stage, stage.cache, backup)
        assert (done.returncode, done.stdout) == (0, ""), done.stderr
        assert done.stderr.endswith(" MB, whole.\n")
    assert not stage.ask(whole, fed.coverage), "the collector was not busy; take a longer day"
    until(lambda: stage.ask(whole, fed.coverage), "whole stream")
    collector.end()
    for backup, before in zip(backups, sizes, strict=True):
        assert stat.S_IMODE(backup.stat().st_mode) == 0o600
        assert stage.ask("PRAGMA integrity_check", cache=backup) == [("ok",)]
        ((events, sorted_out),) = stage.ask(
            "SELECT events, applied + unknown + repeated + quarantined FROM feeds", cache=backup
        )
        assert before <= events < fed.total
        assert events == sorted_out
    assert sorted(path.name for path in stage.folder.glob("backup*")) == [
        backup.name for backup in backups
    ]

    undisturbed = rows(stage.cache)
    kept = stage.folder / "before-restore"
    kept.mkdir()
    for path in stage.folder.glob("cache.sqlite*"):
        path.rename(kept / path.name)
    backups[0].rename(stage.cache)
    assert "nobody collects into it" in stage.run("check").stdout
    again = stage.start("collect")
    until(lambda: stage.ask(whole, fed.coverage), "rest of the stream")
    again.end()
    assert again.process.returncode == 0
    assert_equal(rows(stage.cache), undisturbed)


def test_what_cannot_be_backed_up_leaves_nothing(stage: Stage) -> None:
    """No cache, another's file, a damaged cache, a name that is taken: a sentence, and no file."""
    backup = stage.folder / "backup.sqlite"
    done = back_up(stage, stage.cache, backup)
    assert (done.returncode, "unable to open" in done.stderr) == (1, True)
    with closing(sqlite3.connect(stage.cache)) as other:
        other.execute("CREATE TABLE letters (text)")
    done = back_up(stage, stage.cache, backup)
    assert (done.returncode, "is no wallboard cache" in done.stderr) == (1, True)
    stage.cache.unlink()
    assert stage.run("import", "-", given=b"{").returncode == 0
    size = stage.cache.stat().st_size
    with stage.cache.open("r+b") as file:
        file.seek(size // 2)
        file.write(os.urandom(size // 4))
    done = back_up(stage, stage.cache, backup)
    assert done.returncode == 1, done.stderr
    assert done.stderr.startswith(f"{stage.cache} was not backed up: ")
    assert not list(stage.folder.glob("backup*"))
    backup.write_text("kept", encoding="utf-8")
    done = back_up(stage, stage.cache, backup)
    assert done.returncode == 1
    assert done.stderr.endswith(f"{backup} is there already, and is not replaced.\n")
    assert backup.read_text(encoding="utf-8") == "kept"
    assert back_up(stage, backup).returncode == 2
