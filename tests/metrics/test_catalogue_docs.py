"""docs/metrics.md says what the catalogue says."""

from pathlib import Path

from wallboard.metrics.catalogue import CATALOGUE
from wallboard.metrics.document import document

PROJECT = Path(__file__).resolve().parents[2]


def test_the_document_is_what_the_catalogue_says() -> None:
    """docs/metrics.md is made by `python -m wallboard.metrics.document`."""
    assert (PROJECT / "docs" / "metrics.md").read_text(encoding="utf-8") == document()


def test_every_metric_has_an_entry_with_all_that_is_to_be_known_of_it() -> None:
    """Each metric is one heading, and below it stand its slug, formula, use, limits and needs."""
    entries = {
        entry.partition("\n")[0]: entry
        for entry in document().replace("\n## ", "\n### ").split("\n### ")
    }
    for metric in CATALOGUE:
        entry = entries[f"{metric.number}. {metric.title}"]
        assert f"`{metric.slug}`" in entry
        for text in (metric.formula, metric.tells, metric.misleads):
            assert text.replace("<", "\\<") in entry
        for need in metric.needs:
            assert all(f"`{kind}`" in entry for kind in need.split("|"))
