"""What is over its time is nowhere: in no row, packed or not, and in no byte of any file."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import zstandard

from tests.endtoend.stage import Stage, until
from tests.reliability.hostile import poisoned
from wallboard.cache.lock import holder_of
from wallboard.events import decode_message
from wallboard.events.examples import example
from wallboard.events.vocabulary import TYPES

NUMBER: Final = "+14159731957"
NAME: Final = "Zephyrine Quillabamba"
MARKS: Final = (NUMBER, NUMBER[1:], "Zephyrine", "Quillabamba")
KEEP_DAYS: Final = 10
SETTINGS: Final = f"[cache]\nkeep_days = {KEEP_DAYS}\nkeep_event_days = 2\n"
LASTING: Final = {"agent.changed"}
"""Says what still holds, as definitions do, and is about nobody who called."""
PACKED: Final = zstandard.ZstdDecompressor()
ZSTD: Final = b"\x28\xb5\x2f\xfd"


def marked_events(days: float) -> Iterator[dict[str, Any]]:
    """An event of every type about a caller, so long ago, with a mark in each text that takes it.

    Some in quarantine and of unknown types besides.
    """
    moment = datetime.now(UTC) - timedelta(days=days)
    kinds = [kind for kind in TYPES if not kind.endswith(".defined") and kind not in LASTING]
    for number, kind in enumerate(kinds):
        event: dict[str, Any] = dict(example(kind)) | {
            "id": f"{NUMBER} {number}",
            "time": moment.isoformat(),
        }
        event.pop("sequence", None)
        for field, value in event["data"].items():
            then = moment.isoformat() if is_time(value) else poisoned(value, f" {NAME} {NUMBER}")
            spoilt = event | {"data": event["data"] | {field: then}}
            if decode_message(json.dumps(spoilt)).events:
                event = spoilt
        yield event
        yield event | {"id": f"wrong {number}", "data": {"call": [NUMBER], "name": NAME}}
    yield example("call.started") | {"id": "u", "type": f"about.{NAME}", "time": moment.isoformat()}


def is_time(value: Any) -> bool:
    """Whether a value of an example is a moment or a day."""
    try:
        datetime.fromisoformat(str(value))
    except ValueError:
        return False
    return isinstance(value, str)


def unpacked(value: object) -> bytes:
    """A value of a row as bytes in which text can be looked for."""
    if isinstance(value, bytes):
        if value.startswith(ZSTD):
            return PACKED.decompressobj().decompress(value)
        return value
    return str(value).encode("utf-8", "replace")


def tables_with_marks(cache: Path) -> set[str]:
    """The tables of a cache in which a mark is, whatever way it is stored."""
    found = set()
    with closing(sqlite3.connect(f"{cache.as_uri()}?mode=ro", uri=True)) as connection:
        for (table,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'"):
            for row in connection.execute(f'SELECT * FROM "{table}"'):
                if any(mark.encode() in unpacked(value) for value in row for mark in MARKS):
                    found.add(table)
    return found


def files_with_marks(folder: Path) -> set[str]:
    """The files below a folder that hold a mark."""
    return {
        path.name
        for path in folder.rglob("*")
        if path.is_file() and any(mark.encode() in path.read_bytes() for mark in MARKS)
    }


def test_a_caller_is_forgotten(stage: Stage) -> None:
    """Marked in everything that tells of callers; after the collector has kept house, nowhere."""
    lines = "\n".join(map(json.dumps, marked_events(2 * KEEP_DAYS)))
    fresh = example("call.started") | {"id": "new", "time": datetime.now(UTC).isoformat()}
    stage.configure(SETTINGS.replace("= 10", "= 400").replace("= 2\n", "= 400\n"))
    # Apart: the text of a message is kept for as long as its newest event.
    for text in (lines, json.dumps(fresh)):
        assert stage.run("import", "-", given=text.encode()).returncode == 0
    before = tables_with_marks(stage.cache)
    assert before >= {"calls", "call_events", "messages", "contacts", "quarantine", "seen"}
    assert len(before) > 15
    # What could not be read has no time of its own: it goes by that of its arrival.
    with closing(sqlite3.connect(stage.cache)) as connection, connection:
        for table, column in (("quarantine", "received"), ("unknown_types", "last")):
            connection.execute(f"UPDATE {table} SET {column} = 946684800000")
    stage.configure(SETTINGS)
    collector = stage.start("collect")
    until(lambda: holder_of(stage.cache) == collector.pid, "collector")
    until(lambda: not tables_with_marks(stage.cache), "end of all marks", 20)
    log = stage.cache.with_name(f"{stage.cache.name}-wal")
    until(lambda: not log.exists() or not log.stat().st_size, "empty log")
    # While it runs, so that ending it has no part in it; then as it is left behind.
    assert files_with_marks(stage.folder) == set()
    collector.end()
    assert files_with_marks(stage.folder) == set()
    assert stage.number("SELECT count(*) FROM calls") == 1
