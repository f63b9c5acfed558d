"""The SQL aggregate `near_records` beside a comparison of every record with every other."""

import json
import sqlite3

from hypothesis import given
from hypothesis import strategies as st

from wallboard.metrics.near_records import NEAR_MS, introduce

RECORDS = st.lists(
    st.tuples(
        st.integers(0, 12_000),
        st.sampled_from(("inbound", "outbound")),
        st.sampled_from(("+1", "+2")),
        st.sampled_from(("+3", "+4")),
    ),
    max_size=40,
)


@given(RECORDS)
def test_records_are_near_that_follow_another_of_their_kind(
    records: list[tuple[int, str, str, str]],
) -> None:
    """Whatever lies between them; of records of one time each follows the other."""
    told = list(enumerate(sorted(records)))
    connection = sqlite3.connect(":memory:")
    introduce(connection)
    connection.execute("CREATE TABLE records (number, at, direction, one, other)")
    connection.executemany(
        "INSERT INTO records VALUES (?, ?, ?, ?, ?)", [(number, *row) for number, row in told]
    )
    (found,) = connection.execute(
        "SELECT near_records(number, at, direction, one, other)"
        " FROM (SELECT * FROM records ORDER BY at)"
    ).fetchone()
    connection.close()
    near = {
        number
        for number, (at, *kind) in told
        if any(
            other != number and kind == same and 0 <= at - before <= NEAR_MS
            for other, (before, *same) in told
        )
    }
    assert set(json.loads(found or "[]")) == near
