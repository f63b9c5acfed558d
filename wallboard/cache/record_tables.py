"""The tables of records and occurrences, made from their declarations, with what is asked of them.

Names are quoted: some are words of SQL.
"""

from collections.abc import Iterator
from typing import Final

from wallboard.facts.records import OCCURRENCES, RECORD_TABLES, OccurrenceType, RecordTable

_INDEXES: Final = """
CREATE INDEX lists_started ON lists (started);
CREATE INDEX filtered_contacts_at ON filtered_contacts (at);
CREATE INDEX direct_connects_started ON direct_connects (started);
CREATE INDEX direct_connects_call ON direct_connects (source, call);
CREATE INDEX visits_at ON visits (at);
-- With all that is asked of the touches before a call: they are found a million times in a row.
CREATE INDEX touches_phone ON touches (phone, at, sequence, id, touch_source, channel)
    WHERE phone IS NOT NULL;
CREATE INDEX touches_contact ON touches (source, contact, at) WHERE contact IS NOT NULL;
CREATE INDEX spends_day ON spends (day);
CREATE INDEX opportunities_call ON opportunities (source, call) WHERE call IS NOT NULL;
CREATE INDEX opportunity_stages_won ON opportunity_stages (time) WHERE stage = 'won';
CREATE INDEX sales_call ON sales (source, call) WHERE call IS NOT NULL;
CREATE INDEX contacts_phone ON contacts (phone) WHERE phone IS NOT NULL;
CREATE INDEX sales_phone ON sales (phone, at) WHERE phone IS NOT NULL;
CREATE INDEX sales_contact ON sales (source, contact, at) WHERE contact IS NOT NULL;
CREATE INDEX sales_visit ON sales (source, visit) WHERE visit IS NOT NULL;
CREATE INDEX number_displays_at ON number_displays (at);
CREATE INDEX outbound_messages_at ON outbound_messages (at);
CREATE INDEX service_uses_at ON service_uses (at);
CREATE INDEX report_deliveries_due ON report_deliveries (due);
CREATE INDEX report_audits_at ON report_audits (at);
CREATE INDEX dashboard_views_at ON dashboard_views (at);
CREATE INDEX pool_samples_at ON pool_samples (at);
CREATE INDEX exposures_visit ON exposures (source, visit);
CREATE INDEX exposures_at ON exposures (at);
CREATE INDEX engagements_visit ON engagements (source, visit);
CREATE INDEX engagements_at ON engagements (at);
CREATE INDEX goals_visit ON goals (source, visit);
CREATE INDEX goals_at ON goals (at);
CREATE INDEX visit_campaigns_campaign ON visit_campaigns (campaign, arm)
"""
_DERIVED: Final = """
CREATE TABLE opportunity_stages (
    source INTEGER NOT NULL, opportunity TEXT NOT NULL, time INTEGER NOT NULL,
    sequence INTEGER NOT NULL, id TEXT NOT NULL, stage TEXT NOT NULL, value REAL NOT NULL,
    PRIMARY KEY (source, opportunity, time, sequence, id)
) WITHOUT ROWID;
CREATE TABLE visit_campaigns (
    source INTEGER NOT NULL, visit TEXT NOT NULL, campaign TEXT NOT NULL, arm TEXT NOT NULL,
    PRIMARY KEY (source, visit, campaign, arm)
) WITHOUT ROWID
"""
_STATUS: Final = "status TEXT GENERATED ALWAYS AS (ifnull(fate, 'sent')) VIRTUAL"


def _record_table(table: RecordTable) -> str:
    keys = [f'"{name}"' for name in table.key]
    columns = [f'"{column.name}" {column.kind}' for column in table.columns]
    parts = [
        "source INTEGER NOT NULL",
        *(f"{name} TEXT NOT NULL" for name in keys),
        "at INTEGER",
        "sequence INTEGER",
        "id TEXT",
        *columns,
        "stamps BLOB",
        *([_STATUS] if table.name == "outbound_messages" else []),
        f"PRIMARY KEY (source, {', '.join(keys)})",
    ]
    return f"CREATE TABLE {table.name} ({', '.join(parts)}) WITHOUT ROWID"


def _occurrence_table(kind: OccurrenceType) -> str:
    columns = ", ".join(f'"{column.name}" {column.kind}' for column in kind.columns)
    return (
        f"CREATE TABLE {kind.table} (source INTEGER NOT NULL, id TEXT NOT NULL, "
        f"at INTEGER NOT NULL, sequence INTEGER NOT NULL, {columns}, "
        "PRIMARY KEY (source, id)) WITHOUT ROWID"
    )


def _statements() -> Iterator[str]:
    yield from map(_record_table, RECORD_TABLES)
    yield from map(_occurrence_table, OCCURRENCES.values())
    yield from (_DERIVED.strip(), _INDEXES.strip())


_LOOKED_UP: Final = {
    "sales": {"sales_call": 2, "sales_contact": 3, "sales_visit": 2},
    "opportunities": {"opportunities_call": 2},
    "direct_connects": {"direct_connects_call": 2},
    "touches": {"touches_contact": 3},
    "exposures": {"exposures_visit": 2},
    "engagements": {"engagements_visit": 2},
    "goals": {"goals_visit": 2},
}
"""Tables in which rows are found by source and something else: the indexes, with their columns."""


def _statistics() -> Iterator[str]:
    yield "ANALYZE sqlite_schema"
    insert = "INSERT INTO sqlite_stat1 VALUES ('{}', '{}', '{}')"
    for table, indexes in _LOOKED_UP.items():
        # Of a source there are very many rows, of one key of it hardly any.
        yield insert.format(table, table, "1000000 500000 1")
        for index, columns in indexes.items():
            few = " ".join(["2"] * (columns - 1))
            yield insert.format(table, index, f"500000 250000 {few} 1")


STATISTICS_SQL: Final = ";\n".join(_statistics()) + ";\n"
"""Tells the planner that a source has very many rows: else it reads them all to find a call's."""

RECORD_TABLES_SQL: Final = ";\n".join(_statements()) + ";\n"
"""What makes the tables."""
