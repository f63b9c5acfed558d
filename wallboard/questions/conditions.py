"""A filter of calls as conditions of a query, and the calls that it can be reduced to at once."""

import sqlite3
from typing import Any, Final

from wallboard.questions.answers import CallFilter
from wallboard.questions.names import name_or_id
from wallboard.questions.part_conditions import part_conditions
from wallboard.questions.shown_numbers import SHOWS, let_shown_digits_be_asked, whole_forms

FEW: Final = 2_000
"""A number or id with no more calls than this is looked up rather than looked for."""
FEWEST_DIGITS: Final = 7
"""So many digits are looked up as a whole number before they are looked for within numbers."""
SHORTEST_BEGINNING: Final = 6
"""A text of so many signs, digits and others, is taken for how an id begins, if one does."""

MISSED: Final = (
    "direction = 'inbound' AND answered IS NULL AND ended IS NOT NULL AND end_reason != 'lost'"
)
OTHER_PARTY: Final = (
    "from_number = ? AND direction = 'inbound'",
    "to_number = ? AND direction = 'outbound'",
)
"""The calls with a person of some number, as the indexes have them."""

NOT_CALLED_BACK: Final = (
    f"{MISSED} AND from_number IS NOT NULL AND NOT EXISTS (SELECT 1 FROM calls AS back"
    " WHERE back.to_number = calls.from_number AND back.direction = 'outbound'"
    " AND back.started >= calls.ended AND back.started <= :now)"
)
_OF_AGENT: Final = (
    "(agent = :agent OR EXISTS (SELECT 1 FROM legs WHERE legs.call = calls.call"
    " AND legs.agent = :agent))"
)
_OF_QUEUE: Final = (
    "(first_queue = :queue OR EXISTS (SELECT 1 FROM stays WHERE stays.call = calls.call"
    " AND stays.queue = :queue))"
)

Conditions = tuple[str, dict[str, Any]]


def conditions_of(connection: sqlite3.Connection, filter: CallFilter) -> Conditions:  # noqa: A002 - the word of the answers
    """The filter but for its times and for `open`, as ` AND ...` with the values it names."""
    said: list[str] = []
    values: dict[str, Any] = {}
    for column, value in (("campaign", filter.campaign), ("direction", filter.direction)):
        if value is not None:
            said.append(f"{column} = :{column}")
            values[column] = value
    if filter.queue is not None:
        said.append(_OF_QUEUE)
        values["queue"] = filter.queue
    if filter.agent is not None:
        said.append(_OF_AGENT)
        values["agent"] = filter.agent
    if filter.number is not None:
        said.append("(from_number = :number OR to_number = :number)")
        values["number"] = filter.number
    if filter.state == "missed":
        said.append(MISSED)
    elif filter.state == "not_called_back":
        said.append(NOT_CALLED_BACK)
    elif filter.state not in {None, "open", "waiting"}:
        said.append("result = :result")
        values["result"] = filter.state
    if filter.times:
        # Whole numbers of ours, so they need no names; + keeps an index out of it.
        within = [f"+started BETWEEN {since} AND {until - 1}" for since, until in filter.times]
        said.append(f"({' OR '.join(within)})")
    if filter.part is not None:
        text, more = part_conditions(connection, filter.part)
        said.append(text)
        values |= more
    if filter.text.strip():
        text, more = _text(connection, filter.text.strip(), filter.masked)
        said.append(text)
        values |= more
    return "".join(f" AND {condition}" for condition in said), values


def _text(connection: sqlite3.Connection, text: str, masked: bool) -> Conditions:
    """A text within ids, numbers, contacts and dispositions, or within a name.

    Of what is masked only the digits that are shown are looked at; else it must be there whole.
    """
    values: dict[str, Any] = {"text": text.casefold()}
    said = [f"instr(lower({name}), :text)" for name in ("calls.id", "disposition")]
    # The id of a contact may be the number.
    said.append("lower(contact) = :text" if masked else "instr(lower(contact), :text)")
    if digits := _digits(text):
        values["digits"] = digits
        said += [_within(name, masked) for name in ("from_number", "to_number")]
    if digits and masked:
        let_shown_digits_be_asked(connection)
        values |= {f"whole{at}": form for at, form in enumerate(whole_forms(text, digits))}
    for table, key, column in (
        ("agents", "agent", "agent"),
        ("queues", "queue", "first_queue"),
        ("campaigns", "campaign", "campaign"),
    ):
        rows = connection.execute(f"SELECT {key}, {name_or_id('name', key)} FROM {table}")
        named = {entity for entity, name in rows if text.casefold() in name.casefold()}
        if named:
            marks = []
            for at, entity in enumerate(sorted(named)[:200]):
                values[f"{column}{at}"] = entity
                marks.append(f":{column}{at}")
            said.append(f"calls.{column} IN ({', '.join(marks)})")
    return f"({' OR '.join(said)})", values


def _within(column: str, masked: bool) -> str:
    """The condition that the digits are in a column of numbers."""
    if not masked:
        return f"instr({column}, :digits)"
    # What costs nothing first: masking a number is for those that have the digits at all.
    shown = f"(instr({column}, :digits) AND {SHOWS}({column}, :digits))"
    return f"({column} IN (:whole0, :whole1, :whole2, :whole3) OR {shown})"


def looked_up(connection: sqlite3.Connection, filter: CallFilter) -> list[int] | None:  # noqa: A002
    """The calls of the filter's number or text where an index has few of them; else None."""
    if filter.number is not None:
        return _of_numbers(connection, (filter.number,))
    text = filter.text.strip()
    if not text:
        return None
    found = _of_id(connection, text, text)
    is_like_an_id = any(c.isdecimal() for c in text) and not _digits(text)
    if not found and is_like_an_id and len(text) >= SHORTEST_BEGINNING:
        found = _of_id(connection, text, text + "\U0010ffff")
    digits = _digits(text)
    if not found and len(digits) >= FEWEST_DIGITS:
        found = _of_numbers(connection, whole_forms(text, digits)) or []
    return found or None


def _of_id(connection: sqlite3.Connection, first: str, last: str) -> list[int]:
    """The calls whose id lies between two, both included; none when they are too many to name."""
    sources = connection.execute("SELECT source FROM sources").fetchall()
    found = [
        number
        for (source,) in sources
        for (number,) in connection.execute(
            "SELECT call FROM calls WHERE source = ? AND id BETWEEN ? AND ? LIMIT ?",
            (source, first, last, FEW + 1),
        )
    ]
    return found if len(found) <= FEW else []


def _of_numbers(connection: sqlite3.Connection, numbers: tuple[str, ...]) -> list[int] | None:
    """The calls of the people with these numbers, by the indexes of the other party's number.

    None when they are too many to be named, or when the number is not known to be another party's.
    """
    found: set[int] = set()
    for number in set(numbers):
        for theirs in OTHER_PARTY:
            rows = connection.execute(
                f"SELECT call FROM calls WHERE {theirs} LIMIT ?", (number, FEW + 1)
            ).fetchall()
            if len(rows) > FEW:
                return None
            found.update(call for (call,) in rows)
    return sorted(found) or None


def _digits(text: str) -> str:
    """The digits of what is written as a phone number, empty for any other text."""
    if any(not (c.isdecimal() or c in " +-./()") for c in text):
        return ""
    return "".join(c for c in text if c.isdecimal())
