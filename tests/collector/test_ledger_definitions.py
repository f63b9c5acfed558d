"""Definitions that arrive after their calls judge anew those that they were in force for."""

from collections.abc import Callable
from datetime import timedelta
from itertools import permutations
from typing import Any

import pytest

from tests.collector.books import Books, Json
from tests.collector.messy import BEGIN

NewBooks = Callable[..., Books]


def event(identity: str, kind: str, second: float, source: str = "/a", **data: Any) -> Json:
    return {
        "specversion": "1.0",
        "id": identity,
        "source": source,
        "type": kind,
        "time": (BEGIN + timedelta(seconds=second)).isoformat(),
        "data": data,
    }


def abandoned(call: str, second: float, wait: float, source: str = "/a") -> list[Json]:
    """A call that waited so long in queue `q`."""
    return [
        event(f"{call}1", "call.started", second, source, call=call, direction="inbound"),
        event(f"{call}2", "queue.entered", second, source, call=call, queue="q"),
        event(f"{call}3", "call.ended", second + wait, source, call=call, reason="abandoned"),
    ]


def defined(identity: str, second: float, short: float | None, source: str = "/a") -> Json:
    return event(
        identity,
        "queue.defined",
        second,
        source,
        queue="q",
        name="Sales",
        short_abandon_seconds=short,
    )


def results(books: Books) -> dict[str, str]:
    return dict(books.rows("SELECT id, result FROM calls ORDER BY id"))


def sums(books: Books) -> tuple[int, ...]:
    (found,) = books.rows(
        "SELECT sum(calls), sum(abandoned), sum(short_abandoned) FROM hour_rollup"
    )
    return found


def test_the_first_known_judges_calls_from_before_it(books: NewBooks) -> None:
    cache = books()
    cache.feed(abandoned("c", 0, 10))
    assert results(cache) == {"c": "abandoned"}
    cache.feed([defined("d", 3_600, 15)])
    assert results(cache) == {"c": "short_abandoned"}
    assert sums(cache) == (1, 0, 1)


def test_each_call_is_judged_by_what_was_in_force_at_its_start(books: NewBooks) -> None:
    cache = books()
    cache.feed(*(abandoned(f"at {at}", at, 10) for at in (0, 100, 200, 300)))
    cache.feed([defined("late", 200, 15)], [defined("later", 250, 5)], [defined("first", 50, 12)])
    assert results(cache) == {
        "at 0": "short_abandoned",
        "at 100": "short_abandoned",
        "at 200": "short_abandoned",
        "at 300": "abandoned",
    }
    assert sums(cache) == (4, 1, 3)


def test_calls_of_another_source_or_queue_are_left_alone(books: NewBooks) -> None:
    cache = books()
    other_queue = abandoned("d", 0, 10)
    other_queue[1]["data"]["queue"] = "r"
    cache.feed(abandoned("c", 0, 10), other_queue, abandoned("e", 0, 10, "/b"))
    cache.feed([defined("x", 0, 15)])
    assert results(cache) == {"c": "short_abandoned", "d": "abandoned", "e": "abandoned"}


def test_a_definition_in_the_batch_of_its_calls_judges_them(books: NewBooks) -> None:
    cache = books()
    cache.feed([*abandoned("c", 0, 10), defined("x", 0, 15)])
    assert results(cache) == {"c": "short_abandoned"}


def test_calls_that_are_no_longer_in_memory_are_judged_anew(books: NewBooks) -> None:
    cache = books()
    cache.feed(*(abandoned(f"{at}", at, 10) for at in range(20)))
    cache.restart()
    cache.feed([defined("x", 5, 15)], [defined("y", 10, 5)])
    found = results(cache)
    assert [found[f"{at}"] for at in range(20)] == ["short_abandoned"] * 10 + ["abandoned"] * 10


def test_null_gives_the_threshold_back_to_the_settings(books: NewBooks) -> None:
    cache = books()
    cache.feed([defined("x", 0, 15)], abandoned("c", 10, 10), [defined("y", 5, None)])
    assert results(cache) == {"c": "abandoned"}


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_a_call_without_a_start_is_judged_by_its_first_event(
    books: NewBooks, order: tuple[int, ...]
) -> None:
    told = abandoned("c", 0, 10)[1:]
    batches = [told[:1], told[1:], [defined("x", 0, 15)]]
    cache = books()
    cache.feed(*(batches[at] for at in order))
    assert results(cache) == {"c": "short_abandoned"}


def test_many_definitions_in_one_batch_are_all_in_force(books: NewBooks) -> None:
    cache = books()
    cache.feed(*(abandoned(f"{at:02}", at * 10, 7) for at in range(20)))
    definitions = [defined(f"x{at}", at * 10 - 1, 5 if at % 2 else 9) for at in range(20)]
    cache.feed(definitions)
    expected = ["abandoned" if at % 2 else "short_abandoned" for at in range(20)]
    assert list(results(cache).values()) == expected
