"""Lines of csv beside those of Python's own writer, and read back by its reader."""

import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from wallboard.reports.report import Person
from wallboard.reports.writing.csv_rows import csv_lines

CELLS = st.one_of(
    st.none(),
    st.text(st.sampled_from("a1 ,;\"'\r\n\t\0é\u2028"), max_size=6),
    st.text(max_size=6),
    st.integers(),
    st.floats(),
    st.booleans(),
    st.just(Person('J, "D"')),
)
ROWS = st.integers(1, 4).flatmap(
    lambda width: st.lists(st.tuples(*[CELLS] * width), min_size=1, max_size=6)
)


@given(ROWS)
def test_lines_are_those_of_csv_writer(rows: list[tuple[object, ...]]) -> None:
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    assert csv_lines(rows) == text.getvalue()


@given(ROWS)
def test_what_is_read_back_is_what_was_written(rows: list[tuple[object, ...]]) -> None:
    told = [["" if cell is None else str(cell) for cell in row] for row in rows]
    assert list(csv.reader(io.StringIO(csv_lines(rows), newline=""))) == told


def test_no_rows_are_no_lines() -> None:
    assert csv_lines([]) == ""
