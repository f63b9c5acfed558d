"""Answers any number of metrics at once: what shares a relation is read in one pass over it."""

import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import NamedTuple

from wallboard.metrics.answers import Answer, Row, Value
from wallboard.metrics.asked import NONE, Asked
from wallboard.metrics.completeness import Completeness, completeness
from wallboard.metrics.folds import FOLDS, fold_of, folded
from wallboard.metrics.metric import (
    Aggregate,
    Chosen,
    Count,
    Direction,
    Figure,
    Metric,
    Query,
    Ratio,
    Split,
)
from wallboard.metrics.nearest_ranks import introduce
from wallboard.metrics.sources import UnanswerableError, source
from wallboard.metrics.spans import TIMES, in_order, spans
from wallboard.questions.view import one_view


class _Pass(NamedTuple):
    """One reading of a relation, split or not. `folded`: by a raw key, see folds.py."""

    over: str
    direction: Direction
    by: str | None
    folded: bool


def _pass(aggregate: Aggregate, direction: Direction, by: str | None) -> _Pass:
    return _Pass(aggregate.over, direction, by, fold_of(aggregate, by) is not None)


_Read = dict[_Pass, dict[str, dict[Aggregate, float]]]
"""What was read: by pass, by key ("" where nothing is split), by aggregate."""


def answers(
    connection: sqlite3.Connection, metrics: Iterable[Metric], asked: Asked
) -> dict[str, Answer]:
    """The answers by slug, all of one state of the cache. Raises sqlite3.Error."""
    metrics = [metric for metric in metrics if metric.reckoning is not None]
    with one_view(connection):
        known = completeness(connection, asked)
        answerable = [metric for metric in metrics if not known.missing(metric.needs)]
        read, refused = _read(connection, answerable, asked)
        once = _Once(connection, asked)
        return {metric.slug: _answer(once, metric, known, read, refused) for metric in metrics}


class _Once:
    """Runs queries, each only once however many metrics it serves."""

    def __init__(self, connection: sqlite3.Connection, asked: Asked) -> None:
        introduce(connection)
        self.connection = connection
        self.asked = asked
        self._rows: dict[str, list[Row]] = {}

    def rows(self, metric: Metric, query: Query, *, split: bool = False) -> list[Row]:
        """The rows of a query, of its part only. Raises UnanswerableError."""
        sql, values = query_statement(metric, query, self.asked, split=split)
        if sql not in self._rows:
            cursor = self.connection.execute(sql, values)
            names = [column[0] for column in cursor.description]
            self._rows[sql] = [
                {name: _plain(value) for name, value in zip(names, row, strict=True)}
                for row in cursor
            ]
        return [
            {name: value for name, value in row.items() if name != "part"}
            for row in self._rows[sql]
            if row.get("part", "") == query.part
        ]


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
    return figure if isinstance(figure, Query) and _can_be_split(figure) else None


def _can_be_split(query: Query) -> bool:
    return "{key}" in query.sql


def aggregates(figure: Figure) -> tuple[Aggregate, ...]:
    """What a figure is made of."""
    return tuple(part for part in figure if part is not None and not isinstance(part, int))


def _read(
    connection: sqlite3.Connection, metrics: list[Metric], asked: Asked
) -> tuple[_Read, dict[_Pass, str]]:
    """Every aggregate that the metrics need, and why some could not be had."""
    wanted: dict[_Pass, dict[Aggregate, None]] = {}
    for metric in metrics:
        figure, split = figure_of(metric, asked), split_of(metric, asked)
        found: list[tuple[str | None, Figure]] = []
        if isinstance(figure, Count | Ratio):
            found.append((None, figure))
        if isinstance(split, Split):
            found += [(split.by, part) for part in split.figures.values()]
        for by, part in found:
            for aggregate in aggregates(part):
                wanted.setdefault(_pass(aggregate, metric.scope, by), {})[aggregate] = None
    # Dimensions of one raw key are read together, then folded each into its own keys.
    raw: dict[_Pass, dict[Aggregate, None]] = {}
    for reading, parts in wanted.items():
        raw.setdefault(_raw(reading), {}).update(parts)
    read: _Read = {}
    refused: dict[_Pass, str] = {}
    for reading, parts in raw.items():
        try:
            read[reading] = _rows(connection, reading, tuple(parts), asked)
        except UnanswerableError as reason:
            refused[reading] = str(reason)
    for reading, parts in wanted.items():
        if reading.folded and _raw(reading) in refused:
            refused[reading] = refused[_raw(reading)]
        elif reading.folded and reading.by is not None:
            rows = read[_raw(reading)]
            read[reading] = folded(connection, FOLDS[reading.by], rows, tuple(parts))
    return read, refused


