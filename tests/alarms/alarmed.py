"""A simulated center in whose cache alarms stand and are over, raised by real evaluations."""

import sqlite3
from pathlib import Path

import msgspec

from tests.screens.center import CONFIGURATION, NOW, fill, simulated
from wallboard.alarms.book import AlarmBook
from wallboard.alarms.connecting import connect
from wallboard.alarms.evaluation import Evaluation
from wallboard.cache.acknowledgements import record_acknowledgement
from wallboard.cache.opening import open_for_reading
from wallboard.config import Alarm, Configuration

ALARMS = (
    Alarm(metric="service_level", by="queue", warning=0.95, critical=0.6, for_seconds=0),
    Alarm(metric="drop_rate", by="campaign", warning=0.0, critical=0.5, for_seconds=0),
    Alarm(metric="answer_rate", window="60m", critical=0.99, for_seconds=0),
)
ALARMED = Configuration(reporting=CONFIGURATION.reporting, feeds=CONFIGURATION.feeds, alarms=ALARMS)
OVER = Alarm(metric="calls_in_progress", warning=0, critical=5, for_seconds=0)
"""Taken out of the configuration before the last rounds."""
MINUTE = 60_000


def evaluated(cache: Path, moments: tuple[int, ...], configuration: Configuration) -> None:
    """Evaluate at these moments (UTC ms), as a collector that was started before the first."""
    reading, writing = open_for_reading(cache), connect(cache)
    try:
        # Between two rounds all is due again; within one no question takes any time.
        stopwatch = 0.0
        evaluation = Evaluation(
            reading, writing, AlarmBook(writing), configuration, lambda: stopwatch
        )
        for now in moments:
            stopwatch += 1_000.0
            evaluation.round(now)
    finally:
        reading.close()
        writing.close()


def fill_alarmed(cache: Path) -> None:
    """The simulated Tuesday of the other pictures, evaluated three times of its last half hour."""
    fill(cache, simulated(NOW, agents=24))
    before = msgspec.structs.replace(ALARMED, alarms=(*ALARMS, OVER))
    evaluated(cache, (NOW - 25 * MINUTE - 500, NOW - 9 * MINUTE), before)
    evaluated(cache, (NOW - 7 * MINUTE, NOW - 1_500), ALARMED)
    connection = sqlite3.connect(cache)
    (first,) = connection.execute("SELECT max(alarm) FROM alarms WHERE ended IS NULL").fetchone()
    connection.close()
    record_acknowledgement(cache, first, NOW - 60_000, "mara", "calls the trunk's provider")
