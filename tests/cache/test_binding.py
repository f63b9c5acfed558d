"""Nulls, truth values and bytes come back from the cache as SQLite itself keeps them."""

from pathlib import Path

import pytest

from wallboard.cache.writing import open_for_writing


@pytest.mark.parametrize(
    ("given", "kind", "kept"),
    [
        (None, "null", None),
        (True, "integer", 1),
        (False, "integer", 0),
        (b"\x00\xff", "blob", b"\x00\xff"),
        (b"", "blob", b""),
        ("", "text", ""),
        (0, "integer", 0),
        (0.5, "real", 0.5),
    ],
)
def test_values_are_kept_as_they_are(
    tmp_path: Path, given: object, kind: str, kept: object
) -> None:
    """One by one as well as many at once, with the type that the value has."""
    connection = open_for_writing(tmp_path / "cache.sqlite").conn
    connection.execute("CREATE TEMP TABLE kept (value)")
    connection.execute("INSERT INTO kept VALUES (?)", (given,))
    connection.executemany("INSERT INTO kept VALUES (?)", [(given,)])
    rows = connection.execute("SELECT typeof(value), value FROM kept").fetchall()
    assert rows == [(kind, kept)] * 2
    connection.close()
