"""campaign-overview: from demand to money, one line a campaign."""

import sqlite3
from collections.abc import Mapping
from typing import Final

from wallboard.metrics.asked import Asked as Measured
from wallboard.metrics.metric import LEGS
from wallboard.reports.conditions import values_of, within
from wallboard.reports.heard import ever_sent
from wallboard.reports.report import Asked, Column, Generated, Report

_OF_CALLS: Final = {"campaign": "c.campaign = :campaign", "account": "c.account = :account"}

_CALLS: Final = """
SELECT c.campaign, sum(c.calls), sum(c.answered) + sum(c.dial_answered), sum(c.missed),
    sum(c.qualified), sum(c.appointment)
FROM call_measures AS c WHERE {within} GROUP BY c.campaign
"""
_SALES: Final = """
SELECT ifnull(c.campaign, ''), count(*), sum(s.amount) FROM calls AS c
CROSS JOIN sales AS s ON s.source = c.source AND s.call = c.id WHERE {within} GROUP BY 1
"""
_SPEND: Final = """
SELECT coalesce((SELECT min(m.campaign) FROM campaigns AS m WHERE m.campaign = s.campaign),
    (SELECT min(m.campaign) FROM campaigns AS m WHERE m.name = s.campaign), s.campaign) AS of_one,
    sum(s.amount)
FROM spends AS s WHERE s.day >= :first_day AND s.day <= :last_day AND s.campaign != '' {account}
GROUP BY 1
"""
_LOADED: Final = """
SELECT coalesce(k.campaign, l.campaign), count(*), sum(EXISTS (
    SELECT 1 FROM calls AS c WHERE c.contact = k.contact AND c.started < :until
    AND c.source = k.source AND c.campaign = coalesce(k.campaign, l.campaign)))
FROM contacts AS k LEFT JOIN lists AS l ON l.source = k.source AND l.list = k.list
WHERE k.at < :until AND coalesce(k.campaign, l.campaign) != '' GROUP BY 1
"""


def _rows(connection: sqlite3.Connection, asked: Asked) -> Generated:
    values = values_of(asked)
    of_calls = within("c.started", asked, _OF_CALLS)
    calls = _by_campaign(connection, _CALLS.format(within=of_calls), values)
    sales = _by_campaign(connection, _SALES.format(within=of_calls), values)
    account = "AND s.account = :account" if "account" in asked.filters else ""
    days = Measured(asked.period, asked.calendar, asked.settings, asked.now).values()
    spends = _by_campaign(connection, _SPEND.format(account=account), values | days)
    loaded = _by_campaign(connection, _LOADED, values)
    names: dict[str, tuple[str | None, str | None]] = {
        campaign: (name, account)
        for campaign, name, account in connection.execute(
            "SELECT campaign, max(name), max(account) FROM campaigns GROUP BY 1"
        )
    }
    with_legs = ever_sent(connection, *LEGS.split("|"))
    with_ends = ever_sent(connection, "call.ended")
    with_outcomes = ever_sent(connection, "call.outcome")
    with_sales = ever_sent(connection, "sale.recorded")
    campaigns = {*calls, *spends, *loaded}
    if "campaign" in asked.filters:
        campaigns &= {asked.filters["campaign"]}
    if "account" in asked.filters:
        theirs = {one for one, (_, of) in names.items() if of == asked.filters["account"]}
        campaigns &= {*theirs, *calls, *spends}
    for campaign in sorted(campaigns, key=lambda one: (not one, one)):
        begun, answered, missed, qualified, appointments = calls.get(campaign, (0,) * 5)
        sold, value = sales.get(campaign, (0, 0)) if with_sales else (None, None)
        (spend,) = spends.get(campaign, (None,))
        contacts, called = loaded.get(campaign, (0, 0))
        yield (
            campaign or None,
            begun,
            answered if with_legs else None,
            missed if with_ends else None,
            qualified if with_outcomes else None,
            appointments if with_outcomes else None,
            sold,
            value,
            spend,
            spend / sold if spend is not None and sold else None,
            value / spend if spend and value is not None else None,
            contacts,
            called,
            contacts - called,
            names.get(campaign, (None, None))[0],
        )


def _by_campaign(
    connection: sqlite3.Connection, sql: str, values: Mapping[str, int | float | str]
) -> dict[str, tuple[float, ...]]:
    return {campaign: tuple(figures) for campaign, *figures in connection.execute(sql, values)}


CAMPAIGN_OVERVIEW: Final = Report(
    name="campaign-overview",
    question="What did each campaign bring in for what was spent, and how far along is it?",
    per="campaign with calls or spend in the period, or with contacts",
    columns=(
        Column("campaign", "text", "the id of the campaign that the calls name"),
        Column("calls", "count", "calls of both directions", totalled=True),
        Column(
            "answered",
            "count",
            "inbound calls that somebody answered, and dials that anything answered, machines too",
            totalled=True,
        ),
        Column("missed", "count", "inbound calls that ended unanswered", totalled=True),
        Column("qualified", "count", "qualified calls", totalled=True),
        Column("appointments", "count", "calls with an appointment", totalled=True),
        Column("sales", "count", "sales tied to the calls", totalled=True),
        Column("sale_value", "money", "what those sales come to", totalled=True),
        Column("spend", "money", "spend recorded under the campaign's id or name", totalled=True),
        Column("cost_per_sale", "money", "spend for each sale; empty without spend"),
        Column("return", "number", "sale value for each unit of spend"),
        Column("contacts_loaded", "count", "contacts for it up to the period's end", totalled=True),
        Column("contacts_called", "count", "those it has called by then", totalled=True),
        Column("contacts_left", "count", "those it has not", totalled=True),
        Column("campaign_name", "text", "the name of the campaign"),
    ),
    filters=("campaign", "account"),
    rows=_rows,
)
