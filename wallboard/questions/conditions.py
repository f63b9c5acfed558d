"""A filter of calls as conditions of a query."""

import json
import re
import sqlite3
from typing import Any, Final

from wallboard.questions.call_columns import BY_NOW, Columns
from wallboard.questions.call_filter import CallFilter
from wallboard.questions.names import names_of_all
from wallboard.questions.part_conditions import part_conditions
from wallboard.questions.shown_numbers import (
    SHOWS,
    digits_of,
    let_shown_digits_be_asked,
    whole_forms,
)

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
_OF_TEAM: Final = (
    "(calls.source, calls.agent) IN (SELECT json_extract(value, '$[0]'),"
    " json_extract(value, '$[1]') FROM json_each(:team))"
)
_TEAM: Final = "SELECT source, agent FROM agents WHERE team = ?"

ROLLED_UP: Final = frozenset({"queue", "campaign"})
"""By what calls are counted: of these it is known without looking at calls which ones there are."""

LONGEST_PATTERN: Final = 1_000
"""A longer text is no pattern: SQLite refuses very long ones."""

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
    if filter.queue is not None:
        said.append(_OF_QUEUE)
        values["queue"] = filter.queue
    if filter.agent is not None:
        said.append(_OF_AGENT)
        values["agent"] = filter.agent
    if filter.team is not None:
        said.append(_OF_TEAM)
        values["team"] = json.dumps(connection.execute(_TEAM, (filter.team,)).fetchall())
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
    said = [_has(name, text, values) for name in ("calls.id", columns.disposition)]
    # The id of a contact may be the number.
    said.append("lower(contact) = :text" if masked else _has("contact", text, values))
    if digits := digits_of(text):
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
        found = names_of_all(connection, table, key, then)
        named = {name.id for name in found if text.casefold() in name.name.casefold()}
        # What nobody has named is shown by its id.
        known = {name.id for name in found}
        if key in ROLLED_UP and then is None:
            named |= _rolled_up(connection, key, text) - known
        else:
            values[f"{table}_known"] = json.dumps(sorted(known))
            said.append(
                f"({_has(f'calls.{column}', text, values)}"
                f" AND calls.{column} NOT IN (SELECT value FROM json_each(:{table}_known)))"
            )
        if named:
            values[f"{table}_named"] = json.dumps(sorted(named))
            said.append(f"calls.{column} IN (SELECT value FROM json_each(:{table}_named))")
    return f"({' OR '.join(said)})", values


def _rolled_up(connection: sqlite3.Connection, key: str, text: str) -> set[str]:
    """The ids of queues or campaigns with the text in them that any call is counted under."""
    values: dict[str, Any] = {"text": text.casefold()}
    rows = connection.execute(
        f"SELECT DISTINCT {key} FROM hour_rollup WHERE {_has(key, text, values)}", values
    )
    return {entity for (entity,) in rows}


def _has(column: str, text: str, values: dict[str, Any]) -> str:
    """The condition that a column has the text in it, whatever the case of its plain letters."""
    if len(text) > LONGEST_PATTERN:
        return f"instr(lower({column}), :text)"
    # Where millions of rows are looked at, this takes half the time of making each lower case.
    values["like"] = "%" + re.sub(r"([%_^])", r"^\1", text.casefold()) + "%"
    return f"{column} LIKE :like ESCAPE '^'"


def _within(column: str, masked: bool) -> str:
    """The condition that the digits are in a column of numbers."""
    if not masked:
        return f"instr({column}, :digits)"
    # What costs nothing first: masking a number is for those that have the digits at all.
    shown = f"(instr({column}, :digits) AND {SHOWS}({column}, :digits))"
    return f"({column} IN (:whole0, :whole1, :whole2, :whole3) OR {shown})"
