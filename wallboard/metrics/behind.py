"""The calls behind a figure: those that its numerator counts, and those of its denominator."""

import sqlite3
from collections.abc import Iterator
from typing import NamedTuple

from wallboard.metrics.asked import Asked
from wallboard.metrics.engine import aggregates, figure_of
from wallboard.metrics.metric import CALLS, MEASURES, Aggregate, Count, Metric, Ratio, Split
from wallboard.metrics.relations import RELATIONS
from wallboard.metrics.sources import UnanswerableError, source


class CallBehind(NamedTuple):
    """A call that a figure rests on. `started` UTC ms; `part` is numerator or denominator."""

    part: str
    number: int
    source: str
    call: str
    started: int


def parts_of(metric: Metric, asked: Asked) -> dict[str, Aggregate]:
    """The numerator and the denominator, as far as they are aggregates."""
    reckoned = figure_of(metric, asked)
    figure = reckoned.figures["value"] if isinstance(reckoned, Split) else reckoned
    if isinstance(figure, Ratio):
        return {"numerator": figure.numerator, "denominator": figure.denominator}
    if not isinstance(figure, Count):
        return {}
    return dict(zip(("numerator", "also numerator"), aggregates(figure), strict=False))


def calls_statement(
    metric: Metric, aggregate: Aggregate, asked: Asked
) -> tuple[str, dict[str, int | float | str]]:
    """The SQL of the calls on which an aggregate rests, oldest first.

    Raises UnanswerableError where it does not rest on calls.
    """
    over = CALLS if aggregate.over == MEASURES else aggregate.over
    call = RELATIONS[over].call
    if call is None:
        raise UnanswerableError("This figure does not rest on calls.")
    counts = f"coalesce({aggregate.of}, 0) NOT IN (0, '')"
    found = source(over, metric.scope, asked, None, [call], [counts])
    sql = (
        "SELECT behind.call, sources.name, behind.id, behind.started FROM calls behind"
        " JOIN sources ON sources.source = behind.source\n"
        f"WHERE behind.call IN (SELECT {call}\n{found.rows})\n"
        "ORDER BY behind.started, behind.call"
    )
    return sql, found.values


def calls_behind(
    connection: sqlite3.Connection, metric: Metric, asked: Asked
) -> Iterator[CallBehind]:
    """The calls behind the numerator, then those behind the denominator; as they are read.

    Raises UnanswerableError where one of them does not rest on calls.
    """
    parts = parts_of(metric, asked)
    if not parts:
        raise UnanswerableError("This metric is reckoned by a query of its own over many calls.")
    for part, aggregate in parts.items():
        sql, values = calls_statement(metric, aggregate, asked)
        for row in connection.execute(sql, values):
            yield CallBehind(part, *row)
