"""The rows of a report with the numbers and names of people masked."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice
from typing import Any, Final

from wallboard.masking import mask_name, mask_number
from wallboard.reports.report import Column, Kind, Person, Row

BATCH: Final = 1_000
REMEMBERED: Final = 65_536


def batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """The rows in lists of bounded length."""
    iterator = iter(rows)
    while batch := list(islice(iterator, BATCH)):
        yield batch


def by_column(
    batch: Sequence[Row], changes: Sequence[Callable[[Sequence[Any]], Iterable[Any]] | None]
) -> list[Row]:
    """The rows with each column changed as a whole, None for one that stays: cheaper by far."""
    if not any(changes):
        return list(batch)
    columns = zip(*batch, strict=True)
    return list(
        zip(
            *(
                column if change is None else change(column)
                for column, change in zip(columns, changes, strict=True)
            ),
            strict=True,
        )
    )


def are_private(columns: Iterable[Column]) -> bool:
    """Whether any column holds numbers or names of people."""
    return any(column.kind in _MASKS for column in columns)


def masked(batch: Sequence[Row], columns: Sequence[Column]) -> list[Row]:
    """The rows as they may be shown where the configuration masks."""
    return by_column(batch, [_MASKS.get(column.kind) for column in columns])


_number = lru_cache(maxsize=REMEMBERED)(mask_number)
_name = lru_cache(maxsize=REMEMBERED)(mask_name)


def _numbers(column: Sequence[Any]) -> list[Any]:
    return [None if number is None else _number(number) for number in column]


def _names(column: Sequence[Any]) -> list[Any]:
    return [None if name is None else _name(name) for name in column]


def _parties(column: Sequence[Any]) -> list[Any]:
    return [_name(party) if isinstance(party, Person) else party for party in column]


_MASKS: Final[dict[Kind, Callable[[Sequence[Any]], list[Any]]]] = {
    "phone": _numbers,
    "name": _names,
    "party": _parties,
}
