"""The quarantine: what is new in it is told apart from what came again."""

import sqlite3
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wallboard.cache.writing import open_for_writing
from wallboard.collector.quarantine import Quarantine
from wallboard.events import Invalid


@pytest.fixture(scope="module")
def connection(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    """An empty cache."""
    db = open_for_writing(tmp_path_factory.mktemp("quarantine") / "cache.sqlite")
    yield db.conn
    db.close()


@given(st.lists(st.lists(st.binary(max_size=2), max_size=5), max_size=5))
def test_only_text_that_was_not_there_is_new(
    connection: sqlite3.Connection, batches: list[list[bytes]]
) -> None:
    """Of an earlier batch, that is: within one, each is an event of its own. All are counted."""
    connection.execute("DELETE FROM quarantine")
    quarantine = Quarantine(connection)
    new = sum(
        quarantine.add("main", 1, [Invalid("No event.", text, None, 0) for text in batch])
        for batch in batches
    )
    came = [text for batch in batches for text in batch]
    kept = dict(connection.execute("SELECT text, times FROM quarantine"))
    assert kept == {text: came.count(text) for text in came}
    known: set[bytes] = set()
    expected = 0
    for batch in batches:
        expected += sum(text not in known for text in batch)
        known.update(batch)
    assert new == expected
