"""The catalogue of metrics: every entry, in the order of the published one."""

from typing import Final

from wallboard.metrics.catalogue.attribution import ATTRIBUTION
from wallboard.metrics.catalogue.conversation import CONVERSATION
from wallboard.metrics.catalogue.conversions import CONVERSIONS
from wallboard.metrics.catalogue.demand import DEMAND
from wallboard.metrics.catalogue.handling import HANDLING
from wallboard.metrics.catalogue.integrity import INTEGRITY
from wallboard.metrics.catalogue.lead_quality import LEAD_QUALITY
from wallboard.metrics.catalogue.live import LIVE
from wallboard.metrics.catalogue.outbound import OUTBOUND
from wallboard.metrics.catalogue.returns import RETURNS
from wallboard.metrics.catalogue.revenue import REVENUE
from wallboard.metrics.catalogue.web import WEB
from wallboard.metrics.metric import Metric

CATALOGUE: Final[tuple[Metric, ...]] = (
    *DEMAND,
    *ATTRIBUTION,
    *LEAD_QUALITY,
    *HANDLING,
    *CONVERSATION,
    *CONVERSIONS,
    *REVENUE,
    *RETURNS,
    *INTEGRITY,
    *OUTBOUND,
    *LIVE,
    *WEB,
)

BY_SLUG: Final[dict[str, Metric]] = {metric.slug: metric for metric in CATALOGUE}
"""The entries by slug."""
