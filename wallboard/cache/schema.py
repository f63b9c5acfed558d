"""How one version of the cache becomes the next."""

from typing import Final

from sqlite_utils import Database, Migrations

from wallboard.cache.alarm_tables import ALARM_TABLES_SQL
from wallboard.cache.callers import make_key, register_digest
from wallboard.cache.late_outcomes import LATE_OUTCOMES_SQL, register_outcome_until
from wallboard.cache.record_tables import STATISTICS_SQL
from wallboard.cache.tables import TABLES
from wallboard.cache.versions import MIGRATION_SET

migrations = Migrations(MIGRATION_SET)


@migrations()
def first_tables(db: Database) -> None:
    """The tables of version 0.1."""
    for statement in f"{TABLES};\n{STATISTICS_SQL}".split(";\n"):
        if statement.strip():
            db.execute(statement)
    make_key(db.conn)
    db.table("campaigns").create(
        {
            "source": int,
            "campaign": str,
            "name": str,
            "direction": str,
            "channel": str,
            "account": str,
            "parent": str,
            "goal_name": str,
            "goal_type": str,
            "control_share": float,
            "starts": int,
            "ends": int,
            "defined_at": int,
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


@migrations()
def alarm_tables(db: Database) -> None:
    """Alarms: raised, acknowledged, posted."""
    for statement in ALARM_TABLES_SQL.split(";\n"):
        if statement.strip():
            db.execute(statement)


FILE_NUMBERS_SQL: Final = """
-- The sequence numbers that files brought, by source and epoch ('' where the file told none).
CREATE TABLE file_numbers (
    source TEXT NOT NULL, epoch TEXT NOT NULL, feed TEXT NOT NULL,
    stretches BLOB NOT NULL, -- what was seen, as JSON
    claims TEXT NOT NULL,    -- from where to where files reach, as spans
    newest INTEGER, is_extract INTEGER NOT NULL,
    PRIMARY KEY (source, epoch)
) WITHOUT ROWID;

-- A gap in the numbers of a file belongs to a source; one of a feed to the feed alone.
ALTER TABLE gaps ADD COLUMN source TEXT;

-- How many events are missing; null where that is not known.
ALTER TABLE gaps ADD COLUMN missing INTEGER;
UPDATE gaps SET missing = last - first + 1
"""


@migrations()
def file_numbers(db: Database) -> None:
    """Gaps in files, and how many events each gap lacks."""
    for statement in FILE_NUMBERS_SQL.split(";\n"):
        if statement.strip():
            db.execute(statement)


LASTING_CALLS_SQL: Final = """
-- Stays that had ended after an instant are found by their calls.
DROP INDEX stays_left;

-- The few calls that were told of for long, and until when: for a look at the past, which finds all
-- others by their start.
CREATE TABLE lasting_calls (
    call INTEGER PRIMARY KEY, started INTEGER NOT NULL, until INTEGER NOT NULL
);
INSERT INTO lasting_calls
SELECT call, begun, max(over, wrapped) FROM (
    SELECT call, min(first_event, ifnull(started, first_event)) AS begun,
        ifnull(ended, first_event) AS over, ifnull((SELECT max(wrap_ups.ended) FROM wrap_ups
            WHERE wrap_ups.call = calls.call), 0) AS wrapped FROM calls)
WHERE max(over, wrapped) - begun > 3600000
"""


@migrations()
def lasting_calls(db: Database) -> None:
    """Calls that lasted long, for time travel."""
    for statement in LASTING_CALLS_SQL.split(";\n"):
        if statement.strip():
            db.execute(statement)


@migrations()
def calls_by_contact(db: Database) -> None:
    """The calls of a contact by campaign, with their starts: the latest needs no look at a call."""
    db.execute("DROP INDEX calls_contact")
    db.execute(
        "CREATE INDEX calls_contact ON calls (contact, source, campaign, started)"
        " WHERE contact IS NOT NULL"
    )


@migrations()
def open_gaps(db: Database) -> None:
    """The gaps of a time are found without looking at those of all times."""
    db.execute("CREATE INDEX gaps_ended ON gaps (ended) WHERE recovered = 0")
    db.execute("CREATE INDEX gaps_of_feeds ON gaps (feed, started) WHERE recovered = 0")


@migrations()
def service_uses_by_message(db: Database) -> None:
    """What each message cost, found by the message: else all service uses are read for each."""
    db.execute(
        "CREATE INDEX service_uses_message ON service_uses (source, message, amount)"
        " WHERE message IS NOT NULL"
    )


@migrations()
def late_outcomes(db: Database) -> None:
    """Outcomes that were told late, for lists of calls in the past."""
    register_outcome_until(db.conn)
    for statement in LATE_OUTCOMES_SQL.split(";\n"):
        db.execute(statement)


FIRST_CALLS_SQL: Final = """
-- The lowest number of a call that names a campaign or a queue first: one that is defined later has
-- its calls judged anew, and they are looked for from there on. By a keyed hash of the name, for it
-- outlives the calls.
CREATE TABLE first_calls (digest BLOB PRIMARY KEY, call INTEGER NOT NULL) WITHOUT ROWID;
INSERT INTO first_calls
SELECT caller_digest('campaign/' || source || '/' || campaign), min(call) FROM calls
WHERE campaign IS NOT NULL GROUP BY source, campaign;
INSERT INTO first_calls
SELECT caller_digest('queue/' || source || '/' || first_queue), min(call) FROM calls
WHERE first_queue IS NOT NULL GROUP BY source, first_queue
"""


@migrations()
def first_calls(db: Database) -> None:
    """Where the calls of a campaign or a queue begin."""
    register_digest(db.conn)
    for statement in FIRST_CALLS_SQL.split(";\n"):
        db.execute(statement)


@migrations()
def alarm_evaluations(db: Database) -> None:
    """When each alarm of the configuration was evaluated last; the empty rule is a whole round."""
    db.execute(
        "CREATE TABLE alarm_evaluations (rule TEXT PRIMARY KEY, at INTEGER NOT NULL,"
        " took_ms INTEGER NOT NULL, due INTEGER NOT NULL) WITHOUT ROWID"
    )


@migrations()
def old_quarantine(db: Database) -> None:
    """What is over its time in quarantine is found without looking at the rest."""
    db.execute("CREATE INDEX quarantine_old ON quarantine (received) WHERE call IS NULL")
    db.execute(
        "CREATE INDEX quarantine_texts ON quarantine (received)"
        " WHERE call IS NOT NULL AND text IS NOT NULL"
    )


CALL_SPANS_SQL: Final = """
-- Between which calls, by their numbers, those lie that name a campaign or a queue. In the place of
-- first_calls: of many that are defined late each has but its own calls looked through.
DROP TABLE first_calls;
CREATE TABLE call_spans (
    digest BLOB PRIMARY KEY, first INTEGER NOT NULL, last INTEGER NOT NULL
) WITHOUT ROWID;
INSERT INTO call_spans
SELECT caller_digest('campaign/' || source || '/' || campaign), min(call), max(call) FROM calls
WHERE campaign IS NOT NULL GROUP BY source, campaign;
INSERT INTO call_spans
SELECT caller_digest('queue/' || source || '/' || first_queue), min(call), max(call) FROM calls
WHERE first_queue IS NOT NULL GROUP BY source, first_queue
"""


@migrations()
def call_spans(db: Database) -> None:
    """Where the calls of a campaign or a queue begin and end."""
    register_digest(db.conn)
    for statement in CALL_SPANS_SQL.split(";\n"):
        db.execute(statement)


@migrations()
def evaluations_alone(db: Database) -> None:
    """When evaluated, and no more, for nobody asks; it is written anew within seconds."""
    db.execute("DROP TABLE alarm_evaluations")
    db.execute(
        "CREATE TABLE alarm_evaluations (rule TEXT PRIMARY KEY, at INTEGER NOT NULL) WITHOUT ROWID"
    )
