"""What is read of the cache for metrics: every aggregate once, those of a relation in one pass."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from typing import NamedTuple

from wallboard.metrics.asked import Asked
from wallboard.metrics.catalogue.along import WORTH
from wallboard.metrics.folds import FOLDS, fold_of, folded
from wallboard.metrics.measured import measured
from wallboard.metrics.metric import (
    CALLS,
    MEASURES,
    Aggregate,
    Count,
    Direction,
    Figure,
    Found,
    Metric,
    Query,
    Ratio,
    Split,
)
from wallboard.metrics.queries import Queries, query_statement
from wallboard.metrics.reader import Reader, Statement
from wallboard.metrics.reckoned import aggregates, figure_of, split_of
from wallboard.metrics.sources import UnanswerableError, is_rolled_up, source
from wallboard.questions.covered_part import covered_part

Sums = Mapping[str, Mapping[Aggregate, float]]
"""By key ("" where nothing is split), by aggregate."""


class _Pass(NamedTuple):
    """One reading of a relation or of a query over it, split or not.

    `folded`: by a raw key, see folds.py.
    """

    over: str
    direction: Direction
    by: str | None
    folded: bool
    query: str


class Readings:
    """What was read for some metrics, within one view of the cache."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        asked: Asked,
        beside: sqlite3.Connection | None = None,
    ) -> None:
        period = asked.period
        covered = covered_part(connection, period.start_ms, period.end_ms)
        self.asked = asked = replace(asked, is_long=covered >= WORTH)
        self._reader = Reader(connection, beside)
        self.queries = Queries(connection, self._reader, asked)
        self._connection = connection
        self._read: dict[_Pass, Sums] = {}
        self._refused: dict[_Pass, str] = {}

    def read(self, metrics: Iterable[Metric]) -> None:
        """Read every aggregate that the metrics need, or why it cannot be had."""
        metrics = list(metrics)
        wanted: dict[_Pass, dict[Aggregate, None]] = {}
        for metric in metrics:
            for by, figure in _figures(metric, self.asked):
                for aggregate in aggregates(figure):
                    reading = self._pass(aggregate, metric.scope, by)
                    wanted.setdefault(reading, {})[aggregate] = None
        # Dimensions of one raw key are read together, then folded each into its own keys.
        raw: dict[_Pass, dict[Aggregate, None]] = {}
        for reading, parts in wanted.items():
            raw.setdefault(_raw(reading), {}).update(parts)
        self._reader.read_ahead(self._statements(metrics, raw))
        for reading, parts in raw.items():
            try:
                self._read[reading] = self._rows(reading, tuple(parts))
            except UnanswerableError as reason:
                self._refused[reading] = str(reason)
        for reading, parts in wanted.items():
            if reading.folded and _raw(reading) in self._refused:
                self._refused[reading] = self._refused[_raw(reading)]
            elif reading.folded and reading.by is not None:
                rows = self._read[_raw(reading)]
                fold = FOLDS[reading.by]
                self._read[reading] = folded(self._connection, fold, rows, tuple(parts))

    def of(self, aggregate: Aggregate, direction: Direction, by: str | None) -> Sums:
        """What was read with an aggregate. Raises UnanswerableError."""
        reading = self._pass(aggregate, direction, by)
        if reading in self._refused:
            raise UnanswerableError(self._refused[reading])
        return self._read[reading]

    def _statements(
        self, metrics: Iterable[Metric], raw: Mapping[_Pass, Iterable[Aggregate]]
    ) -> Iterator[Statement]:
        """All that will be run; what cannot be answered says so when it is asked for."""
        for reading, parts in raw.items():
            with suppress(UnanswerableError):
                if reading.query:
                    query = Query(reading.query, reading.over)
                    yield self.queries.statement(query, reading.direction, reading.by)
                else:
                    yield statement(
                        reading.over, reading.direction, reading.by, tuple(parts), self.asked
                    )
        for metric in metrics:
            for query, by in _queries(metric, self.asked):
                with suppress(UnanswerableError):
                    yield self.queries.statement(query, metric.scope, by)

    def _pass(self, aggregate: Aggregate, direction: Direction, by: str | None) -> _Pass:
        over, query = aggregate.over, ""
        if isinstance(aggregate, Found):
            query = aggregate.query
        elif over == MEASURES and not is_rolled_up(self.asked, by):
            over = CALLS
        return _Pass(over, direction, by, fold_of(aggregate, by) is not None, query)

    def _rows(self, reading: _Pass, parts: tuple[Aggregate, ...]) -> Sums:
        over, direction, by, _, query = reading
        if query:
            found = self.queries.rows(Query(query, over), direction, by)
            return {
                (str(row["key"]) if by else ""): {part: _sum(row[part.sql]) for part in parts}
                for row in found
            }
        sql, values = statement(over, direction, by, parts, self.asked)
        return {
            str(key): {part: value or 0 for part, value in zip(parts, row, strict=True)}
            for key, *row in self._reader.table((sql, values)).rows
        }


def statement(
    over: str,
    direction: Direction,
    by: str | None,
    parts: tuple[Aggregate, ...],
    asked: Asked,
) -> tuple[str, dict[str, int | float | str]]:
    """The SQL that reads aggregates, with the values it names. Raises UnanswerableError.

    They are of one relation, or of one query over it.
    """
    if isinstance(parts[0], Found):
        return query_statement(Query(parts[0].query, over), direction, asked, by)
    of = [part.sql for part in parts]
    if over in {CALLS, MEASURES} and not is_rolled_up(asked, by):
        of = [measured(sql) for sql in of]
    fold = fold_of(parts[0], by)
    found = source(over, direction, asked, by if fold is None else fold.raw, of)
    key = found.key or "''"
    columns = ",\n  ".join([f"{key} AS key", *of])
    group = f"\nGROUP BY {key}" if found.key else ""
    return f"{found.head}SELECT {columns}\n{found.rows}{group}", found.values


def _figures(metric: Metric, asked: Asked) -> Iterator[tuple[str | None, Figure]]:
    """The figures that a metric is made of, each with what it is split by."""
    figure, split = figure_of(metric, asked), split_of(metric, asked)
    if isinstance(figure, Count | Ratio):
        yield None, figure
    if isinstance(split, Split):
        for part in split.figures.values():
            yield split.by, part


def _queries(metric: Metric, asked: Asked) -> Iterator[tuple[Query, str | None]]:
    """The queries that a metric is made of, each with what it is split by."""
    figure, split = figure_of(metric, asked), split_of(metric, asked)
    if isinstance(figure, Query) and metric.unit != "breakdown":
        yield figure, None
    if isinstance(split, Query):
        yield split, asked.by


def _raw(reading: _Pass) -> _Pass:
    if not reading.folded or reading.by is None:
        return reading
    return reading._replace(by=FOLDS[reading.by].raw, folded=False)


def _sum(value: object) -> float:
    return value if isinstance(value, int | float) else 0
