"""A metric by any name that people know it under."""

from collections import Counter
from typing import Final

from wallboard.metrics.catalogue import BY_SLUG, CATALOGUE
from wallboard.metrics.metric import Metric

_TITLES: Final = Counter(metric.title.casefold() for metric in CATALOGUE)

_BY_NAME: Final[dict[str, Metric]] = {
    **{m.title.casefold(): m for m in CATALOGUE if _TITLES[m.title.casefold()] == 1},
    **{metric.number.casefold(): metric for metric in CATALOGUE},
    **BY_SLUG,
}
"""By title where no other has the same, by number in the published catalogue, and by slug."""


def metric_named(name: str) -> Metric | None:
    """The metric of that slug, number (`12`, `K1`) or title, in capitals or not; None for none."""
    return _BY_NAME.get(" ".join(name.split()).casefold())
