"""account-activity: how much each campaign tried to reach people, and how often it did."""

import sqlite3
from typing import Final

from wallboard.metrics.metric import LEGS
from wallboard.reports.conditions import values_of, within
from wallboard.reports.heard import ever_sent
from wallboard.reports.report import Asked, Column, Generated, Report
from wallboard.reports.streaming import stream

_OF_ACCOUNT: Final = (
    "EXISTS (SELECT 1 FROM campaigns AS m WHERE m.source = {0}.source"
    " AND m.campaign = {0}.campaign AND m.account = :account)"
)
_OF_CALLS: Final = {
    "campaign": "c.campaign = :campaign",
    "sub_campaign": "c.sub_campaign = :sub_campaign",
    "account": "c.account = :account",
}
_OF_MESSAGES: Final = {
    "campaign": "o.campaign = :campaign",
    "sub_campaign": "o.sub_campaign = :sub_campaign",
    "account": _OF_ACCOUNT.format("o"),
}
_OF_FILTERED: Final = {
    "campaign": "f.campaign = :campaign",
    "sub_campaign": "f.sub_campaign = :sub_campaign",
    "account": _OF_ACCOUNT.format("f"),
}
_FAX: Final = "(c.amd IS 'fax' OR c.end_reason IS 'fax')"

_ROWS: Final = f"""
SELECT campaign, attempted, delivered, delivered * 1.0 / nullif(attempted, 0), failed, filtered,
    (SELECT max(m.name) FROM campaigns AS m WHERE m.campaign = known.campaign)
FROM (SELECT campaign, sum(attempted) AS attempted, sum(filtered) AS filtered,
    CASE WHEN count(delivered) = count(*) THEN sum(delivered) END AS delivered,
    CASE WHEN count(failed) = count(*) THEN sum(failed) END AS failed
FROM (
    SELECT nullif(c.campaign, '') AS campaign, 1 AS attempted,
        CASE WHEN :told THEN c.answered IS NOT NULL AND NOT {_FAX} END AS delivered,
        CASE WHEN :told THEN c.ended IS NOT NULL AND (c.answered IS NULL OR {_FAX}) END AS failed,
        0 AS filtered
    FROM calls AS c WHERE c.direction = 'outbound' AND {{calls}}
    UNION ALL
    SELECT o.campaign, 1, o.status = 'delivered', o.status = 'failed', 0
    FROM outbound_messages AS o WHERE {{messages}}
    UNION ALL
    SELECT nullif(f.campaign, ''), 0, 0, 0, 1 FROM filtered_contacts AS f WHERE {{filtered}}
) AS tried GROUP BY campaign) AS known ORDER BY campaign IS NULL, campaign
"""


def _rows(connection: sqlite3.Connection, asked: Asked) -> Generated:
    sql = _ROWS.format(
        calls=within("c.started", asked, _OF_CALLS),
        messages=within("o.at", asked, _OF_MESSAGES),
        filtered=within("f.at", asked, _OF_FILTERED),
    )
    is_told = ever_sent(connection, *LEGS.split("|"))
    return stream(connection, sql, values_of(asked) | {"told": is_told})


ACCOUNT_ACTIVITY: Final = Report(
    name="account-activity",
    question="How much did each campaign try, and how much of it reached somebody?",
    per="campaign with outbound calls, messages or filtered contacts",
    columns=(
        Column("campaign", "text", "the id of the campaign"),
        Column("attempted", "count", "outbound calls and messages", totalled=True),
        Column(
            "delivered",
            "count",
            "calls that a person or a machine answered (an unknown answer is a person's, a fax is "
            "not delivered), and messages that were delivered",
            totalled=True,
        ),
        Column("success_rate", "share", "delivered of attempted"),
        Column("failed", "count", "calls that ended otherwise, and failed messages", totalled=True),
        Column("filtered", "count", "contacts that were held back", totalled=True),
        Column("campaign_name", "text", "the name of the campaign"),
    ),
    filters=("campaign", "sub_campaign", "account"),
    rows=_rows,
    in_account_zone=True,
)
