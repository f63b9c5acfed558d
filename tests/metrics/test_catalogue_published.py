"""The catalogue is the published one: the same metrics, in the same order, under the same names."""

import csv
from collections import Counter
from pathlib import Path

import pytest

from wallboard.metrics.catalogue import BY_SLUG, CATALOGUE
from wallboard.metrics.metric import Metric

PUBLISHED = Path(__file__).parent / "published.csv"
"""The published list: no, slug, title, category, scope, unit, better."""


def _published() -> list[dict[str, str]]:
    with PUBLISHED.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _as_published(metric: Metric) -> dict[str, str]:
    return {
        "no": metric.number,
        "slug": metric.slug,
        "title": metric.title,
        "category": metric.category,
        "scope": metric.scope,
        "unit": metric.unit,
        "better": metric.better,
    }


def test_the_catalogue_has_exactly_the_published_metrics() -> None:
    """157 of them, none more and none less, in their order."""
    assert len(_published()) == 157
    assert [_as_published(metric) for metric in CATALOGUE] == _published()


def test_a_slug_and_a_number_name_one_metric_each() -> None:
    """No two entries can be taken for each other."""
    assert len(BY_SLUG) == len(CATALOGUE)
    assert len({metric.number for metric in CATALOGUE}) == len(CATALOGUE)


@pytest.mark.parametrize("name", ["tells", "misleads"])
def test_every_entry_says_in_its_own_words_what_it_is_good_for_and_what_not(name: str) -> None:
    """Sentences, each with its full stop, and no two entries with the same."""
    texts = [getattr(metric, name) for metric in CATALOGUE]
    assert [text for text in texts if not text.strip() or not text.endswith(".")] == []
    assert [text for text, times in Counter(texts).items() if times > 1] == []


def test_no_entry_uses_one_text_for_both() -> None:
    """What a figure tells is not what misleads about it."""
    assert [metric.slug for metric in CATALOGUE if metric.tells == metric.misleads] == []


def test_every_entry_has_a_formula_and_names_the_events_it_needs() -> None:
    """Nothing is reckoned from nowhere."""
    assert [metric.slug for metric in CATALOGUE if not metric.formula or not metric.needs] == []
