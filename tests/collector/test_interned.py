"""Contents that many calls say alike are kept once, however many are remembered."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.collector.books import Books, Json
from wallboard.collector import interned

NewBooks = Callable[..., Books]


def call(name: str, attribution: dict[str, Any] | None) -> Json:
    return {
        "specversion": "1.0",
        "id": name,
        "source": "/a",
        "type": "call.started",
        "time": "2026-03-02T10:00:00Z",
        "data": {"call": name, "direction": "inbound", "attribution": attribution},
    }


@pytest.mark.parametrize("remembered", [1, 3, 50_000])
def test_equal_content_is_one_row(
    books: NewBooks, remembered: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(interned, "REMEMBERED", remembered)
    cache = books()
    sources = ["mail", "search", "radio", "mail", "tv", "search", "mail"]
    for at, source in enumerate(sources):
        cache.feed([call(f"{at}", {"source": source})])
        if at == 3:
            cache.restart()
    assert cache.rows("SELECT count(*) FROM attributions") == [(4,)]
    named = cache.rows(
        "SELECT a.source FROM calls JOIN attributions AS a USING (attribution) ORDER BY calls.id"
    )
    assert [source for (source,) in named] == sources


def test_null_and_not_said_are_the_same_and_nothing_is_no_row(books: NewBooks) -> None:
    cache = books()
    told: list[dict[str, Any] | None] = [
        {"source": "mail", "medium": None},
        {"source": "mail"},
        {"medium": None},
        {},
        None,
    ]
    cache.feed([call(f"{at}", attribution) for at, attribution in enumerate(told)])
    assert cache.rows("SELECT count(*) FROM attributions") == [(1,)]
    known = [number is not None for (number,) in cache.rows("SELECT attribution FROM calls")]
    assert known == [True, True, False, False, False]
