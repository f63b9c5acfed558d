"""A metric explained: what it means, how it is reckoned, and the SQL that does so for a period."""

from typing import NamedTuple

from wallboard.metrics.asked import Asked
from wallboard.metrics.behind_parts import parts_of
from wallboard.metrics.metric import Aggregate, Chosen, Metric, Query, Split
from wallboard.metrics.queries import query_statement
from wallboard.metrics.readings import statement
from wallboard.metrics.reckoned import aggregates, figure_of, read_from, split_of
from wallboard.metrics.sources import UnanswerableError


class Statement(NamedTuple):
    """One statement of SQL and what it gives; `values` are those that it names."""

    gives: str
    sql: str
    values: dict[str, int | float | str]


def statements(metric: Metric, asked: Asked) -> list[Statement]:
    """The statements that reckon a metric for what is asked; empty where it cannot be."""
    try:
        return list(_statements(metric, asked))
    except UnanswerableError:
        return []


def formula_in_force(metric: Metric) -> str:
    """The setting that chooses among the formulas of a metric, empty for none."""
    return metric.reckoning.setting if isinstance(metric.reckoning, Chosen) else ""


def _statements(metric: Metric, asked: Asked) -> list[Statement]:
    figure, split = figure_of(metric, asked), split_of(metric, asked)
    found = []
    if isinstance(figure, Query):
        found.append(Statement("value", *query_statement(figure, metric.scope, asked)))
    elif not isinstance(figure, Split):
        by_relation: dict[str, list[tuple[str, Aggregate]]] = {}
        for part, aggregate in parts_of(metric, asked).items():
            by_relation.setdefault(read_from(aggregate), []).append((part, aggregate))
        for parts in by_relation.values():
            gives = " and ".join(part for part, _ in parts)
            of = tuple(aggregate for _, aggregate in parts)
            found.append(Statement(gives, *statement(of[0].over, metric.scope, None, of, asked)))
    if isinstance(split, Query):
        found.append(Statement("breakdown", *query_statement(split, metric.scope, asked, asked.by)))
    elif isinstance(split, Split):
        found += [
            Statement(
                f"breakdown: {name}",
                *statement(aggregate.over, metric.scope, split.by, (aggregate,), asked),
            )
            for name, split_figure in split.figures.items()
            for aggregate in aggregates(split_figure)
        ]
    return found
