"""The latest call of each contact of a campaign: read along an index, or sorted.

Both ways give the same rows in the same order. Along the index nothing is sorted, and of a call
only the latest is read, but all calls of the cache are passed; so it serves long periods.
"""

import sqlite3
from typing import Final

from wallboard.questions.covered_part import covered_part
from wallboard.reports.conditions import calls_within
from wallboard.reports.report import Asked

_WORTH: Final = 0.5
"""From this part of the time that the cache covers on, passing all of it is the shorter way."""

_IN_INDEX: Final = frozenset({"campaign"})
"""The filters that the index can answer."""

_SORTED: Final = """
SELECT max((100000000000000 + c.started) || c.id), c.call AS call, count(*) AS attempts
FROM calls AS c WHERE {within} AND c.contact != ''
GROUP BY c.contact, c.source, ifnull(c.campaign, '')
"""
# Only where there are several calls can two be equally late: the greater id then counts. The signs
# before columns keep SQLite from reading along their indexes.
_ALONG: Final = """
SELECT CASE attempts WHEN 1 THEN call ELSE (
        SELECT d.call FROM calls AS d WHERE d.contact = latest.contact
        AND d.source = latest.source AND d.campaign IS latest.campaign
        AND d.started = latest.started ORDER BY +d.id DESC LIMIT 1) END AS call, attempts
FROM (
    SELECT c.campaign, c.contact, c.source, max(c.started) AS started, c.call, count(*) AS attempts
    FROM calls AS c WHERE {within} AND c.contact > ''
    GROUP BY c.contact, c.source, c.campaign) AS latest
"""
_EMPTY: Final = "SELECT EXISTS (SELECT 1 FROM calls WHERE contact > '' AND campaign = '')"
"""Empty campaigns are none (null), but the index has both apart."""


def latest_calls(connection: sqlite3.Connection, asked: Asked) -> str:
    """The SQL of the numbers of the latest calls, `call`, and how many there were, `attempts`.

    It is in the order of contacts and campaigns, and names the values of `values_of`.
    """
    within = calls_within(asked)
    if (
        _IN_INDEX.issuperset(asked.filters)
        and covered_part(connection, asked.period.start_ms, asked.period.end_ms) >= _WORTH
        and not connection.execute(_EMPTY).fetchone()[0]
    ):
        return _ALONG.format(within=within.replace("c.started", "+c.started"))
    return _SORTED.format(within=within)
