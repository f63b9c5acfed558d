"""A filter of calls as conditions of a query."""

import sqlite3
from typing import Any, Final

from wallboard.questions.call_columns import BY_NOW, Columns
from wallboard.questions.call_filter import CallFilter
from wallboard.questions.name_conditions import name_conditions
from wallboard.questions.part_conditions import part_conditions
from wallboard.questions.shown_numbers import (
    SHOWS,
    digits_of,
    let_shown_digits_be_asked,
    whole_forms,
)
from wallboard.questions.team_conditions import team_condition
from wallboard.questions.text_conditions import has_text

MISSED: Final = (
    "direction = 'inbound' AND answered IS NULL AND ended IS NOT NULL AND end_reason != 'lost'"
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


def conditions_of(
    connection: sqlite3.Connection,
    filter: CallFilter,
    columns: Columns = BY_NOW,
    then: int | None = None,
) -> Conditions:
    """The filter but for its times and for `open`, as ` AND ...` with the values it names.

    `columns` are those to ask; names are those of the instant `then` (UTC ms), else of now.
    """
    said: list[str] = []
    values: dict[str, Any] = {}
    for column, value in (("campaign", filter.campaign), ("direction", filter.direction)):
        if value is not None:
            said.append(f"{column} = :{column}")
            values[column] = value
    if filter.source is not None:
        # Sources are few: no index by them finds anything soon.
        said.append("+calls.source = :of_source")
        values["of_source"] = filter.source
    if filter.queue is not None:
        said.append(_OF_QUEUE)
        values["queue"] = filter.queue
    if filter.agent is not None:
        said.append(_OF_AGENT)
        values["agent"] = filter.agent
    if filter.team is not None:
        said.append(team_condition(connection, filter.team, values))
    if filter.number is not None:
        said.append("(from_number = :number OR to_number = :number)")
        values["number"] = filter.number
    if filter.state == "missed":
        said.append(MISSED)
    elif filter.state == "not_called_back":
        said.append(f"{MISSED} AND from_number IS NOT NULL AND NOT {columns.called_back}")
    elif filter.state not in {None, "open", "waiting"}:
        said.append(f"{columns.result} = :result")
        values["result"] = filter.state
    if filter.disposition is not None:
        said.append(f"coalesce({columns.disposition}, '') = :disposition")
        values["disposition"] = filter.disposition
    if filter.times:
        # Whole numbers of ours, so they need no names; + keeps an index out of it.
        within = [f"+started BETWEEN {since} AND {until - 1}" for since, until in filter.times]
        said.append(f"({' OR '.join(within)})")
    if filter.part is not None:
        text, more = part_conditions(connection, filter.part)
        said.append(text)
        values |= more
    if filter.text.strip():
        text, more = _text(connection, filter.text.strip(), filter.masked, columns, then)
        said.append(text)
        values |= more
    return "".join(f" AND {condition}" for condition in said), values


def _text(
    connection: sqlite3.Connection, text: str, masked: bool, columns: Columns, then: int | None
) -> Conditions:
    """A text within ids, numbers, contacts and dispositions, or within a name.

    Of what is masked only the digits that are shown are looked at; else it must be there whole.
    """
    values: dict[str, Any] = {"text": text.casefold()}
    said = [has_text(name, text, values) for name in ("calls.id", columns.disposition)]
    # The id of a contact may be the number.
    said.append("lower(contact) = :text" if masked else has_text("contact", text, values))
    if digits := digits_of(text):
        values["digits"] = digits
        said += [_within(name, masked) for name in ("from_number", "to_number")]
    if digits and masked:
        let_shown_digits_be_asked(connection)
        values |= {f"whole{at}": form for at, form in enumerate(whole_forms(text, digits))}
    said += name_conditions(connection, text, then, values)
    return f"({' OR '.join(said)})", values


def _within(column: str, masked: bool) -> str:
    """The condition that the digits are in a column of numbers."""
    if not masked:
        return f"instr({column}, :digits)"
    # What costs nothing first: masking a number is for those that have the digits at all.
    shown = f"(instr({column}, :digits) AND {SHOWS}({column}, :digits))"
    return f"({column} IN (:whole0, :whole1, :whole2, :whole3) OR {shown})"
