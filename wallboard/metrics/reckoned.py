"""How a metric is reckoned for what is asked: its figure, its breakdown, what these are made of."""

from wallboard.metrics.asked import Asked
from wallboard.metrics.metric import (
    Aggregate,
    Chosen,
    Count,
    Figure,
    Found,
    Metric,
    Query,
    Ratio,
    Split,
)
from wallboard.metrics.spans import TIMES


def figure_of(metric: Metric, asked: Asked) -> Figure | Query | Split | None:
    """How the metric is reckoned by the settings in force."""
    if isinstance(metric.reckoning, Chosen):
        return metric.reckoning.formulas[getattr(asked.settings, metric.reckoning.setting)]
    return metric.reckoning


def split_of(metric: Metric, asked: Asked) -> Split | Query | None:
    """The breakdown to give: the one that is asked for, else the metric's own."""
    figure = figure_of(metric, asked)
    if isinstance(figure, Split) or (isinstance(figure, Query) and metric.unit == "breakdown"):
        return figure
    if asked.by is None:
        return metric.breakdown
    if isinstance(figure, Count | Ratio):
        return Split(
            asked.by,
            {"value": figure},
            shares=isinstance(figure, Count),
            order="key" if asked.by in TIMES else "most",
        )
    if isinstance(figure, Query) and can_be_split(figure):
        return figure._replace(sql=figure.when_split or figure.sql)
    return None


def can_be_split(query: Query) -> bool:
    """Whether a query can be split by a dimension."""
    return "{key}" in query.sql


def aggregates(figure: Figure) -> tuple[Aggregate, ...]:
    """What a figure is made of."""
    return tuple(part for part in figure if part is not None and not isinstance(part, int))


def read_from(aggregate: Aggregate) -> str:
    """What an aggregate is read from: a relation by its name, or a query by its SQL."""
    return aggregate.query if isinstance(aggregate, Found) else aggregate.over