def _raw(reading: _Pass) -> _Pass:
    if not reading.folded or reading.by is None:
        return reading
    return reading._replace(by=FOLDS[reading.by].raw, folded=False)


def _rows(
    connection: sqlite3.Connection, reading: _Pass, parts: tuple[Aggregate, ...], asked: Asked
) -> dict[str, dict[Aggregate, float]]:
    sql, values = statement(reading.over, reading.direction, reading.by, parts, asked)
    return {
        str(key): {part: value or 0 for part, value in zip(parts, row, strict=True)}
        for key, *row in connection.execute(sql, values)
    }


def statement(
    over: str,
    direction: Direction,
    by: str | None,
    parts: tuple[Aggregate, ...],
    asked: Asked,
) -> tuple[str, dict[str, int | float | str]]:
    """The SQL that reads aggregates, with the values it names. Raises UnanswerableError."""
    of = [part.sql for part in parts]
    fold = fold_of(parts[0], by)
    found = source(over, direction, asked, by if fold is None else fold.raw, of)
    key = found.key or "''"
    columns = ",\n  ".join([f"{key} AS key", *of])
    group = f"\nGROUP BY {key}" if found.key else ""
    return f"{found.head}SELECT {columns}\n{found.rows}{group}", found.values


def _answer(
    once: _Once,
    metric: Metric,
    known: Completeness,
    read: _Read,
    refused: Mapping[_Pass, str],
) -> Answer:
    asked = once.asked
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
        if isinstance(figure, Query) and metric.unit != "breakdown":
            value, numerator, denominator = _asked_once(once, metric, figure)
        elif isinstance(figure, Count | Ratio):
            value, numerator, denominator = _figure(figure, metric.scope, None, read, refused).get(
                "", (None, None, None)
            )
    except UnanswerableError as reason:
        return Answer(None, complete=known.complete, note=" ".join([str(reason), *notes]))
    rows: tuple[Row, ...] | None = None
    try:
        rows = _breakdown(once, metric, split, known, read, refused, notes)
    except UnanswerableError as reason:
        notes.insert(0, str(reason))
    if asked.by is not None and (split is None or isinstance(figure, Split)):
        notes.insert(0, f"This metric cannot be split by {asked.by}.")
    return Answer(value, numerator, denominator, rows, known.complete, " ".join(notes))


_Values = tuple[Value, Value, Value]


def _figure(
    figure: Figure,
    direction: Direction,
    by: str | None,
    read: _Read,
    refused: Mapping[_Pass, str],
) -> dict[str, _Values]:
    """Value, numerator and denominator of a figure by key."""
    parts = aggregates(figure)
    found: list[dict[str, dict[Aggregate, float]]] = []
    for part in parts:
        reading = _pass(part, direction, by)
        if reading in refused:
            raise UnanswerableError(refused[reading])
        found.append(read[reading])
    keys = list(dict.fromkeys(key for rows in found for key in rows))
    values: dict[str, _Values] = {}
    for key in keys:
        sums = [
            _scaled(rows[key][part] if key in rows else 0, part.scale)
            for rows, part in zip(found, parts, strict=True)
        ]
        if isinstance(figure, Ratio):
            by_part = dict(zip(parts, sums, strict=True))
            if figure.known is not None and not by_part[figure.known]:
                values[key] = (None, None, None)
                continue
            above, below = by_part[figure.numerator], by_part[figure.denominator]
            if figure.less is not None:
                above = tidy(above - by_part[figure.less]) or 0
            value = above / below * figure.factor if below else None
            values[key] = (value, above, below)
        else:
            whole = tidy(sum(sums)) or 0
            values[key] = (whole, whole, None)
    return values


