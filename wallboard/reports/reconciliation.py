"""reconciliation: why campaign-results and call-reports differ, with figures that add up."""

import sqlite3
from typing import Final

from wallboard.counted import counted
from wallboard.reports.conditions import calls_within, values_of
from wallboard.reports.report import Asked, Column, Generated, Report
from wallboard.reports.streaming import stream

_NAMED: Final = "SELECT max(name) FROM campaigns AS m WHERE m.campaign IS calls_of.campaign"
_CALLS: Final = f"""
WITH of_period AS (
    SELECT c.call, c.source, nullif(c.campaign, '') AS campaign,
        nullif(c.contact, '') AS contact, c.ended FROM calls AS c WHERE {{within}}),
legs_of AS (
    SELECT c.campaign, c.contact IS NULL AS alone, sum(l.kind = 'A') AS a, sum(l.kind = 'B') AS b,
        sum(l.kind = 'S') AS s, sum(l.kind = 'M') AS m
    FROM of_period AS c CROSS JOIN legs AS l ON l.call = c.call GROUP BY 1, 2),
contacts_of AS (
    SELECT campaign, count(*) AS contacts FROM (
        SELECT DISTINCT source, campaign, contact FROM of_period WHERE contact IS NOT NULL)
    GROUP BY campaign),
calls_of AS (
    SELECT campaign, contact IS NULL AS alone, count(*) AS calls, sum(ended IS NULL) AS open
    FROM of_period GROUP BY 1, 2)
SELECT calls_of.campaign, calls_of.alone, CASE calls_of.alone WHEN 0 THEN contacts ELSE 0 END,
    calls_of.calls,
    ifnull(a, 0), ifnull(b, 0), ifnull(s, 0), ifnull(m, 0), calls_of.open, ({_NAMED}),
    sum(calls_of.calls) OVER (PARTITION BY calls_of.campaign)
FROM calls_of LEFT JOIN contacts_of ON contacts_of.campaign IS calls_of.campaign
LEFT JOIN legs_of ON legs_of.campaign IS calls_of.campaign AND legs_of.alone = calls_of.alone
ORDER BY calls_of.campaign IS NULL, calls_of.campaign, calls_of.alone
"""
_NEVER: Final = """
SELECT coalesce(k.campaign, l.campaign), count(*) FROM contacts AS k
LEFT JOIN lists AS l ON l.source = k.source AND l.list = k.list
WHERE k.at < :until AND NOT EXISTS (
    SELECT 1 FROM calls AS c WHERE c.contact = k.contact AND c.started < :until
    AND c.source = k.source AND c.campaign IS coalesce(k.campaign, l.campaign))
GROUP BY 1
"""


def _rows(connection: sqlite3.Connection, asked: Asked) -> Generated:
    values = values_of(asked)
    never = dict(connection.execute(_NEVER, values).fetchall())
    for row in stream(connection, _CALLS.format(within=calls_within(asked)), values):
        campaign, alone, contacts, calls, *figures, name, in_all = row
        shown = name or campaign or "No campaign"
        if alone:
            words = (
                f"{shown}: {counted(calls, 'call')} without a contact: in call-reports only, in no "
                "line of campaign-results."
            )
            yield (campaign, 0, 0, 0, calls, *figures, None, name, words)
        else:
            words = _words(shown, contacts, calls, in_all)
            loaded = None if campaign is None else never.get(campaign, 0)
            first = (contacts, contacts, calls - contacts, calls)
            yield (campaign, *first, *figures, loaded, name, words)


def _words(campaign: str, contacts: int, calls: int, in_all: int) -> str:
    """Why the two reports differ, with the figures adding up."""
    further = calls - contacts
    said = (
        f"{campaign}: campaign-results has {counted(contacts, 'contact')}, each once with its "
        f"latest call; call-reports has every call: {contacts:,} first + {further:,} further = "
        f"{calls:,}"
    )
    if in_all == calls:
        return said + "."
    return said + f", and {in_all - calls:,} without a contact make {in_all:,}."


RECONCILIATION: Final = Report(
    name="reconciliation",
    question="Why do campaign-results and call-reports not show the same numbers?",
    per="campaign with calls, and one more for its calls without a contact",
    columns=(
        Column("campaign", "text", "the id of the campaign"),
        Column("contacts", "count", "the rows of campaign-results", totalled=True),
        Column("first_attempts", "count", "first calls of the period to each", totalled=True),
        Column("retries", "count", "further calls of the period to them", totalled=True),
        Column("calls", "count", "the rows of call-reports", totalled=True),
        Column("a_legs", "count", "legs to agents", totalled=True),
        Column("b_legs", "count", "legs to contacts", totalled=True),
        Column("s_legs", "count", "legs patched through to others", totalled=True),
        Column("m_legs", "count", "legs of managers listening", totalled=True),
        Column("in_progress", "count", "those of the calls that go on", totalled=True),
        Column("never_called", "count", "contacts loaded for it that it has not called so far"),
        Column("campaign_name", "text", "the name of the campaign"),
        Column("in_words", "text", "why the two reports differ"),
    ),
    filters=("campaign", "sub_campaign", "account", "list"),
    rows=_rows,
)
