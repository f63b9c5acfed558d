"""What metrics are made of for what is asked: figures and queries, each with its split."""

from collections.abc import Iterator

from wallboard.metrics.asked import Asked
from wallboard.metrics.metric import Count, Figure, Metric, Query, Ratio, Split
from wallboard.metrics.reckoned import figure_of, split_of


def figures_in(metric: Metric, asked: Asked) -> Iterator[tuple[str | None, Figure]]:
    """The figures that a metric is made of, each with what it is split by."""
    figure, split = figure_of(metric, asked), split_of(metric, asked)
    if isinstance(figure, Count | Ratio) and not asked.is_split_alone:
        yield None, figure
    if isinstance(split, Split):
        for part in split.figures.values():
            yield split.by, part


def queries_in(metric: Metric, asked: Asked) -> Iterator[tuple[Query, str | None]]:
    """The queries that a metric is made of, each with what it is split by."""
    figure, split = figure_of(metric, asked), split_of(metric, asked)
    if isinstance(figure, Query) and metric.unit != "breakdown" and not asked.is_split_alone:
        yield figure, None
    if isinstance(split, Query):
        yield split, asked.by
