"""A metric is found by its slug, its number and its title, however they are written."""

from collections import Counter

import pytest

from wallboard.metrics.catalogue import BY_SLUG, CATALOGUE
from wallboard.metrics.named import metric_named


def test_every_metric_is_found_by_slug_number_and_title() -> None:
    """Unless another has the same title: then it names neither."""
    titles = Counter(metric.title.lower() for metric in CATALOGUE)
    for metric in CATALOGUE:
        assert metric_named(metric.slug) is metric
        assert metric_named(metric.number.lower()) is metric
        same = titles[metric.title.lower()]
        assert metric_named(metric.title) is (metric if same == 1 else None)
        assert metric_named(metric.title.upper()) is metric_named(metric.title)


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("k5", "drop_rate"),
        ("1", "total_calls"),
        (" Answer  Rate ", "answer_rate"),
        ("SERVICE_LEVEL", "service_level"),
    ],
)
def test_examples(name: str, slug: str) -> None:
    assert metric_named(name) is BY_SLUG[slug]


@pytest.mark.parametrize("name", ["", " ", "K99", "0", "answer", "answer rates", "１"])
def test_what_names_nothing(name: str) -> None:
    assert metric_named(name) is None
