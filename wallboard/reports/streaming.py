"""Rows of a query a batch at a time, so that memory stays flat however many there are."""

import sqlite3
from collections.abc import Mapping
from typing import Final

from wallboard.reports.report import Generated

BATCH: Final = 256


def stream(
    connection: sqlite3.Connection, sql: str, values: Mapping[str, int | float | str]
) -> Generated:
    """The rows of a query in its order."""
    cursor = connection.cursor()
    cursor.arraysize = BATCH
    try:
        cursor.execute(sql, values)
        while rows := cursor.fetchmany():
            yield from rows
    finally:
        cursor.close()
