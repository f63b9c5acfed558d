"""What the catalogue answers with: plain values for commands, screens and reports."""

from typing import TypeAlias

from msgspec import Struct

Value: TypeAlias = int | float | None
Row: TypeAlias = dict[str, str | int | float | None]


class Answer(Struct, frozen=True):
    """The figures of one metric for a period.

    `value` is None where nothing was measured, never 0 in place of unknown. Shares 0 to 1, seconds,
    money in the configured currency. `breakdown` rows have a key, a value and further figures;
    None where the metric has none and none was asked for. `note` says in words what limits it.
    """

    value: Value
    numerator: Value = None
    denominator: Value = None
    breakdown: tuple[Row, ...] | None = None
    complete: bool = True
    note: str = ""


def change(value: Value, before: Value) -> float | None:
    """The change from the period before as a part of it; None where either is unknown or 0."""
    return None if value is None or not before else (value - before) / before
