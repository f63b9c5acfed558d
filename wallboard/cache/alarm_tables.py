"""The tables of alarms: each kept from its first moment to its end, and what was sent of it."""

from typing import Final

ALARM_TABLES_SQL: Final = """
-- One row an alarm, written by the collector alone. `rule` and `key` say what raised it, of what.
CREATE TABLE alarms (
    alarm INTEGER PRIMARY KEY AUTOINCREMENT, rule TEXT NOT NULL, key TEXT NOT NULL,
    kind TEXT NOT NULL, metric TEXT, dimension TEXT NOT NULL, span TEXT NOT NULL,
    unit TEXT NOT NULL, source INTEGER, call INTEGER, name TEXT NOT NULL, words TEXT NOT NULL,
    actions TEXT NOT NULL, -- a JSON array
    level TEXT NOT NULL, -- warning or critical: as it is, or was at the end
    critical_since INTEGER, -- when it first became critical
    started INTEGER NOT NULL, -- when it began to be so; it was raised once that had lasted
    raised INTEGER NOT NULL, ended INTEGER, reason TEXT NOT NULL DEFAULT '',
    value REAL, sample REAL, threshold REAL, upward INTEGER NOT NULL,
    peak REAL, peak_at INTEGER, peak_sample REAL,
    flaps INTEGER NOT NULL DEFAULT 0, -- how often it ended and came back at once
    updated INTEGER NOT NULL
);
CREATE INDEX alarms_open ON alarms (rule, key) WHERE ended IS NULL;
CREATE INDEX alarms_ended ON alarms (ended) WHERE ended IS NOT NULL;
CREATE INDEX alarms_raised ON alarms (raised);

-- Who has seen to an alarm; written by the board on which that was said.
CREATE TABLE alarm_acknowledgements (
    alarm INTEGER NOT NULL, at INTEGER NOT NULL, who TEXT NOT NULL, note TEXT NOT NULL
);
CREATE INDEX alarm_acknowledgements_alarm ON alarm_acknowledgements (alarm, at);

-- What is or was to be posted. `due`: the next attempt; null once delivered or given up.
CREATE TABLE alarm_deliveries (
    delivery INTEGER PRIMARY KEY AUTOINCREMENT, alarm INTEGER NOT NULL, hook TEXT NOT NULL,
    secret TEXT NOT NULL, event TEXT NOT NULL, body BLOB NOT NULL, created INTEGER NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0, due INTEGER, delivered INTEGER,
    trouble TEXT NOT NULL DEFAULT ''
);
CREATE INDEX alarm_deliveries_due ON alarm_deliveries (due) WHERE due IS NOT NULL;

-- Alarms of the configuration that cannot be evaluated, and why.
CREATE TABLE alarm_troubles (rule TEXT PRIMARY KEY, since INTEGER NOT NULL, trouble TEXT NOT NULL)
    WITHOUT ROWID;
"""
