"""The tables of the cache and how one version becomes the next.

Times are UTC milliseconds, durations milliseconds. Entities are unique per source, so every table
of entities has the source in its key. Columns of definitions hold null for what was not said.
"""

from typing import Final

from sqlite_utils import Database, Migrations

from wallboard.facts.measures import MEASURES

APPLICATION_ID: Final = 0x57414C4C
"""Marks a SQLite file as a wallboard cache ("WALL"), so that no other file is ever written to."""

migrations = Migrations("wallboard")

_ROLLUP_KEY: Final = "bucket INTEGER, source INTEGER, direction TEXT, campaign TEXT, queue TEXT"
_SUMS: Final = ", ".join(f"{name} INTEGER NOT NULL DEFAULT 0" for name in MEASURES)

TABLES: Final = f"""
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;

CREATE TABLE sources (source INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, feed TEXT);

CREATE TABLE feeds (
    feed TEXT PRIMARY KEY, epoch TEXT, coverage TEXT NOT NULL DEFAULT '',
    stage TEXT, since INTEGER, reason TEXT NOT NULL DEFAULT '', skew REAL, newest INTEGER,
    heard INTEGER, retry_at INTEGER, backlog INTEGER, last_event INTEGER, updated INTEGER,
    whole_since INTEGER, -- nothing is missing of what happened from here on
    events INTEGER NOT NULL DEFAULT 0, applied INTEGER NOT NULL DEFAULT 0,
    repeated INTEGER NOT NULL DEFAULT 0, unknown INTEGER NOT NULL DEFAULT 0,
    quarantined INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;

-- What feeds sent, as it came (a JSON array or JSON Lines); compressed by zlib.
-- Numbers are never given twice: an event whose text is gone must not get another's.
CREATE TABLE messages (
    message INTEGER PRIMARY KEY AUTOINCREMENT, feed TEXT NOT NULL, received INTEGER NOT NULL,
    newest INTEGER NOT NULL, body BLOB NOT NULL
);
CREATE INDEX messages_newest ON messages (newest);

-- The identity of every event, against repetition; it lives as long as the facts do.
CREATE TABLE seen (
    source INTEGER NOT NULL, id TEXT NOT NULL, day INTEGER NOT NULL, PRIMARY KEY (source, id)
) WITHOUT ROWID;

CREATE TABLE quarantine (
    number INTEGER PRIMARY KEY, feed TEXT NOT NULL, received INTEGER NOT NULL,
    reason TEXT NOT NULL, text BLOB, digest BLOB UNIQUE, times INTEGER NOT NULL DEFAULT 1,
    call INTEGER, event TEXT, UNIQUE (call, event)
);

CREATE TABLE unknown_types (
    type TEXT PRIMARY KEY, events INTEGER NOT NULL, last INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE gaps (
    gap INTEGER PRIMARY KEY, feed TEXT NOT NULL, epoch TEXT, first INTEGER, last INTEGER,
    started INTEGER NOT NULL, ended INTEGER NOT NULL, reason TEXT NOT NULL,
    recovered INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE calls (
    call INTEGER PRIMARY KEY, source INTEGER NOT NULL, id TEXT NOT NULL,
    started INTEGER, first_event INTEGER NOT NULL, direction TEXT, account TEXT, campaign TEXT,
    sub_campaign TEXT, list TEXT, contact TEXT, attempt INTEGER, from_number TEXT, to_number TEXT,
    caller_id TEXT, call_type TEXT, first_queue TEXT, agent TEXT, answered INTEGER,
    connected INTEGER NOT NULL, ended INTEGER, end_reason TEXT, ended_by TEXT,
    result TEXT NOT NULL, answer_ms INTEGER, wait_ms INTEGER, talk_ms INTEGER, hold_ms INTEGER,
    wrap_ms INTEGER, legs INTEGER NOT NULL, transfers INTEGER NOT NULL, disposition TEXT,
    outcome TEXT, amd TEXT, billable_seconds REAL, cost REAL, rejected INTEGER NOT NULL,
    measured BLOB, -- what the call adds to which rollup bucket
    UNIQUE (source, id)
);
CREATE INDEX calls_started ON calls (started);
-- The number of the other party: our own are few, and an index of them would only cost.
CREATE INDEX calls_from_number ON calls (from_number) WHERE direction = 'inbound';
CREATE INDEX calls_to_number ON calls (to_number) WHERE direction = 'outbound';
CREATE INDEX calls_contact ON calls (contact) WHERE contact IS NOT NULL;
CREATE INDEX calls_open ON calls (started) WHERE ended IS NULL;
CREATE INDEX calls_ended ON calls (ended) WHERE ended IS NOT NULL;

-- Every event of a call in compact form, appended part by part as they come.
CREATE TABLE call_events (
    call INTEGER NOT NULL, part INTEGER NOT NULL, entries BLOB NOT NULL, PRIMARY KEY (call, part)
) WITHOUT ROWID;

-- What is asked of many legs at once; all there is to say of one is derived from its events.
CREATE TABLE legs (
    call INTEGER NOT NULL, leg TEXT NOT NULL, kind TEXT, agent TEXT, started INTEGER,
    answered INTEGER, ended INTEGER, cause TEXT, hold_ms INTEGER NOT NULL,
    talk_ms INTEGER NOT NULL, PRIMARY KEY (call, leg)
) WITHOUT ROWID;

CREATE TABLE stays (
    call INTEGER NOT NULL, stay INTEGER NOT NULL, source INTEGER NOT NULL, queue TEXT NOT NULL,
    entered INTEGER NOT NULL, left INTEGER, reason TEXT, agent TEXT, position INTEGER,
    PRIMARY KEY (call, stay)
) WITHOUT ROWID;
CREATE INDEX stays_open ON stays (source, queue, entered) WHERE left IS NULL;
CREATE INDEX stays_left ON stays (left) WHERE left IS NOT NULL;

CREATE TABLE definitions (
    kind TEXT NOT NULL, source INTEGER NOT NULL, entity TEXT NOT NULL, time INTEGER NOT NULL,
    sequence INTEGER NOT NULL, id TEXT NOT NULL, said BLOB NOT NULL,
    PRIMARY KEY (kind, source, entity, time, sequence, id)
) WITHOUT ROWID;

CREATE TABLE agent_changes (
    source INTEGER NOT NULL, agent TEXT NOT NULL, time INTEGER NOT NULL,
    sequence INTEGER NOT NULL, id TEXT NOT NULL, said BLOB NOT NULL,
    presence TEXT NOT NULL, reason TEXT, activity TEXT NOT NULL, call TEXT, queues TEXT,
    campaign TEXT, state TEXT NOT NULL, since INTEGER NOT NULL,
    PRIMARY KEY (source, agent, time, sequence, id)
) WITHOUT ROWID;

-- Events whose meaning comes later: checked and kept whole.
CREATE TABLE kept_events (
    source INTEGER NOT NULL, id TEXT NOT NULL, type TEXT NOT NULL, time INTEGER NOT NULL,
    sequence INTEGER NOT NULL, data BLOB NOT NULL, PRIMARY KEY (source, id)
) WITHOUT ROWID;

CREATE TABLE minute_rollup ({_ROLLUP_KEY}, {_SUMS},
    PRIMARY KEY (bucket, source, direction, campaign, queue)) WITHOUT ROWID;
CREATE TABLE hour_rollup ({_ROLLUP_KEY}, {_SUMS},
    PRIMARY KEY (bucket, source, direction, campaign, queue)) WITHOUT ROWID;
"""


@migrations()
def first_tables(db: Database) -> None:
    """The tables of version 0.1."""
    for statement in TABLES.split(";\n"):
        if statement.strip():
            db.execute(statement)
    db.table("campaigns").create(
        {
            "source": int,
            "campaign": str,
            "name": str,
            "direction": str,
            "channel": str,
            "account": str,
            "parent": str,
            "drop_limit": float,
            "drop_seconds": float,
            "service_level_seconds": float,
            "service_level_share": float,
        },
        pk=("source", "campaign"),
    )
    db.table("queues").create(
        {
            "source": int,
            "queue": str,
            "name": str,
            "service_level_seconds": float,
            "service_level_share": float,
            "short_abandon_seconds": float,
        },
        pk=("source", "queue"),
    )
    db.table("agents").create(
        {"source": int, "agent": str, "name": str, "team": str, "skills": str},
        pk=("source", "agent"),
    )
