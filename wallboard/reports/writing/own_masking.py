"""What only the rest of a row tells to be private: a contact's own number and name elsewhere."""

from collections.abc import Iterable, Iterator, Sequence
from operator import itemgetter
from typing import Final

from wallboard.masking import mask_address, mask_free, mask_url
from wallboard.reports.report import Column, Row
from wallboard.reports.writing.masking import TAGS, Shown

LAST_DIGITS: Final = 9
"""So many digits at the end of a number are that number, whatever stands before them."""
FEWEST_DIGITS: Final = 7


def own_masked(batches: Iterable[list[Row]], columns: Sequence[Column]) -> Iterator[list[Row]]:
    """The rows with the contact's own name masked in notes and tags, and its number in its id.

    In web addresses the ids of the row's own call and leg stay, for they are in the row anyway.
    To be done before the columns are masked: it needs the name and the number as they are.
    """
    batches = _with_recordings(batches, columns)
    kinds = [column.kind for column in columns]
    notes = [at for at, one in enumerate(columns) if one.kind == "note" or one.name == TAGS]
    if "contact" not in kinds:
        yield from batches
        return
    contact, name = kinds.index("contact"), kinds.index("name")
    number = next(at for at, kind in enumerate(kinds) if kind in {"phone", "address"})
    ids = itemgetter(contact, number)
    told = itemgetter(*notes, name)  # two at least, so that it gives a tuple
    for batch in batches:
        told_of = [any(cells[:-1]) and cells[-1] is not None for cells in map(told, batch)]
        yield [
            _masked(row, contact, number, name, notes) if has or _is_own(*ids(row)) else row
            for row, has in zip(batch, told_of, strict=True)
        ]


def _with_recordings(
    batches: Iterable[list[Row]], columns: Sequence[Column]
) -> Iterable[list[Row]]:
    """The rows with their web addresses masked but for the ids of their call and leg."""
    places = {column.name: at for at, column in enumerate(columns)}
    urls = [at for at, column in enumerate(columns) if column.kind == "url"]
    own = [places[name] for name in ("call", "leg") if name in places]
    if len(urls) != 1 or not own:
        return batches
    (url,) = urls
    return (
        [row if row[url] is None else _with_recording(row, url, own) for row in batch]
        for batch in batches
    )


def _with_recording(row: Row, url: int, own: Sequence[int]) -> Row:
    return (*row[:url], Shown(mask_url(row[url], [row[at] for at in own])), *row[url + 1 :])


def _is_own(contact: str | None, number: str | None) -> bool:
    """Whether the id of a contact holds the number of the row."""
    if not contact or not number or number[-LAST_DIGITS:] not in contact:
        return False
    return sum(map(str.isdecimal, number[-LAST_DIGITS:])) >= FEWEST_DIGITS


def _masked(row: Row, contact: int, number: int, name: int, notes: Sequence[int]) -> Row:
    cells = list(row)
    if _is_own(row[contact], row[number]):
        cells[contact] = mask_address(row[number])
    for at in notes:
        if row[at] is not None and row[name] is not None:
            cells[at] = mask_free(row[at], row[name])
    return tuple(cells)
