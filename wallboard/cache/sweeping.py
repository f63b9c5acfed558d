"""Deleting what can only be found by looking through whole tables, a slice of a table at a time.

Each slice is a transaction of its own that looks at so many rows and no more, however few or many
of them are over their time: so it takes as long as any other, and the feed has its turn between.
"""

import sqlite3
from collections.abc import Iterator
from datetime import date, timedelta
from time import monotonic
from typing import Any, Final, NamedTuple

from wallboard.cache.callers import remember_customers
from wallboard.cache.pace import Pace
from wallboard.cache.transaction import transaction
from wallboard.facts.records import OCCURRENCES, RECORD_TABLES

DAY_MS: Final = 86_400_000
SLICE: Final = 5_000
"""Rows that are looked at in one transaction at most."""


class Rule(NamedTuple):
    """Rows of a table that are deleted: its key, and what holds of them."""

    table: str
    key: tuple[str, ...]
    condition: str


class Sweep:
    """One pass over all that is kept by its own time."""

    def __init__(self, connection: sqlite3.Connection, now: int, keep_days: int) -> None:
        """`now` is UTC milliseconds; what is older than `keep_days` whole UTC days goes."""
        self._db = connection
        day = now // DAY_MS - keep_days
        # By their UTC date, as spends have it.
        on = (date(1970, 1, 1) + timedelta(days=day)).isoformat()
        self._values: dict[str, Any] = {"time": day * DAY_MS, "day": day, "date": on}
        self._rules = list(RULES)
        self._pace = Pace(SLICE)
        self._after: tuple[Any, ...] | None = None

    @property
    def is_through(self) -> bool:
        """Whether everything was looked at."""
        return not self._rules

    def step(self) -> str:
        """Look at one slice and return the table it was of. Raises sqlite3.Error, nothing deleted.

        Of as many rows as the transactions before took time for.

        After an error the same slice is looked at again.
        """
        table = self._rules[0].table
        began = monotonic()
        with transaction(self._db):
            reached = self._delete(self._rules[0])
        self._pace.took(monotonic() - began)
        if reached is None:
            del self._rules[0]
        self._after = reached
        return table

    def _delete(self, rule: Rule) -> tuple[Any, ...] | None:
        """Delete from one slice of a table; return the key it ends with, None for the last."""
        table, keys, condition = rule
        key = ", ".join(f'"{name}"' for name in keys)
        bounds, values = [condition], dict(self._values)
        after = "1"
        if self._after is not None:
            after = f"({key}) > ({_named('after', self._after, values)})"
            bounds.append(after)
        reached: tuple[Any, ...] | None = self._db.execute(
            f"SELECT {key} FROM {table} WHERE {after} ORDER BY {key} LIMIT 1"
            f" OFFSET {self._pace.rows - 1}",
            values,
        ).fetchone()
        if reached is not None:
            bounds.append(f"({key}) <= ({_named('until', reached, values)})")
        if table == "sales":
            # With those whose sales they were: contacts go later, they are still known.
            within = [bound.replace(key, 's."source", s."sale"') for bound in bounds[1:]]
            remember_customers(self._db, " AND ".join(within) or "1", values)
        self._db.execute(f"DELETE FROM {table} WHERE {' AND '.join(bounds)}", values)
        return reached


def _named(name: str, key: tuple[Any, ...], values: dict[str, Any]) -> str:
    """The placeholders of a key, whose values are added to those of the statement."""
    named = {f"{name}_{place}": value for place, value in enumerate(key)}
    values |= named
    return ", ".join(f":{place}" for place in named)


_KEYS: Final = {
    **{table.name: ("source", *table.key) for table in RECORD_TABLES},
    **{kind.table: ("source", "id") for kind in OCCURRENCES.values()},
}


def _of_records(condition: str, *tables: str) -> Iterator[Rule]:
    for table in tables:
        yield Rule(table, _KEYS[table], condition)


_LAST_STATE: Final = """time < :time AND EXISTS (
    SELECT 1 FROM agent_changes AS later WHERE later.source = agent_changes.source
    AND later.agent = agent_changes.agent AND later.time > agent_changes.time
    AND later.time < :time)"""
_NO_VISIT: Final = """NOT EXISTS (SELECT 1 FROM visits
    WHERE visits.source = visit_campaigns.source AND visits.visit = visit_campaigns.visit)"""
_SETTLED: Final = """NOT EXISTS (SELECT 1 FROM opportunity_stages AS later
    WHERE later.source = opportunity_stages.source
    AND later.opportunity = opportunity_stages.opportunity AND later.time >= :time)"""
_NO_STAGE: Final = """NOT EXISTS (SELECT 1 FROM opportunity_stages AS stage
    WHERE stage.source = opportunities.source AND stage.opportunity = opportunities.opportunity)"""
_NO_CALL: Final = """at < :time AND NOT EXISTS (SELECT 1 FROM calls
    WHERE calls.contact = contacts.contact AND calls.source = contacts.source)"""

RULES: Final = (
    # Identities live a day longer than the rest: some events of a call lie before its start.
    Rule("seen", ("source", "id"), "day < :day - 1"),
    *_of_records(
        "at < :time",
        *("filtered_contacts", "visits", "touches", "sales", "number_displays", "service_uses"),
        *("report_audits", "dashboard_views", "pool_samples", "exposures", "engagements", "goals"),
    ),
    Rule("visit_campaigns", ("source", "visit", "campaign", "arm"), _NO_VISIT),
    *_of_records("coalesce(at, delivered_at, failed_at) < :time", "outbound_messages"),
    *_of_records("started < :time", "lists", "direct_connects"),
    *_of_records("due < :time", "report_deliveries"),
    *_of_records("day < :date", "spends"),
    Rule("opportunity_stages", ("source", "opportunity", "time", "sequence", "id"), _SETTLED),
    *_of_records(_NO_STAGE, "opportunities"),
    *_of_records(_NO_CALL, "contacts"),
    Rule("agent_changes", ("source", "agent", "time", "sequence", "id"), _LAST_STATE),
    Rule("gaps", ("gap",), "ended < :time"),
    Rule("file_numbers", ("source", "epoch"), "newest < :time"),
    Rule("attributions", ("attribution",), "used < :day"),
    Rule("locations", ("location",), "used < :day"),
)
"""What goes by its own time; an opportunity by its last change, a contact not before its calls.

The last state of each agent is kept: it still holds.
"""
