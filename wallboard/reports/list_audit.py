"""list-audit: what was loaded, how long that took, and what was rejected."""

import sqlite3
from typing import Final

import msgspec

from wallboard.reports.conditions import values_of, within
from wallboard.reports.report import Asked, Column, Generated, More, Report
from wallboard.reports.streaming import stream

_FILTERS: Final = {
    "campaign": "l.campaign = :campaign",
    "list": "l.list = :list",
    "account": (
        "coalesce(l.account, (SELECT m.account FROM campaigns AS m"
        " WHERE m.source = l.source AND m.campaign = l.campaign)) = :account"
    ),
}
_ROWS: Final = """
SELECT l.list, l.original_name, l.campaign, l.started, l.finished, l.finished - l.started,
    l.records, l.rejected, l.records - l.rejected, l.rejects, l.name
FROM lists AS l WHERE {within} ORDER BY l.started, l.source, l.list
"""
_REASONS: Final = """
SELECT DISTINCT reasons.key FROM lists AS l CROSS JOIN json_each(l.rejects) AS reasons
WHERE {within} AND l.rejects IS NOT NULL ORDER BY 1
"""
_REJECTS: Final = 9
"""Where the counts by reason are in a row of the query."""


def _reasons(connection: sqlite3.Connection, asked: Asked) -> tuple[str, ...]:
    sql = _REASONS.format(within=within("l.started", asked, _FILTERS))
    return tuple(reason for (reason,) in connection.execute(sql, values_of(asked)))


def _column(reason: str) -> Column:
    return Column(f"rejects: {reason}", "count", "so many for this reason", totalled=True)


def _rows(connection: sqlite3.Connection, asked: Asked) -> Generated:
    sql = _ROWS.format(within=within("l.started", asked, _FILTERS))
    for row in stream(connection, sql, values_of(asked)):
        told = row[_REJECTS]
        rejects = {} if told is None else msgspec.json.decode(told)
        # A list that gives no reasons says nothing of them; one that does, 0 of the others.
        counts = (None if told is None else rejects.get(reason, 0) for reason in asked.keys)
        yield (*row[:_REJECTS], *counts, *row[_REJECTS + 1 :])


LIST_AUDIT: Final = Report(
    name="list-audit",
    question="Which lists were loaded, and what was rejected of them, for which reasons?",
    per="list that was loaded, by when that began",
    columns=(
        Column("list", "text", "the id of the list"),
        Column("original_name", "text", "the name of the file it came from"),
        Column("campaign", "text", "the id of the campaign it is for"),
        Column("started", "time", "when loading began"),
        Column("finished", "time", "when it was through"),
        Column("load_seconds", "seconds", "how long it took"),
        Column("records", "count", "records in it, the rejected ones among them", totalled=True),
        Column("rejected", "count", "those that were rejected", totalled=True),
        Column("accepted", "count", "those that were not", totalled=True),
        Column("name", "text", "the name of the list"),
    ),
    filters=tuple(_FILTERS),
    rows=_rows,
    more=More(
        _reasons,
        _column,
        "accepted",
        "how many records were rejected for each reason, a column a reason",
    ),
    default_format="csv",
    in_account_zone=True,
)
