"""Calls that start in the same millisecond: in the order of their ids, whatever arrived first."""

import random

import pytest

from tests.questions.conftest import NOON, Cache, Json, Make
from wallboard.questions.call_filter import CallFilter
from wallboard.questions.call_parts import Cursor
from wallboard.questions.calls import calls, find_call

CALLS = 40
LATER = NOON + 3_600_000


def filled(make: Make, seed: int) -> Cache:
    """Forty calls of two moments, of which some go on; they arrive in an order of their own."""
    cache = make(f"seed {seed}")
    groups: list[list[Json]] = []
    for number in range(CALLS):
        call = f"c{number:02}"
        group = [cache.say("call.started", number % 2, call=call, direction="inbound")]
        if number % 5:
            group.append(cache.say("call.ended", 30, call=call, reason="completed"))
        groups.append(group)
    random.Random(seed).shuffle(groups)
    for group in groups:
        cache.feed(group)
    return cache


def listed(cache: Cache, limit: int) -> list[str]:
    """The ids of all pages."""
    found: list[str] = []
    cursor: Cursor | None = None
    while True:
        page = calls(cache.read(), CallFilter(), LATER, limit, cursor, patience=None)
        found += [line.call for line in page.lines]
        cursor = page.next
        if cursor is None:
            return found


@pytest.mark.parametrize("limit", [1, 3, 7, 100])
def test_pages_of_any_size_have_every_call_once_in_one_order(make: Make, limit: int) -> None:
    """Calls in progress first; then by start and id, the greatest first."""
    numbers = sorted(range(CALLS), key=lambda n: (n % 5 == 0, n % 2, n), reverse=True)
    expected = [f"c{number:02}" for number in numbers]
    for seed in (1, 2):
        assert listed(filled(make, seed), limit) == expected


def test_calls_by_the_beginning_of_an_id_too(make: Make) -> None:
    """The list to choose from."""
    for seed in (1, 2):
        found = [line.call for line in find_call(filled(make, seed).read(), "c0", LATER)]
        assert found == [f"c0{number}" for number in (9, 7, 5, 3, 1, 8, 6, 4, 2, 0)]
