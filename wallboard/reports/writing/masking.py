"""The rows of a report with the numbers and names of people masked."""

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Any, Final

from wallboard.masking import (
    mask_address,
    mask_caller,
    mask_free,
    mask_identity,
    mask_name,
    mask_number,
    mask_url,
)
from wallboard.reports.report import Column, Kind, Person
from wallboard.reports.writing.changing import Change

REMEMBERED: Final = 65_536
TAGS: Final = "tags"


class Shown(str):
    """A text that is masked already, by what else stands in its row."""

    __slots__ = ()


def are_private(columns: Iterable[Column]) -> bool:
    """Whether any column holds numbers or names of people."""
    return any(_mask_of(column) is not None for column in columns)


def masks(columns: Iterable[Column]) -> list[Change | None]:
    """What makes each column fit to be shown where the configuration masks."""
    return [_mask_of(column) for column in columns]


def _mask_of(column: Column) -> Change | None:
    # Tags are written by people; other lists are of what the catalogue counts.
    return _notes if column.name == TAGS else _MASKS.get(column.kind)


def _each(mask: Callable[[str], str]) -> Change:
    """What masks every text of a column; equal ones are many."""
    known = lru_cache(maxsize=REMEMBERED)(mask)

    def change(column: Sequence[Any]) -> list[Any]:
        return [None if text is None else known(text) for text in column]

    return change


_name = lru_cache(maxsize=REMEMBERED)(mask_name)


def _contacts(column: Sequence[Any]) -> list[Any]:
    # Nearly all differ: nothing is gained by remembering them.
    return [None if contact is None else mask_identity(contact) for contact in column]


def _notes(column: Sequence[Any]) -> list[Any]:
    return [None if note is None else mask_free(note) for note in column]


def _urls(column: Sequence[Any]) -> list[Any]:
    return [
        None if url is None else str(url) if type(url) is Shown else mask_url(url) for url in column
    ]


def _parties(column: Sequence[Any]) -> list[Any]:
    return [_name(party) if isinstance(party, Person) else party for party in column]


_MASKS: Final[dict[Kind, Change]] = {
    "phone": _each(mask_number),
    "caller": _each(mask_caller),
    "address": _each(mask_address),
    "contact": _contacts,
    "name": _each(mask_name),
    "party": _parties,
    "note": _notes,
    "url": _urls,
}
