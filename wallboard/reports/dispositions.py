"""dispositions: what the agents made of the calls."""

import sqlite3
from typing import Final

from wallboard.reports.conditions import CALL_FILTERS, calls_within, values_of
from wallboard.reports.heard import ever_sent
from wallboard.reports.report import Asked, Column, Generated, Report
from wallboard.reports.streaming import stream

_ROWS: Final = """
SELECT coalesce(nullif(c.disposition, ''), '(none)') AS disposition, count(*),
    count(*) * 1.0 / sum(count(*)) OVER (),
    sum(CASE WHEN c.connected AND (c.direction = 'inbound' OR c.live) THEN c.talk_ms ELSE 0 END),
    {sales}
FROM calls AS c WHERE {within} GROUP BY 1 ORDER BY 2 DESC, 1
"""
_SALES: Final = "sum((SELECT count(*) FROM sales AS s WHERE s.source = c.source AND s.call = c.id))"


def _rows(connection: sqlite3.Connection, asked: Asked) -> Generated:
    sales = _SALES if ever_sent(connection, "sale.recorded") else "NULL"
    return stream(
        connection, _ROWS.format(within=calls_within(asked), sales=sales), values_of(asked)
    )


DISPOSITIONS: Final = Report(
    name="dispositions",
    question="What did the calls come to, by the agents' own word?",
    per="disposition, most calls first",
    columns=(
        Column("disposition", "text", "as the agents chose it; (none) where they chose none"),
        Column("calls", "count", "calls of it, of both directions", totalled=True),
        Column("share", "share", "their part of all the calls"),
        Column("talk_seconds", "seconds", "talk of agents on them, less hold", totalled=True),
        Column("sales", "count", "sales that are tied to them", totalled=True),
    ),
    filters=CALL_FILTERS,
    rows=_rows,
)
