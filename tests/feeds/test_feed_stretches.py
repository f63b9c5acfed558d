"""Numbers with the times of their events, against what they stand for: a set of pairs."""

from itertools import pairwise
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from wallboard.feeds.coverage import Span
from wallboard.feeds.stretches import Hole, Stretches

NUMBERS = st.integers(0, 40)
TIMED = st.lists(st.tuples(NUMBERS, st.none() | st.integers(0, 999)), max_size=30)


def stretches(*groups: list[tuple[int, int | None]]) -> Stretches:
    """The numbers of these groups, which are added one after the other."""
    made = Stretches()
    for group in groups:
        made.add_numbers(group)
    return made


@given(TIMED)
def test_holes_are_the_complement(numbers: list[tuple[int, int | None]]) -> None:
    """Exactly what is missing between the lowest and the highest, where any time is known."""
    made = stretches(numbers)
    present = {number for number, _ in numbers}
    spans = list(made)
    covered = {number for one in spans for number in range(one.first, one.last + 1)}
    assert covered == present
    assert all(left.last + 1 < right.first for left, right in pairwise(spans))
    if any(time is not None for _, time in numbers):
        missing = set(range(min(present), max(present) + 1)) - present
        told = {number for hole in made.holes() for number in range(hole.first, hole.last + 1)}
        assert told == missing
    else:
        assert made.holes() == []


@given(TIMED, st.randoms(use_true_random=False), st.integers(1, 7))
def test_the_order_plays_no_part(
    numbers: list[tuple[int, int | None]], random: Random, size: int
) -> None:
    """Shuffled, in batches, each of them twice, and written out in between."""
    shuffled = numbers * 2
    random.shuffle(shuffled)
    again = Stretches()
    for at in range(0, len(shuffled), size):
        again.add_numbers(shuffled[at : at + size])
        again = Stretches(again)
    assert list(again) == list(stretches(numbers))
    assert again.holes() == stretches(numbers).holes()


def test_a_hole_lies_between_its_neighbours_events() -> None:
    """Where a neighbour is of no known time, the next that has one tells."""
    made = stretches([(1, 100), (2, 200), (3, None), (6, None), (7, 700)])
    assert made.holes() == [Hole(4, 5, 200, 700)]
    assert stretches([(1, None), (5, 50)]).holes() == [Hole(2, 4, 50, 50)]
    assert stretches([(1, 900), (3, 100)]).holes() == [Hole(2, 2, 100, 900)]


def test_spans_without_times_fill_holes() -> None:
    """And leave what they do not reach."""
    made = stretches([(1, 10), (9, 90)])
    made.add_spans([Span(2, 4), Span(7, 8)])
    assert made.holes() == [Hole(5, 6, 10, 90)]


def test_one_wild_number_costs_one_stretch() -> None:
    """However far it jumps."""
    made = stretches([(number, number) for number in range(1_000)], [(10**17, 500)])
    assert [(one.first, one.last) for one in made] == [(0, 999), (10**17, 10**17)]
    assert made.holes() == [Hole(1_000, 10**17 - 1, 500, 999)]


def test_numbers_from_both_ends_stay_quick() -> None:
    """Numbers from both ends towards the middle: each would be inserted in the middle of a list."""
    made = Stretches()
    for low in range(0, 100_000, 2):
        made.add_numbers([(low, low), (200_000 - low, low)])
    assert len(made) == 100_000
