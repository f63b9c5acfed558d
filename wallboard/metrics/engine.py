"""Answers any number of metrics at once: what shares a relation is read in one pass over it."""

import sqlite3
from collections.abc import Iterable
from contextlib import ExitStack
from typing import Final

from wallboard.metrics.answers import Answer, Row, Value
from wallboard.metrics.asked import Asked
from wallboard.metrics.breakdowns import breakdown
from wallboard.metrics.completeness import Completeness, completeness
from wallboard.metrics.figures import Values, values_in, values_of
from wallboard.metrics.mapped import mapped
from wallboard.metrics.metric import Chosen, Count, Metric, Query, Ratio, Split
from wallboard.metrics.readings import Readings
from wallboard.metrics.reckoned import figure_of, split_of
from wallboard.metrics.sources import UnanswerableError
from wallboard.questions.view import one_view

_NOTHING: Final[Values] = (None, None, None)


def answers(
    connection: sqlite3.Connection,
    metrics: Iterable[Metric],
    asked: Asked,
    beside: sqlite3.Connection | None = None,
) -> dict[str, Answer]:
    """The answers by slug, all of one state of the cache. Raises sqlite3.Error.

    `beside`: a connection that sees the same state within a transaction of its own (two_views.py);
    a second thread then reads on it, for nearly twice the speed.
    """
    metrics = [metric for metric in metrics if metric.reckoning is not None]
    with ExitStack() as stack:
        stack.enter_context(mapped(connection))
        if beside is not None:
            stack.enter_context(mapped(beside))
        stack.enter_context(one_view(connection))
        known = completeness(connection, asked)
        readings = Readings(connection, asked, beside)
        readings.read(metric for metric in metrics if not known.missing(metric.needs))
        return {metric.slug: _answer(readings, metric, known) for metric in metrics}


def _answer(readings: Readings, metric: Metric, known: Completeness) -> Answer:
    asked = readings.asked
    missing = known.missing(metric.needs)
    if missing:
        return Answer(None, complete=known.complete, note=missing)
    figure, split = figure_of(metric, asked), split_of(metric, asked)
    notes = [known.note] if known.note else []
    if isinstance(metric.reckoning, Chosen):
        notes.insert(0, f"By the formula {getattr(asked.settings, metric.reckoning.setting)}.")
    value: Value = None
    numerator: Value = None
    denominator: Value = None
    try:
        if asked.is_split_alone:
            pass
        elif isinstance(figure, Query) and metric.unit != "breakdown":
            value, numerator, denominator = _first(readings.queries.rows(figure, metric.scope))
        elif isinstance(figure, Count | Ratio):
            value, numerator, denominator = values_of(figure, metric.scope, None, readings).get(
                "", _NOTHING
            )
    except UnanswerableError as reason:
        return Answer(None, complete=known.complete, note=" ".join([str(reason), *notes]))
    rows: tuple[Row, ...] | None = None
    try:
        rows = breakdown(readings, metric, split, known.types, notes)
    except UnanswerableError as reason:
        notes.insert(0, str(reason))
    if asked.by is not None and (split is None or isinstance(figure, Split)):
        notes.insert(0, f"This metric cannot be split by {asked.by}.")
    return Answer(value, numerator, denominator, rows, known.complete, " ".join(notes))


def _first(rows: list[Row]) -> Values:
    return values_in(rows[0]) if rows else _NOTHING
