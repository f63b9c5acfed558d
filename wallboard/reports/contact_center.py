"""contact-center: every Direct Connect attempt, where other reports show the last of a call."""

import sqlite3
from typing import Final

from wallboard.reports.conditions import values_of, within
from wallboard.reports.report import Asked, Column, Generated, Report
from wallboard.reports.streaming import stream

_FILTERS: Final = {
    "campaign": "c.campaign = :campaign",
    "sub_campaign": "c.sub_campaign = :sub_campaign",
    "list": "c.list = :list",
    "account": "c.account = :account",
}
# The attempts of a call are counted from its first, which may lie before the period.
_ROWS: Final = """
SELECT d.call, d.connect, (
        SELECT count(*) FROM direct_connects AS e WHERE e.source = d.source AND e.call = d.call
        AND (e.started, e.connect) <= (d.started, d.connect)),
    d.number, d.started, d.result, d.ended,
    coalesce(d.talk_ms, CASE WHEN d.answered IS NOT NULL THEN max(0, d.ended - d.answered) END),
    max(0, coalesce(d.answered, d.ended) - d.started), c.campaign, c.sub_campaign
FROM direct_connects AS d LEFT JOIN calls AS c ON c.source = d.source AND c.id = d.call
WHERE {within} ORDER BY d.started, d.source, d.connect
"""


def _rows(connection: sqlite3.Connection, asked: Asked) -> Generated:
    sql = _ROWS.format(within=within("d.started", asked, _FILTERS))
    return stream(connection, sql, values_of(asked))


CONTACT_CENTER: Final = Report(
    name="contact-center",
    question="How did each attempt to connect a contact to a contact center go?",
    per="Direct Connect attempt, every one of a call",
    columns=(
        Column("call", "text", "the id of the call"),
        Column("connect", "text", "the id of the attempt"),
        Column("attempt", "count", "which attempt of its call it was"),
        Column("number", "phone", "the number that was tried"),
        Column("started", "time", "when"),
        Column("result", "state", "connected, busy, no_answer or failed"),
        Column("ended", "time", "when it ended"),
        Column("talk_seconds", "seconds", "how long they talked"),
        Column("wait", "seconds", "from start to answer, else to the end"),
        Column("campaign", "text", "the id of the call's campaign"),
        Column("sub_campaign", "text", "the id of its sub-campaign"),
    ),
    filters=tuple(_FILTERS),
    rows=_rows,
    in_account_zone=True,
)
