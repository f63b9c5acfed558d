"""All types of event at once, of two feeds: the same facts in any order, and the view sums up."""

from collections.abc import Callable
from random import Random

import pytest

from tests.agreement.generated_events import generated
from tests.collector.books import Books, Json
from tests.collector.reckoned import each_reckoned, rolled, viewed
from wallboard.facts.measures import MEASURES
from wallboard.facts.records import OCCURRENCES, RECORD_TABLES

NewBooks = Callable[..., Books]


def pieces(events: list[Json], size: int) -> list[list[Json]]:
    return [events[at : at + size] for at in range(0, len(events), size)]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_world_in_any_order_is_the_same_world(books: NewBooks, seed: int) -> None:
    stream = generated(seed, calls=60)
    in_order, mixed, backwards = books(), books(), books()
    in_order.feed(*pieces(stream, 1_000))
    random = Random(seed)
    repeated = [*stream, *random.sample(stream, len(stream) // 5)]
    random.shuffle(repeated)
    for number, batch in enumerate(pieces(repeated, 97)):
        if number % 7 == 3:
            mixed.restart()
        mixed.feed(batch)
    backwards.feed(*pieces(stream[::-1], 13))
    expected = in_order.tables()
    for other in (mixed, backwards):
        found = other.tables()
        for name in expected:
            assert found[name] == expected[name], name
    records = {table.name for table in RECORD_TABLES} | {
        kind.table for kind in OCCURRENCES.values()
    }
    for name in records | {"call_outcomes", "call_quality", "wrap_ups", "visit_campaigns"}:
        assert expected[name], f"nothing was told of {name}"


@pytest.mark.parametrize("seed", [4, 5])
def test_the_view_is_each_call_and_the_rollups_are_its_sum(books: NewBooks, seed: int) -> None:
    cache = books()
    stream = list({(one["source"], one["id"]): one for one in generated(seed)}.values())
    cache.feed(*pieces(stream, 300))
    told = viewed(cache)
    assert told == sorted(
        (source, bucket.started, *bucket[2:], *vector)
        for source, bucket, vector in each_reckoned(cache, stream)
    )
    for at, name in enumerate(MEASURES):
        total = sum(int(str(row[5 + at])) for row in told)
        assert total or name == "machine_with_agent", f"no call counts as {name}"
        for table in ("minute_rollup", "hour_rollup"):
            assert sum(vector[at] for vector in rolled(cache, table).values()) == total
