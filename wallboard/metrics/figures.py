"""Value, numerator and denominator of a figure, from what was read of its aggregates."""

from typing import TypeAlias

from wallboard.metrics.answers import Row, Value
from wallboard.metrics.metric import Direction, Figure, Ratio
from wallboard.metrics.readings import Readings
from wallboard.metrics.reckoned import aggregates
from wallboard.metrics.rounding import scaled, tidy

Values: TypeAlias = tuple[Value, Value, Value]
"""Value, numerator, denominator."""


def values_of(
    figure: Figure,
    direction: Direction,
    by: str | None,
    readings: Readings,
) -> dict[str, Values]:
    """Value, numerator and denominator of a figure by key; "" where nothing is split.

    Raises UnanswerableError.
    """
    parts = aggregates(figure)
    found = [readings.of(part, direction, by) for part in parts]
    keys = list(dict.fromkeys(key for rows in found for key in rows))
    values: dict[str, Values] = {}
    for key in keys:
        sums = [
            scaled(rows[key][part] if key in rows else 0, part.scale)
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


def values_in(row: Row) -> Values:
    """Those of a row of a query: the value is their ratio where it gives none itself."""
    value, above, below = (_figure_in(row, name) for name in ("value", "numerator", "denominator"))
    if value is None and (below is not None or "value" not in row):
        above, below = above or 0, below or 0
        return (above / below if below else None), above, below
    return value, above, below


def _figure_in(row: Row, name: str) -> Value:
    value = row.get(name)
    return None if isinstance(value, str) else value
