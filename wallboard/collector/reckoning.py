"""What the rollups were reckoned by; when it changes they are built anew from the calls' events.

The zone and the hours bucket the calls, the settings and the business hours judge them, the list of
measures is what is summed. A change of any is found at the start of the collector.
"""

import logging
import sqlite3
from collections.abc import Callable
from hashlib import blake2b
from typing import Final

from sqlite_utils import Database

from wallboard.cache.settings import keep_settings
from wallboard.collector.ledger import Ledger
from wallboard.config import Configuration
from wallboard.counted import counted
from wallboard.facts.definitions import Settings
from wallboard.facts.measures import MEASURES
from wallboard.reporting_time import Calendar

log = logging.getLogger(__name__)

RECKONING: Final = 2
"""Raised whenever facts or measures are derived otherwise than before."""


def settings_of(configuration: Configuration) -> Settings:
    """The thresholds of a configuration that calls are judged by."""
    metrics = configuration.metrics
    return Settings(
        metrics.service_level_seconds,
        metrics.short_abandon_seconds,
        metrics.drop_seconds,
        metrics.drop_limit,
    )


def fingerprint(calendar: Calendar, configuration: Configuration) -> str:
    """What the rollups rest on, in a few characters."""
    basis = (
        RECKONING,
        MEASURES,
        settings_of(configuration),
        calendar.time_zone,
        str(calendar.day_starts),
        calendar.business_hours.by_weekday(),
        sorted(map(str, calendar.holidays)),
    )
    return blake2b(repr(basis).encode(), digest_size=12).hexdigest()


def reckoned_by(connection: sqlite3.Connection) -> str | None:
    """The fingerprint of what the rollups of a cache rest on, None where they are not reckoned."""
    row = connection.execute("SELECT value FROM meta WHERE name = 'reckoning'").fetchone()
    return None if row is None else str(row[0])


def rebuild_if_needed(
    ledger: Ledger,
    db: Database,
    configuration: Configuration,
    check: Callable[[], None] = lambda: None,
) -> bool:
    """Build the rollups anew when what they rest on has changed; tell whether it had.

    `check` is called now and then; what it raises ends the work, with nothing changed.
    """
    keep_settings(db.conn, settings_of(configuration))
    wanted = fingerprint(ledger.calendar, configuration)
    if reckoned_by(db.conn) == wanted:
        return False
    (calls,) = db.conn.execute("SELECT count(*) FROM calls").fetchone()
    if calls:
        log.info(
            "The reporting time or the settings changed: %s to be reckoned anew.",
            counted(calls, "call"),
        )

    def progress(done: int) -> None:
        check()
        log.info("%d of %s reckoned anew.", done, counted(calls, "call"))

    ledger.reckon_anew(progress)
    with db.atomic():
        db.conn.execute("INSERT OR REPLACE INTO meta VALUES ('reckoning', ?)", (wanted,))
    return True
