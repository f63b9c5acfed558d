"""The catalogue of metrics: every entry, in the order of the published one."""

from typing import Final

from wallboard.metrics.catalogue.demand import DEMAND
from wallboard.metrics.metric import Metric

CATALOGUE: Final[tuple[Metric, ...]] = (*DEMAND,)

BY_SLUG: Final[dict[str, Metric]] = {metric.slug: metric for metric in CATALOGUE}
"""The entries by slug."""
