"""Rows sorted by a column with memory that stays flat: in a file of its own while it lasts."""

import contextlib
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import msgspec

from wallboard.reports.report import FIGURES, Column, Row
from wallboard.reports.streaming import BATCH
from wallboard.reports.writing.changing import Changes, changed

_ENCODE: Final = msgspec.msgpack.Encoder(enc_hook=str).encode
_DECODE: Final = msgspec.msgpack.Decoder(tuple[Any, ...]).decode


@contextlib.contextmanager
def sorted_rows(
    batches: Iterable[Sequence[Row]], columns: Sequence[Column], by: str, changes: Changes
) -> Iterator[Iterator[Row]]:
    """Yield the rows by a column: figures highest first, times and texts ascending, unknown last.

    They are changed before, and only so written down. Equal values keep their order. Raises
    sqlite3.Error where there is no room for them.
    """
    at = [column.name for column in columns].index(by)
    with tempfile.TemporaryDirectory(prefix="wallboard-") as folder:
        connection = sqlite3.connect(Path(folder) / "rows", isolation_level=None)
        try:
            ready = (changed(batch, changes) for batch in batches)
            yield _sorted(connection, ready, at, is_figure=columns[at].kind in FIGURES)
        finally:
            connection.close()


def _sorted(
    connection: sqlite3.Connection, batches: Iterable[Sequence[Row]], at: int, *, is_figure: bool
) -> Iterator[Row]:
    connection.execute("PRAGMA journal_mode = OFF")
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("CREATE TABLE found (place INTEGER PRIMARY KEY, key, cells BLOB)")
    connection.execute("BEGIN")
    for batch in batches:
        connection.executemany(
            "INSERT INTO found (key, cells) VALUES (?, ?)",
            [(row[at], _ENCODE(row)) for row in batch],
        )
    connection.execute("COMMIT")
    order = "key DESC" if is_figure else "key COLLATE NOCASE"
    cursor = connection.execute(f"SELECT cells FROM found ORDER BY key IS NULL, {order}, place")
    cursor.arraysize = BATCH
    while rows := cursor.fetchmany():
        for (cells,) in rows:
            yield _DECODE(cells)


def ranked(rows: Iterable[Row], columns: Sequence[Column], by: str) -> Iterator[Row]:
    """The sorted rows with their rank by a column in front; equals share one, as in 1, 2, 2, 4."""
    at = [column.name for column in columns].index(by)
    rank, before = 0, object()
    for place, row in enumerate(rows, 1):
        if row[at] != before:
            rank, before = place, row[at]
        yield (rank, *row[1:])
