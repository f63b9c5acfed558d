"""Figures by the settings in force: what commands do before they read what was reckoned by others.

A collector reckons its cache anew when it starts under changed settings. Where none runs, the
command that asks does so itself.
"""

import logging
import sqlite3
from pathlib import Path

from wallboard.cache.errors import CacheError
from wallboard.cache.lock import CacheHeld, CacheLock
from wallboard.cache.opening import open_for_reading
from wallboard.cache.writing import open_for_writing
from wallboard.collector.ledger import Ledger
from wallboard.collector.reckoning import (
    fingerprint,
    rebuild_if_needed,
    reckoned_by,
    settings_of,
)
from wallboard.commands.words import say
from wallboard.config import Configuration
from wallboard.reporting_time import Calendar


def reckon_by(configuration: Configuration, cache: Path) -> None:
    """Have the cache reckoned by this configuration; say so where that cannot be.

    Raises CacheError or sqlite3.Error when the cache cannot be read.
    """
    calendar = Calendar.of(configuration.reporting)
    connection = open_for_reading(cache)
    try:
        known = reckoned_by(connection)
    finally:
        connection.close()
    if known in {None, fingerprint(calendar, configuration)}:
        return
    try:
        with CacheLock(cache):
            _reckon(configuration, cache, calendar)
    except CacheHeld as held:
        say(f"{held} It reckons by other settings than these: so do the figures.")
    except (CacheError, sqlite3.Error) as error:
        say(f"The figures are by the settings of whoever collected last, not by these: {error}")


def _reckon(configuration: Configuration, cache: Path, calendar: Calendar) -> None:
    words = logging.StreamHandler()
    words.setFormatter(logging.Formatter("%(message)s"))
    log = logging.getLogger("wallboard.collector.reckoning")
    level = log.level
    log.addHandler(words)
    log.setLevel(logging.INFO)
    db = open_for_writing(cache, configuration.cache.group)
    try:
        rebuild_if_needed(Ledger(db, calendar, settings_of(configuration)), db, configuration)
    finally:
        db.close()
        log.removeHandler(words)
        log.setLevel(level)
