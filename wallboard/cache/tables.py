"""The first tables of the cache: feeds and their events, calls, agents, definitions, rollups.

Times are UTC milliseconds, durations milliseconds. Entities are unique per source, so every table
of entities has the source in its key. Columns of definitions hold null for what was not said.
"""

from typing import Final

from wallboard.cache.call_measures import CALL_MEASURES_SQL
from wallboard.cache.record_tables import RECORD_TABLES_SQL
from wallboard.facts.measures import MEASURES

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
    -- What its call.started says. Withheld numbers are null (readings 14).
    started INTEGER, first_event INTEGER NOT NULL, direction TEXT, account TEXT, campaign TEXT,
    sub_campaign TEXT, list TEXT, contact TEXT, attempt INTEGER, from_number TEXT, to_number TEXT,
    caller_id TEXT, call_type TEXT, intended_queue TEXT, tracked INTEGER,
    recording_eligible INTEGER NOT NULL, attribution INTEGER, location INTEGER,
    after_hours INTEGER NOT NULL,
    -- What it came to.
    first_queue TEXT, agent TEXT, answered INTEGER,
    connected INTEGER NOT NULL, ended INTEGER, end_reason TEXT, ended_by TEXT,
    result TEXT NOT NULL, answer_ms INTEGER, within_target INTEGER NOT NULL,
    waited INTEGER NOT NULL, wait_ms INTEGER, answered_stays INTEGER NOT NULL,
    answered_stay_ms INTEGER NOT NULL, overflowed INTEGER NOT NULL, routed INTEGER NOT NULL,
    routed_right INTEGER NOT NULL, talk_ms INTEGER, hold_ms INTEGER,
    wrap_ms INTEGER, legs INTEGER NOT NULL, transfers INTEGER NOT NULL, live INTEGER NOT NULL,
    dropped INTEGER NOT NULL, machine_with_agent INTEGER NOT NULL,
    drop_allowance_millionths INTEGER NOT NULL, disposition TEXT,
    outcome TEXT, amd TEXT, billable_seconds REAL, cost REAL, rejected INTEGER NOT NULL,
    UNIQUE (source, id)
);
CREATE INDEX calls_started ON calls (started);
-- The number of the other party: our own are few, and an index of them would only cost.
CREATE INDEX calls_from_number ON calls (from_number, started)
    WHERE direction = 'inbound' AND from_number IS NOT NULL;
CREATE INDEX calls_to_number ON calls (to_number, started)
    WHERE direction = 'outbound' AND to_number IS NOT NULL;
CREATE INDEX calls_contact ON calls (contact, started) WHERE contact IS NOT NULL;
CREATE INDEX calls_open ON calls (started) WHERE ended IS NULL;
CREATE INDEX calls_ended ON calls (ended) WHERE ended IS NOT NULL;

-- Equal content is one row. `used`: the latest UTC day on which a call of it started.
CREATE TABLE attributions (
    attribution INTEGER PRIMARY KEY, source TEXT, channel TEXT, medium TEXT, campaign TEXT,
    ad_group TEXT, ad TEXT, creative TEXT, keyword TEXT, landing_page TEXT, referring_url TEXT,
    referral_source TEXT, digest BLOB NOT NULL UNIQUE, used INTEGER NOT NULL
);
CREATE TABLE locations (
    location INTEGER PRIMARY KEY, country TEXT, region TEXT, city TEXT, market TEXT,
    digest BLOB NOT NULL UNIQUE, used INTEGER NOT NULL
);

-- What came of a call, where somebody said so.
CREATE TABLE call_outcomes (
    call INTEGER PRIMARY KEY, agent TEXT, qualified INTEGER, spam INTEGER, wrong_number INTEGER,
    appointment INTEGER, quote INTEGER, lead INTEGER, converted INTEGER, quote_value REAL,
    lead_score REAL, notes TEXT, tags TEXT, survey TEXT
);

-- What was recorded, analysed, reviewed, matched, checked and exported of a call.
CREATE TABLE call_quality (
    call INTEGER PRIMARY KEY, analysed INTEGER NOT NULL, intent TEXT, sentiment REAL,
    transcribed INTEGER, silence_ms INTEGER, dead_air_count INTEGER, script_required INTEGER,
    script_followed INTEGER, phrases TEXT, reviewed_spam INTEGER, reviewed_outcome TEXT,
    matched INTEGER, recordings_started INTEGER NOT NULL, recordings_completed INTEGER NOT NULL,
    checks INTEGER NOT NULL, checks_failed INTEGER NOT NULL, exports INTEGER NOT NULL,
    exports_ok INTEGER NOT NULL, recording_url TEXT
);

CREATE TABLE wrap_ups (
    call INTEGER NOT NULL, wrap_up INTEGER NOT NULL, agent TEXT NOT NULL, ended INTEGER NOT NULL,
    length_ms INTEGER NOT NULL, PRIMARY KEY (call, wrap_up)
) WITHOUT ROWID;

-- Every event of a call in compact form, appended part by part as they come. By rowid: in the order
-- of a key, rows of more than a quarter of a page would each take another page.
CREATE TABLE call_events (
    call INTEGER NOT NULL, part INTEGER NOT NULL, entries BLOB NOT NULL, PRIMARY KEY (call, part)
);

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

-- Every type of event that was ever applied, and when the first of them happened.
CREATE TABLE event_types (type TEXT PRIMARY KEY, first INTEGER NOT NULL) WITHOUT ROWID;

-- What callers are remembered by once their calls are over their time: a keyed hash of the number.
CREATE TABLE forgotten_callers (
    digest BLOB PRIMARY KEY, first_call INTEGER, first_lead INTEGER, first_sale INTEGER
) WITHOUT ROWID;

-- Who had numbers and names in full that the configuration masks, when, and in what.
CREATE TABLE reveals (at INTEGER NOT NULL, who TEXT NOT NULL, what TEXT NOT NULL);

CREATE TABLE minute_rollup ({_ROLLUP_KEY}, {_SUMS},
    PRIMARY KEY (bucket, source, direction, campaign, queue)) WITHOUT ROWID;
CREATE TABLE hour_rollup ({_ROLLUP_KEY}, {_SUMS},
    PRIMARY KEY (bucket, source, direction, campaign, queue)) WITHOUT ROWID;

{RECORD_TABLES_SQL}
{CALL_MEASURES_SQL}
"""
