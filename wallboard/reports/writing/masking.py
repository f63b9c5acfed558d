"""The rows of a report with the numbers and names of people masked."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any, Final

from wallboard.masking import mask_caller, mask_free, mask_name, mask_number
from wallboard.reports.report import Column, Kind, Person
from wallboard.reports.writing.changing import Change

REMEMBERED: Final = 65_536


def are_private(columns: Iterable[Column]) -> bool:
    """Whether any column holds numbers or names of people."""
    return any(column.kind in _MASKS for column in columns)


def masks(columns: Iterable[Column]) -> list[Change | None]:
    """What makes each column fit to be shown where the configuration masks."""
    return [_MASKS.get(column.kind) for column in columns]


_number = lru_cache(maxsize=REMEMBERED)(mask_number)
_caller = lru_cache(maxsize=REMEMBERED)(mask_caller)
_name = lru_cache(maxsize=REMEMBERED)(mask_name)


def _numbers(column: Sequence[Any]) -> list[Any]:
    return [None if number is None else _number(number) for number in column]


def _callers(column: Sequence[Any]) -> list[Any]:
    return [None if caller is None else _caller(caller) for caller in column]


def _names(column: Sequence[Any]) -> list[Any]:
    return [None if name is None else _name(name) for name in column]


def _notes(column: Sequence[Any]) -> list[Any]:
    return [None if note is None else mask_free(note) for note in column]


def _parties(column: Sequence[Any]) -> list[Any]:
    return [_name(party) if isinstance(party, Person) else party for party in column]


_MASKS: Final[dict[Kind, Change]] = {
    "phone": _numbers,
    "caller": _callers,
    "name": _names,
    "party": _parties,
    "note": _notes,
}
