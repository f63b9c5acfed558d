"""Invariant 1: the same events give the same facts, in any order, repeated, with restarts."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.collector.books import Books, Json, make
from tests.collector.messy import deliveries, streams
from tests.collector.reckoned import each_reckoned, reckoned, rolled, viewed


@contextmanager
def two(template: Path) -> Iterator[tuple[Books, Books]]:
    """Two empty caches, for one example."""
    with TemporaryDirectory() as folder:
        one, other = make(template, Path(folder) / "1.db"), make(template, Path(folder) / "2.db")
        try:
            yield one, other
        finally:
            one.close()
            other.close()


@given(st.data())
def test_order_repetition_batches_and_restarts_change_nothing(
    template: Path, data: st.DataObject
) -> None:
    stream = data.draw(streams())
    batches = data.draw(deliveries(stream))
    restarts = data.draw(st.sets(st.integers(0, len(batches))))
    with two(template) as (at_once, in_pieces):
        at_once.feed(stream)
        for number, batch in enumerate(batches):
            if number in restarts:
                in_pieces.restart()
            in_pieces.feed(batch)
        expected, found = at_once.tables(), in_pieces.tables()
        for name in expected:
            assert found[name] == expected[name], name


@settings(max_examples=30)
@given(st.data())
def test_in_haste_nothing_is_otherwise(template: Path, data: st.DataObject) -> None:
    """Another process writes each batch while the next is folded."""
    stream = data.draw(streams())
    batches = data.draw(deliveries(stream))
    with two(template) as (at_once, _), TemporaryDirectory() as folder:
        at_once.feed(stream)
        hasty = make(template, Path(folder) / "hasty.db", hasty=True)
        try:
            hasty.feed(*batches)
            expected, found = at_once.tables(), hasty.tables()
        finally:
            hasty.close()
        for name in expected:
            assert found[name] == expected[name], name


@given(streams())
def test_rollups_equal_a_plain_recomputation(template: Path, stream: list[Json]) -> None:
    with two(template) as (books, _):
        for event in stream:
            books.feed([event])
        minutes, hours = reckoned(books, stream)
        assert rolled(books, "minute_rollup") == minutes
        assert rolled(books, "hour_rollup") == hours


@given(streams())
def test_the_view_says_of_each_call_what_it_counts_as(template: Path, stream: list[Json]) -> None:
    with two(template) as (books, _):
        books.feed(stream)
        expected = [
            (source, bucket.started, *bucket[2:], *vector)
            for source, bucket, vector in each_reckoned(books, stream)
        ]
        assert viewed(books) == sorted(expected)
