"""Invariants 1 and 2 on days of the simulated center."""

from collections.abc import Callable
from random import Random

import pytest

from tests.collector.books import Books, Json
from tests.collector.reckoned import reckoned, rolled
from tests.collector.simulated import simulated

NewBooks = Callable[..., Books]


def pieces(events: list[Json], size: int) -> list[list[Json]]:
    return [events[at : at + size] for at in range(0, len(events), size)]


@pytest.mark.parametrize("seed", [1, 2])
def test_a_day_in_any_order_is_the_same_day(books: NewBooks, seed: int) -> None:
    stream = list(simulated(seed))
    in_order, mixed, backwards = books(), books(), books()
    in_order.feed(*pieces(stream, 1_000))
    random = Random(seed)
    repeated = [*stream, *random.sample(stream, 500)]
    random.shuffle(repeated)
    for number, batch in enumerate(pieces(repeated, 700)):
        if number in {3, 4}:
            mixed.restart()
        mixed.feed(batch)
    backwards.feed(*pieces(stream[::-1], 997))
    expected = in_order.tables()
    for other in (mixed, backwards):
        found = other.tables()
        for name in expected:
            assert found[name] == expected[name], name


def test_the_rollups_of_a_day_equal_a_plain_recomputation(books: NewBooks) -> None:
    stream = list(simulated(3))
    cache = books()
    cache.feed(*pieces(stream, 333))
    minutes, hours = reckoned(cache, stream)
    assert rolled(cache, "minute_rollup") == minutes
    assert rolled(cache, "hour_rollup") == hours
    assert sum(vector[0] for vector in hours.values()) > 100


def test_two_sources_with_the_same_ids_stay_apart(books: NewBooks) -> None:
    stream = list(simulated(1))
    other = [{**event, "source": "/other"} for event in stream]
    together, alone, by_itself = books(), books(), books()
    mixed = [event for pair in zip(stream, other, strict=True) for event in pair]
    together.feed(*pieces(mixed, 1_000))
    alone.feed(*pieces(stream, 1_000))
    by_itself.feed(*pieces(other, 1_000))
    one, two = alone.tables(), by_itself.tables()
    for name, found in together.tables().items():
        if name not in {"unknown_types", "invalid", "event_types"}:
            assert found == sorted([*one[name], *two[name]], key=repr), name
