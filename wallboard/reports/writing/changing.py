"""Rows in batches, changed column by column: a function for a whole column costs little a cell."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, Final, TypeAlias

from wallboard.reports.report import Row

BATCH: Final = 256
"""Rows at a time: few enough that they stay near the processor."""

Change: TypeAlias = Callable[[Sequence[Any]], list[Any]]
Changes: TypeAlias = Sequence[Change | None]
"""What is done to each column, None for one that stays as it is."""


def batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """The rows in lists of bounded length."""
    iterator = iter(rows)
    while batch := list(islice(iterator, BATCH)):
        yield batch


def changed(batch: Sequence[Row], changes: Changes) -> list[Row]:
    """The rows with each column changed."""
    if not any(changes) or not batch:
        return list(batch)
    columns = zip(*batch, strict=True)
    return list(
        zip(
            *[
                column if change is None else change(column)
                for column, change in zip(columns, changes, strict=True)
            ],
            strict=True,
        )
    )


def one_after_another(*layers: Changes) -> list[Change | None]:
    """The changes of all layers as one, the first first."""
    return [
        _chained([change for change in of_column if change])
        for of_column in zip(*layers, strict=True)
    ]


def _chained(changes: list[Change]) -> Change | None:
    if len(changes) < 2:
        return changes[0] if changes else None

    def change(column: Sequence[Any]) -> list[Any]:
        for each in changes:
            column = each(column)
        return list(column)

    return change
