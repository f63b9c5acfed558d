"""The dials that a part of a drop rate is made of, as conditions of a query."""

import sqlite3
from typing import Any, Final

from wallboard.cache.functions import add_aggregate
from wallboard.events.calls import LegStarted
from wallboard.facts.entry import Entry, unpack
from wallboard.questions.call_filter import CallPart

FIRST_TRUNK: Final = "first_trunk"
"""The function of a connection that is added when it is needed: events of a call -> trunk."""

_COLUMNS: Final = {
    "campaign": "campaign",
    "sub_campaign": "sub_campaign",
    "queue": "first_queue",
    "trunk": (
        f"(SELECT {FIRST_TRUNK}(entries) FROM call_events WHERE call_events.call = calls.call)"
    ),
}


class _FirstTrunk:
    """The trunk of the first leg of a call that names one; no table has it."""

    def __init__(self) -> None:
        self._entries: list[Entry] = []

    def step(self, stored: bytes) -> None:
        """Take in a part of the events."""
        self._entries += unpack(stored)

    def finalize(self) -> str | None:
        """The trunk, None where none is named."""
        return trunk_of(self._entries)


def trunk_of(entries: list[Entry]) -> str | None:
    """The trunk of the first leg in these events of a call that names one."""
    for entry in sorted(entries, key=lambda entry: entry.stamp):
        if isinstance(entry.data, LegStarted) and isinstance(entry.data.trunk, str):
            return entry.data.trunk or None
    return None


def part_conditions(connection: sqlite3.Connection, part: CallPart) -> tuple[str, dict[str, Any]]:
    """The condition that a call is a dial of the part, with the values it names."""
    said = ["direction = 'outbound'", "live" if part.live else "answered IS NOT NULL"]
    values: dict[str, Any] = {}
    if part.dimension in _COLUMNS:
        if part.dimension == "trunk":
            let_trunk_be_asked(connection)
        said.append(f"{_COLUMNS[part.dimension]} IS :part")
        values["part"] = part.key
    return " AND ".join(said), values


def let_trunk_be_asked(connection: sqlite3.Connection) -> None:
    """Add the function FIRST_TRUNK to the connection, once."""
    add_aggregate(connection, FIRST_TRUNK, 1, _FirstTrunk)
