"""The SQL aggregate `tally` beside a count in Python."""

import json
import sqlite3
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from wallboard.metrics import tally

VALUES = st.one_of(st.none(), st.integers(-2, 2), st.sampled_from(("", "a", 'ü, "b"')))


@given(st.lists(st.tuples(VALUES, VALUES), max_size=30))
def test_a_tally_counts_equal_rows(rows: list[tuple[int | str | None, int | str | None]]) -> None:
    connection = sqlite3.connect(":memory:")
    tally.introduce(connection)
    connection.execute("CREATE TABLE told (one, other)")
    connection.executemany("INSERT INTO told VALUES (?, ?)", rows)
    (text,) = connection.execute("SELECT tally(one, other) FROM told").fetchone()
    connection.close()
    found = {(one, other): count for count, one, other in json.loads(text or "[]")}
    assert found == Counter(rows)
