"""Coverage against what it stands for: a set of whole numbers."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from wallboard.feeds.coverage import Coverage, Span

NUMBERS = st.integers(0, 60)
SPANS = st.lists(st.tuples(NUMBERS, st.integers(0, 12)), max_size=30)


def numbers(spans: list[Span]) -> set[int]:
    """All the numbers of these spans."""
    return {number for first, last in spans for number in range(first, last + 1)}


@given(SPANS)
def test_spans_are_a_set(added: list[tuple[int, int]]) -> None:
    """Whatever is added in whatever order, the numbers held are those added."""
    coverage, expected = Coverage("e"), set[int]()
    for first, length in added:
        coverage.add(first, first + length)
        # What is kept of the text never tells of an earlier state.
        assert str(coverage) == ",".join(f"{low}-{high}" for low, high in coverage)
        expected.update(range(first, first + length + 1))
    spans = list(coverage)
    assert numbers(spans) == expected
    assert all(left.last + 1 < right.first for left, right in pairwise(spans))
    assert coverage.oldest == min(expected, default=None)
    assert coverage.newest == max(expected, default=None)
    assert {number for number in range(80) if number in coverage} == expected


@given(SPANS, NUMBERS, NUMBERS)
def test_holes_are_the_complement(added: list[tuple[int, int]], oldest: int, newest: int) -> None:
    """The holes of a range are what a set would miss there, newest first and apart."""
    coverage = Coverage(None, (Span(first, first + length) for first, length in added))
    holes = coverage.missing(oldest, newest)
    wanted = {number for number in range(oldest, newest + 1) if number not in coverage}
    assert numbers(holes) == wanted
    assert all(upper.first > lower.last + 1 for upper, lower in pairwise(holes))


@given(st.lists(NUMBERS, max_size=60))
def test_single_numbers_in_any_order(added: list[int]) -> None:
    """Numbers one by one, repeated and out of order."""
    coverage = Coverage()
    coverage.add_all(added)
    assert numbers(list(coverage)) == set(added)


@given(SPANS)
def test_text_and_back(added: list[tuple[int, int]]) -> None:
    """What is written to the cache is read back the same."""
    coverage = Coverage("e", (Span(first, first + length) for first, length in added))
    read = Coverage.parse("e", str(coverage))
    assert list(read) == list(coverage)
    assert read.epoch == "e"


@given(SPANS, NUMBERS, NUMBERS)
def test_what_is_held_of_a_range(added: list[tuple[int, int]], first: int, last: int) -> None:
    """Exactly what is not missing there."""
    coverage = Coverage(None, (Span(begin, begin + length) for begin, length in added))
    held = coverage.within(first, last)
    assert numbers(held) | numbers(coverage.missing(first, last)) == set(range(first, last + 1))
    assert numbers(held).isdisjoint(numbers(coverage.missing(first, last)))
    assert held == sorted(held)
