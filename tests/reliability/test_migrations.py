"""A cache of an earlier version is brought up to date without a loss, whatever interrupts it."""

import json
import resource
import signal
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

import pytest
from sqlite_utils import Database

from tests.collector.simulated import simulated
from tests.endtoend.stage import Stage, until
from wallboard.cache.callers import register_digest
from wallboard.cache.schema import migrations
from wallboard.cache.versions import APPLICATION_ID, CHANGES
from wallboard.cache.writing import open_for_writing

ALL: Final = [migration.name for migration in migrations._migrations]
FIRST: Final = 2
"""So many of them made the tables of version 0.1, in which everything may be kept already."""
APPLIED: Final = "SELECT count(*) FROM _sqlite_migrations"
APART: Final = {
    "_sqlite_migrations": "when this file was made",
    "sqlite_stat1": "estimates",
    "sqlite_sequence": "the last number given",
    "alarm_evaluations": "when thresholds were looked at",
    "file_numbers": "not known before there was the table",
}
"""The tables that are not compared, and why."""

Rows = dict[str, list[tuple[Any, ...]]]


def test_readers_know_every_change() -> None:
    """They compare names, and load nothing of what makes the changes."""
    assert list(CHANGES) == ALL


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A cache of today's version with a day of a simulated center in it."""
    stage = Stage()
    events = [*simulated(1)]
    outcome = next(event for event in events if event["type"] == "call.outcome")
    late = datetime.fromisoformat(outcome["time"]) + timedelta(hours=3)
    events.append(
        outcome | {"id": "late", "sequence": str(len(events) + 1), "time": late.isoformat()}
    )
    lines = "\n".join(map(json.dumps, events))
    assert stage.run("import", "-", given=lines.encode()).returncode == 0
    yield stage.cache
    stage.close()


def rows(cache: Path) -> Rows:
    """Every row of every table, in no order."""
    with closing(sqlite3.connect(cache)) as connection:
        names = [
            name
            for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            if name not in APART
        ]
        found = {
            name: sorted(connection.execute(f'SELECT * FROM "{name}"'), key=repr) for name in names
        }
    # Up to where calls are looked for is written up, so as to be written seldom.
    found["call_spans"] = [row[:2] for row in found["call_spans"]]
    return found


def earlier(today: Path, old: Path) -> None:
    """Write what a cache holds into one that is of the first version."""
    with closing(sqlite3.connect(old, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        db = Database(connection, execute_plugins=False)
        migrations.apply(db, stop_before=ALL[FIRST])
        register_digest(connection)
        connection.execute("ATTACH ? AS today", (str(today),))
        connection.execute("BEGIN")
        for (name,) in connection.execute(
            "SELECT name FROM main.sqlite_master WHERE type = 'table'"
            " AND name NOT LIKE '\\_sqlite%' ESCAPE '\\' AND name NOT LIKE 'sqlite%'"
        ).fetchall():
            own = {row[1] for row in connection.execute(f"PRAGMA main.table_info({name})")}
            kept = ", ".join(
                f'"{row[1]}"' for row in connection.execute(f"PRAGMA today.table_info({name})")
                if row[1] in own
            )  # fmt: skip
            connection.execute(f"DELETE FROM main.{name}")
            connection.execute(f"INSERT INTO main.{name} ({kept}) SELECT {kept} FROM today.{name}")
        connection.execute("COMMIT")


def test_an_earlier_cache_becomes_what_it_would_be_today(imported: Path, tmp_path: Path) -> None:
    """The rows that a migration derives are those that a collector of today derives."""
    old = tmp_path / "cache.sqlite"
    earlier(imported, old)
    open_for_writing(old).conn.close()
    found, expected = rows(old), rows(imported)
    assert found.keys() == expected.keys()
    assert expected["late_outcomes"]
    for name in found:
        assert found[name] == expected[name], name


def migrated(stage: Stage, seconds: float) -> int:
    """Start a collector, kill it so soon; return how many migrations are in."""
    collector = stage.start("collect")
    time.sleep(seconds)
    collector.end(signal.SIGKILL)
    return stage.number(APPLIED)


def test_killed_or_out_of_room_while_it_is_brought_up_to_date(imported: Path, stage: Stage) -> None:
    """Each migration is there whole or not at all, and the next collector goes on."""
    earlier(imported, stage.cache)
    limited = stage.start("collect")
    # As on a disk that is full: no file of it may become longer than this.
    resource.prlimit(limited.pid, resource.RLIMIT_FSIZE, (60_000, resource.RLIM_INFINITY))
    limited.process.wait(60)
    assert limited.process.returncode == 1
    assert "nothing that was kept is deleted" in limited.err
    assert stage.ask("PRAGMA integrity_check") == [("ok",)]
    left = stage.number(APPLIED)
    assert FIRST <= left < len(ALL)
    seconds = 0.2
    while (left := migrated(stage, seconds)) < len(ALL):
        seconds *= 1.1
        assert stage.ask("PRAGMA integrity_check") == [("ok",)], left
    collector = stage.start("collect")
    collector.says("Collecting")
    collector.end()
    found, expected = rows(stage.cache), rows(imported)
    for name in expected:
        if name != "feeds":
            assert found[name] == expected[name], name
    until(lambda: not stage.processes(), "end of all")
