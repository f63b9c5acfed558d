"""campaign-results finds the latest calls in two ways; nobody can tell which from the rows."""

import random
from typing import Any

import pytest

from tests.questions.conftest import Cache
from tests.reports.asking import JsonRow, rows_of
from tests.reports.stories import dial


def _expected(
    told: list[tuple[str, float, str, str | None]],
) -> list[tuple[str, str | None, str, int]]:
    """Contact, campaign, latest call and number of calls, worked out by hand."""
    groups: dict[tuple[str, str | None], list[tuple[float, str]]] = {}
    for call, at, contact, campaign in told:
        groups.setdefault((contact, campaign or None), []).append((at, call))
    rows = [(*key, max(calls)[1], len(calls)) for key, calls in groups.items()]
    return sorted(rows, key=lambda row: (row[0], row[1] or ""))


def _seen(rows: list[JsonRow]) -> list[tuple[str, str | None, str, int]]:
    return [(row["contact"], row["campaign"] or None, row["call"], row["attempts"]) for row in rows]


@pytest.mark.parametrize("campaigns", [("a", "b", None), ("a", "", None)])
@pytest.mark.parametrize("seed", range(3))
def test_along_the_index_or_sorted(
    cache: Cache, campaigns: tuple[str | None, ...], seed: int
) -> None:
    """All of the cache, or a small part of it: equal starts go by id, empty campaigns are none."""
    chance = random.Random(seed)
    told = [
        (f"c{number:02}", -900.0 + chance.randrange(6), f"k{chance.randrange(5)}",
         chance.choice(campaigns))
        for number in range(40)
    ]  # fmt: skip
    for call, at, contact, campaign in chance.sample(told, len(told)):
        named: dict[str, Any] = {} if campaign is None else {"campaign": campaign}
        dial(cache, call, at, contact=contact, **named)
    cache.feed()
    rows = rows_of(cache, "campaign-results")
    assert _seen(rows) == _expected(told)
    of_one = rows_of(cache, "campaign-results", campaign="a")
    assert of_one == [row for row in rows if row["campaign"] == "a"]
    dial(cache, "long-ago", -90 * 86_400, contact="k1", campaign="a")
    cache.feed()
    assert rows_of(cache, "campaign-results") == rows
    assert rows_of(cache, "campaign-results", campaign="a") == of_one
