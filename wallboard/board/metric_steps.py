"""The steps in which the catalogue is read: what shares a reading together, the cheap first."""

from collections.abc import Collection, Iterable, Sequence
from itertools import groupby
from typing import Final, Literal, NamedTuple, TypeAlias

from wallboard.metrics.asked import Asked
from wallboard.metrics.metric import MEASURES, Category, Metric, Query, Split
from wallboard.metrics.reckoned import aggregates, figure_of, read_from, split_of
from wallboard.metrics.relations import ROLLED_UP
from wallboard.metrics.spans import TIMES

What: TypeAlias = Literal["now", "before", "course", "live"]

_ORDER: Final[tuple[What, ...]] = ("live", "now", "course", "before")


class MetricStep(NamedTuple):
    """Some metrics of one category that are answered together; `is_cheap`: by the rollups."""

    category: Category
    what: What
    is_cheap: bool
    metrics: tuple[Metric, ...]


def steps(catalogue: Sequence[Metric], asked: Asked, wanted: Collection[str]) -> list[MetricStep]:
    """The steps of all that is cheap, and of `wanted` (slugs); in no order that matters."""
    found: list[MetricStep] = []
    for category, group in groupby(catalogue, key=lambda metric: metric.category):
        metrics = list(group)
        if all(metric.reckoning is None for metric in metrics):
            found.append(MetricStep(category, "live", True, tuple(metrics)))
            continue
        for reading, alike in by_reading(metrics, asked).items():
            is_cheap = reading == MEASURES and set(asked.filters) <= set(ROLLED_UP)
            together = [metric for metric in alike if is_cheap or metric.slug in wanted]
            asked_of: dict[What, tuple[Metric, ...]] = {
                "now": tuple(together),
                "before": tuple(m for m in together if m.unit != "breakdown"),
                "course": tuple(m for m in together if has_course(m, asked)),
            }
            found += [
                MetricStep(category, what, is_cheap, some)
                for what, some in asked_of.items()
                if some
            ]
    return found


def next_step(left: Sequence[MetricStep], in_sight: Collection[str]) -> MetricStep:
    """The step to take: of what is looked at first, then all that is cheap.

    What is compared with a figure, and its course, come after the figure itself.
    """

    def rank(step: MetricStep) -> tuple[bool, bool, int]:
        is_here = any(metric.slug in in_sight for metric in step.metrics)
        return (not is_here, not step.is_cheap, _ORDER.index(step.what))

    return min(left, key=rank)


def has_course(metric: Metric, asked: Asked) -> bool:
    """Whether a metric can be split by time."""
    figure = figure_of(metric, asked)
    if isinstance(figure, Query):
        return metric.unit != "breakdown" and "{key}" in figure.sql
    return not isinstance(figure, Split) and figure is not None


def by_reading(metrics: Iterable[Metric], asked: Asked) -> dict[str, list[Metric]]:
    """The metrics by what has to be read for them: each reading serves all of its metrics."""
    found: dict[str, list[Metric]] = {}
    for metric in metrics:
        found.setdefault(_reading_of(metric, asked), []).append(metric)
    return found


def _reading_of(metric: Metric, asked: Asked) -> str:
    """A name of what has to be read for a metric; MEASURES alone is served by the rollups."""
    figure, split = figure_of(metric, asked), split_of(metric, asked)
    names: set[str] = set()
    for part in (figure, split):
        if isinstance(part, Query):
            names.add(part.sql)
        elif isinstance(part, Split):
            for figures in part.figures.values():
                names |= {read_from(aggregate) for aggregate in aggregates(figures)}
            if part.by not in ROLLED_UP and part.by not in TIMES:
                names.add(part.by.partition(".")[0])
        elif part is not None:
            names |= {read_from(aggregate) for aggregate in aggregates(part)}
    return " ".join(sorted(names))