def _breakdown(
    once: _Once,
    metric: Metric,
    split: Split | Query | None,
    known: Completeness,
    read: _Read,
    refused: Mapping[_Pass, str],
    notes: list[str],
) -> tuple[Row, ...] | None:
    if split is None:
        return None
    asked = once.asked
    if isinstance(split, Query):
        found = once.rows(metric, split, split=True)
        if asked.by is not None and _can_be_split(split):
            return tuple(_query_rows(found, asked.by))
        return tuple(_with_shares(found) if split.shares else found)
    figures = {"value": _figure(split.figures["value"], metric.scope, split.by, read, refused)}
    for name, figure in split.figures.items():
        try:
            figures[name] = _figure(figure, metric.scope, split.by, read, refused)
        except UnanswerableError as reason:
            # What stands beside the value may be unknown where the value is not.
            figures[name] = {}
            notes.append(f"No {name}: {reason}")
    keys = list(dict.fromkeys(key for values in figures.values() for key in values))
    if split.by in TIMES and isinstance(split.figures["value"], Count):
        began = (
            s.key for s in spans(asked.calendar, asked.period, split.by) if s.start <= asked.now
        )
        if split.most is None:
            keys = list(dict.fromkeys([*keys, *began]))
    plain = isinstance(split.figures["value"], Count)
    rows: list[Row] = []
    for key in keys:
        nothing: _Values = (0, 0, None) if plain else (None, None, None)
        value, above, below = figures["value"].get(key, nothing)
        row: Row = {"key": key, "value": value, "numerator": above, "denominator": below}
        for name, values in figures.items():
            if name != "value" and split.needs.get(name, "") in known.types | {""}:
                row[name] = values.get(key, (None, None, None))[0]
            elif name != "value":
                row[name] = None
        if split.by in FOLDS and (place := FOLDS[split.by].place) is not None:
            row["place"] = place(key) or None
        rows.append(row)
    if split.order == "key":
        rows.sort(key=lambda row: in_order(split.by, str(row["key"])))
    else:
        rows.sort(key=lambda row: (-_number(row["value"]), str(row["key"])))
    if split.shares:
        _with_shares(rows)
    return tuple(rows[: split.most])


def _query_rows(found: list[Row], by: str) -> list[Row]:
    """The rows of a query that was split, in the order of any other breakdown."""
    rows: list[Row] = []
    for row in found:
        value, above, below = _values(row)
        rows.append({"key": row["key"], "value": value, "numerator": above, "denominator": below})
    if by in TIMES:
        return sorted(rows, key=lambda row: in_order(by, str(row["key"])))
    return sorted(rows, key=lambda row: (-_number(row["value"]), str(row["key"])))


def _with_shares(rows: list[Row]) -> list[Row]:
    """The rows, each with its part of the whole."""
    whole = sum(_number(row["value"]) for row in rows)
    for row in rows:
        row["share"] = _number(row["value"]) / whole if whole else None
    return rows


def _asked_once(once: _Once, metric: Metric, query: Query) -> _Values:
    for row in once.rows(metric, query):
        return _values(row)
    return None, None, None


def _values(row: Row) -> _Values:
    value, above, below = (_figure_in(row, name) for name in ("value", "numerator", "denominator"))
    if "value" not in row:
        above, below = above or 0, below or 0
        return (above / below if below else None), above, below
    return value, above, below


def query_statement(
    metric: Metric, query: Query, asked: Asked, *, split: bool = False
) -> tuple[str, dict[str, int | float | str]]:
    """The SQL of a query within what is asked, with its values; `split` by what is asked for.

    Raises UnanswerableError.
    """
    by = asked.by if split and _can_be_split(query) else None
    found = source(query.over, metric.scope, asked, by, [query.sql])
    sql = query.sql.replace("{source}", found.rows)
    if "{before}" in sql:
        # Read from where it can be: the range before may begin within an hour of the rollup.
        earlier = replace(asked, period=asked.before())
        before = source(query.over, metric.scope, earlier, None, [query.sql]).rows
        for edge in ("from", "until"):
            before = before.replace(f":{edge}", f":before_{edge}")
        sql = sql.replace("{before}", before)
    sql = sql.replace("{key}", found.key or "''").replace("{group}", "GROUP BY 1" if by else "")
    if found.head and sql.startswith("WITH "):
        word = "WITH RECURSIVE " if sql.startswith("WITH RECURSIVE ") else "WITH "
        head = found.head.rstrip().removeprefix("WITH ")
        sql = f"{word}{head},\n{sql.removeprefix(word)}"
    elif found.head:
        sql = found.head + sql
    return sql, found.values


def _scaled(value: float, scale: int) -> float:
    return tidy(value if scale == 1 else value / scale) or 0


def tidy(value: Value) -> Value:
    """A figure without the noise of adding floats: whole where whole, else 9 digits at most."""
    if not isinstance(value, float):
        return value
    return round(value, 9)


def _plain(value: str | Value) -> str | Value:
    return tidy(value) if isinstance(value, float) else value


def _figure_in(row: Row, name: str) -> Value:
    value = row.get(name)
    return None if isinstance(value, str) else value


def _number(value: object) -> float:
    return value if isinstance(value, int | float) else 0


__all__ = ["NONE", "answers", "figure_of", "query_statement", "split_of", "statement"]
