"""The parts of a figure that calls stand behind, and the SQL that finds which calls these are."""

from collections.abc import Mapping
from typing import TypeAlias

from wallboard.metrics.asked import Asked
from wallboard.metrics.folds import fold_of
from wallboard.metrics.metric import (
    CALLS,
    MEASURES,
    Aggregate,
    Count,
    Listed,
    Metric,
    Query,
    Ratio,
    Split,
)
from wallboard.metrics.queries import query_statement
from wallboard.metrics.reckoned import aggregates, figure_of
from wallboard.metrics.relation import Relation
from wallboard.metrics.relations import RELATIONS
from wallboard.metrics.sources import Source, UnanswerableError, source

Part: TypeAlias = Aggregate | Listed
"""A numerator or a denominator: what it sums, or how its calls are found."""


def parts_of(metric: Metric, asked: Asked) -> dict[str, Aggregate]:
    """The numerator and the denominator, as far as they are aggregates."""
    reckoned = figure_of(metric, asked)
    figure = reckoned.figures["value"] if isinstance(reckoned, Split) else reckoned
    if isinstance(figure, Ratio):
        return {"numerator": figure.numerator, "denominator": figure.denominator}
    if not isinstance(figure, Count):
        return {}
    return dict(zip(("numerator", "also numerator"), aggregates(figure), strict=False))


def parts_behind(metric: Metric, asked: Asked) -> Mapping[str, Part]:
    """The parts by name, at least one of which is made of calls.

    Raises UnanswerableError where none is, saying what the figure is made of.
    """
    parts: Mapping[str, Part] = metric.behind or parts_of(metric, asked)
    if any(is_of_calls(part) for part in parts.values()):
        return parts
    figure = figure_of(metric, asked)
    overs = [part.over for part in parts.values()]
    if isinstance(figure, Query):
        overs.append(figure.over)
    made_of = list(dict.fromkeys(RELATIONS[over].made_of for over in overs))
    raise UnanswerableError(f"This figure is made of {' and '.join(made_of)}, not of calls.")


def is_of_calls(part: Part) -> bool:
    """Whether calls stand behind a part."""
    return isinstance(part, Listed) or _relation(part).call is not None


def key_of(metric: Metric, asked: Asked) -> str | None:
    """The dimension whose keys the calls stand under: the metric's own, else what is asked for."""
    figure = figure_of(metric, asked)
    return figure.by if isinstance(figure, Split) else asked.by


def rows_statement(
    metric: Metric, part: Part, asked: Asked, by: str | None
) -> tuple[str, dict[str, int | float | str]]:
    """The SQL of the calls behind a part: the columns `call` and `key`.

    By a dimension that is folded the key is the raw one (folds.py). Raises UnanswerableError where
    the part does not rest on calls, or knows nothing of what is asked.
    """
    if isinstance(part, Listed):
        return query_statement(Query(part.sql, part.over), metric.scope, asked, by)
    fold = None if by is None else fold_of(part, by)
    found = source_behind(metric, part, asked, by if fold is None else fold.raw)
    call, key = _relation(part).call, found.key or "NULL"
    return f"{found.head}SELECT DISTINCT {call} AS call, {key} AS key\n{found.rows}", found.values


def source_behind(
    metric: Metric, part: Aggregate, asked: Asked, by: str | None, within: str | None = None
) -> Source:
    """FROM and WHERE of the rows that an aggregate counts. Raises UnanswerableError."""
    relation = _relation(part)
    if relation.call is None:
        raise UnanswerableError(f"This part is made of {relation.made_of}, not of calls.")
    over = CALLS if part.over == MEASURES else part.over
    counts = f"coalesce({part.of}, 0) NOT IN (0, '')"
    return source(over, metric.scope, asked, by, [relation.call], [counts], within)


def _relation(part: Aggregate) -> Relation:
    """What an aggregate is read from when its single calls are asked for."""
    return RELATIONS[CALLS if part.over == MEASURES else part.over]
