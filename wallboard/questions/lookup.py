"""The calls that a filter can be reduced to at once: of a number, of an id, of its beginning."""

import sqlite3
from collections.abc import Sequence
from typing import Any, Final, NamedTuple

from wallboard.questions.call_filter import CallFilter
from wallboard.questions.shown_numbers import digits_of, whole_forms
from wallboard.questions.sources import few_sources

FEW: Final = 2_000
"""A number or id with no more calls than this is looked up rather than looked for."""
FEWEST_DIGITS: Final = 7
"""So many digits are looked up as a whole number before they are looked for within numbers."""
SHORTEST_BEGINNING: Final = 6
"""A text of so many signs, digits and others, is taken for how an id begins, if one does."""
SHORTEST_ID: Final = 8
FEWEST_ID_DIGITS: Final = 2
"""A word of so many signs, some of them digits, is an id or none at all: calls are
not looked through for it."""

OTHER_PARTY: Final = (
    "from_number = ? AND direction = 'inbound'",
    "to_number = ? AND direction = 'outbound'",
)
"""The calls with a person of some number, as the indexes have them."""


_NAMED_BY_CALLS: Final = (
    "SELECT 1 FROM hour_rollup WHERE instr(lower(queue || ' ' || campaign), ?) LIMIT 1"
)
"""What nobody has defined is shown by the id that calls name."""


class Place(NamedTuple):
    """Where calls are: a connection, and a further condition on them with its values."""

    connection: sqlite3.Connection
    but: str = ""
    values: tuple[Any, ...] = ()


def looked_up(places: Sequence[Place], filter: CallFilter) -> list[int] | None:
    """The calls of the filter's number or text where an index has few of them; else None."""
    if filter.number is not None:
        return _of_numbers(places, (filter.number,))
    text = filter.text.strip()
    if not text:
        return None
    found = _of_id(places, text, text)
    is_like_an_id = any(c.isdecimal() for c in text) and not digits_of(text)
    if not found and is_like_an_id and len(text) >= SHORTEST_BEGINNING:
        found = _of_id(places, text, text + "\U0010ffff")
    digits = digits_of(text)
    if not found and len(digits) >= FEWEST_DIGITS:
        found = _of_numbers(places, whole_forms(text, digits)) or []
    if not found and _is_an_id(text):
        found = _of_contact(places, text, filter.masked)
        if not found and not _is_in_a_name(places[0].connection, text):
            return []
    return found or None


def _is_an_id(text: str) -> bool:
    """Whether a text can hardly be anything but the id of a call or a contact, or its beginning."""
    digits = sum(c.isdecimal() for c in text)
    is_word = not any(c.isspace() for c in text) and not digits_of(text)
    return is_word and len(text) >= SHORTEST_ID and digits >= FEWEST_ID_DIGITS


def _of_contact(places: Sequence[Place], text: str, masked: bool) -> list[int]:
    """The calls of contacts whose id begins with the text.

    Is the text, where numbers are masked, for an id may be a number.
    """
    last = text if masked else text + "\U0010ffff"
    found = _numbers(places, "contact BETWEEN ? AND ?", (text, last))
    return found if len(found) <= FEW else []


def _is_in_a_name(connection: sqlite3.Connection, text: str) -> bool:
    """Whether an agent, queue or campaign has the text in its name or id."""
    wanted = text.casefold()
    for table, key in (("agents", "agent"), ("queues", "queue"), ("campaigns", "campaign")):
        for known, name in connection.execute(f"SELECT {key}, name FROM {table}"):
            if wanted in known.casefold() or wanted in (name or "").casefold():
                return True
    named = connection.execute(_NAMED_BY_CALLS, (wanted,)).fetchone()
    return named is not None


def _of_id(places: Sequence[Place], first: str, last: str) -> list[int]:
    """The calls whose id lies between two, both included; none when they are too many to name."""
    sources = few_sources(places[0].connection)
    if sources is None:
        found = _numbers(places, "id BETWEEN ? AND ?", (first, last))
        return found if len(found) <= FEW else []
    found = [
        number
        for source in sources
        for number in _numbers(places, "source = ? AND id BETWEEN ? AND ?", (source, first, last))
    ]
    return found if len(found) <= FEW else []


def _of_numbers(places: Sequence[Place], numbers: tuple[str, ...]) -> list[int] | None:
    """The calls of the people with these numbers, by the indexes of the other party's number.

    None when they are too many to be named, or when the number is not known to be another party's.
    """
    found: set[int] = set()
    for number in set(numbers):
        for theirs in OTHER_PARTY:
            calls = _numbers(places, theirs, (number,))
            if len(calls) > FEW:
                return None
            found.update(calls)
    return sorted(found) or None


def _numbers(places: Sequence[Place], said: str, values: tuple[Any, ...]) -> list[int]:
    """The calls of which this is so, of each place at most one more than FEW."""
    return [
        number
        for place in places
        for (number,) in place.connection.execute(
            f"SELECT call FROM calls WHERE {said}{place.but} LIMIT ?",
            (*values, *place.values, FEW + 1),
        )
    ]
