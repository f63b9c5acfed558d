"""gaps: what the feeds lost, so that a figure over such a time can be judged."""

import sqlite3
from typing import Final

from wallboard.reports.conditions import values_of
from wallboard.reports.report import Asked, Column, Generated, Report
from wallboard.reports.streaming import stream

_ROWS: Final = """
SELECT feed, started, ended, missing, recovered, reason FROM gaps
WHERE started < :until AND ended >= :from ORDER BY started, gap
"""


def _rows(connection: sqlite3.Connection, asked: Asked) -> Generated:
    return stream(connection, _ROWS, values_of(asked))


GAPS: Final = Report(
    name="gaps",
    question="Which events were lost, so that figures over that time are not complete?",
    per="gap in a feed that touches the period",
    columns=(
        Column("source", "text", "the feed"),
        Column("from", "time", "when the gap begins"),
        Column("to", "time", "when it ends"),
        Column("events_missed", "count", "how many events are missing; empty where unknown"),
        Column("recovered", "flag", "whether they could be had after all"),
        Column("reason", "text", "why it came to be"),
    ),
    filters=(),
    rows=_rows,
)
