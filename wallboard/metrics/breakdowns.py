"""The rows of a breakdown: figures by key, in order, with their parts of the whole."""

from collections.abc import Container, Mapping
from typing import TypeAlias

from wallboard.metrics.answers import Row
from wallboard.metrics.asked import Asked
from wallboard.metrics.figures import Values, values_in, values_of
from wallboard.metrics.folds import FOLDS
from wallboard.metrics.metric import Count, Metric, Query, Split
from wallboard.metrics.readings import Readings
from wallboard.metrics.reckoned import can_be_split
from wallboard.metrics.rounding import number
from wallboard.metrics.sources import UnanswerableError
from wallboard.metrics.spans import TIMES, in_order, spans

Figures: TypeAlias = Mapping[str, Mapping[str, Values]]
"""The values by key of each figure of a row, by its name."""


def breakdown(
    readings: Readings,
    metric: Metric,
    split: Split | Query | None,
    types: Container[str],
    notes: list[str],
) -> tuple[Row, ...] | None:
    """The rows of a metric by what it is split by, None where it is not.

    `types` are those that ever came; what else is to be said of the rows is added to `notes`.
    Raises UnanswerableError.
    """
    if split is None:
        return None
    asked = readings.asked
    if isinstance(split, Query):
        found = readings.queries.rows(split, metric.scope, asked.by)
        if asked.by is not None and can_be_split(split):
            return tuple(_query_rows(found, asked.by))
        return tuple(_with_shares(found) if split.shares else found)
    figures = _figures(readings, metric, split, notes)
    rows = [_row(key, figures, split, types) for key in _keys(figures, split, asked)]
    if split.order == "key":
        rows.sort(key=lambda row: in_order(split.by, str(row["key"])))
    else:
        rows.sort(key=lambda row: (-number(row["value"]), str(row["key"])))
    if split.shares:
        _with_shares(rows)
    return tuple(rows[: split.most])


def _figures(readings: Readings, metric: Metric, split: Split, notes: list[str]) -> Figures:
    """The values by key of each figure of a row. Raises UnanswerableError where `value` is none."""
    figures = {"value": values_of(split.figures["value"], metric.scope, split.by, readings)}
    for name, figure in split.figures.items():
        if name == "value":
            continue
        try:
            figures[name] = values_of(figure, metric.scope, split.by, readings)
        except UnanswerableError as reason:
            # What stands beside the value may be unknown where the value is not.
            figures[name] = {}
            notes.append(f"No {name}: {reason}")
    return figures


def _keys(figures: Figures, split: Split, asked: Asked) -> list[str]:
    """The keys that any figure has; of counts by time also those that began and have none."""
    keys = dict.fromkeys(key for values in figures.values() for key in values)
    if split.by in TIMES and _is_count(split) and split.most is None:
        began = (
            s.key for s in spans(asked.calendar, asked.period, split.by) if s.start <= asked.now
        )
        keys |= dict.fromkeys(began)
    return list(keys)


def _row(key: str, figures: Figures, split: Split, types: Container[str]) -> Row:
    nothing: Values = (0, 0, None) if _is_count(split) else (None, None, None)
    value, above, below = figures["value"].get(key, nothing)
    row: Row = {"key": key, "value": value, "numerator": above, "denominator": below}
    for name, values in figures.items():
        needed = split.needs[name].split("|") if name in split.needs else ()
        if name != "value" and (not needed or any(one in types for one in needed)):
            row[name] = values.get(key, (None, None, None))[0]
        elif name != "value":
            row[name] = None
    if split.by in FOLDS and (place := FOLDS[split.by].place) is not None:
        row["place"] = place(key) or None
    return row


def _is_count(split: Split) -> bool:
    return isinstance(split.figures["value"], Count)


def _query_rows(found: list[Row], by: str) -> list[Row]:
    """The rows of a query that was split, in the order of any other breakdown."""
    rows: list[Row] = []
    for row in found:
        value, above, below = values_in(row)
        rows.append({"key": row["key"], "value": value, "numerator": above, "denominator": below})
    if by in TIMES:
        return sorted(rows, key=lambda row: in_order(by, str(row["key"])))
    return sorted(rows, key=lambda row: (-number(row["value"]), str(row["key"])))


def _with_shares(rows: list[Row]) -> list[Row]:
    """The rows, each with its part of the whole."""
    whole = sum(number(row["value"]) for row in rows)
    for row in rows:
        row["share"] = number(row["value"]) / whole if whole else None
    return rows
