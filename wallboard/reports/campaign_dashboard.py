"""campaign-dashboard: the data bar and the widgets of each web campaign, metrics W1 to W17."""

import sqlite3
from collections.abc import Iterator
from datetime import date
from typing import Final

import msgspec

from wallboard.metrics.answers import Answer, Value
from wallboard.metrics.asked import Asked as Measured
from wallboard.metrics.catalogue import BY_SLUG
from wallboard.metrics.catalogue.web_queries import revenue
from wallboard.metrics.engine import answers
from wallboard.metrics.relations_web import WEB
from wallboard.reporting_time import Period
from wallboard.reports.heard import ever_sent
from wallboard.reports.report import Asked, Column, Generated, Report

_WIDGETS: Final = (
    Column("prospects", "count", "visits eligible for the campaign, its control group among them"),
    Column("exposures", "count", "invitations, buttons and content shown"),
    Column("engagements", "count", "clicks on content and interactive chats"),
    Column("conversions", "count", "business goals (sale, lead) reached by exposed visits"),
    Column("goals_reached", "count", "assisting goals (page views, other) reached by them"),
    Column("chat_conversion_rate", "share", "of exposed visits with an interactive chat"),
    Column("view_through_rate", "share", "of visits that saw content and did not engage"),
    Column("click_through_rate", "share", "of visits that clicked content"),
    Column("control_rate", "share", "of the control group"),
    Column("goal_type_average", "share", "mean rate of all campaigns of the same goal type"),
    Column("goals_after_engagement", "count", "goals after a chat or a click on content"),
    Column("contribution", "list", "each goal's times reached by exposed visits, of all times"),
    Column("revenue_after_engagement", "money", "revenue after a chat or a click on content"),
    Column("aov_exposed", "money", "order value of exposed visits; with a control group only"),
    Column("aov_control", "money", "order value of the control group"),
    Column("incremental_conversions", "number", "conversions beyond what the control group says"),
    Column("revenue", "money", "what all its prospects ordered; of campaigns that sell"),
    Column("expected_revenue", "money", "what the control group says they would have without it"),
    Column("incremental_revenue", "money", "the one less the other"),
)
_METRICS: Final = tuple(BY_SLUG[column.name] for column in _WIDGETS if column.name in BY_SLUG)
_AGAINST_CONTROL: Final = frozenset({"aov_exposed", "aov_control"})

_CAMPAIGNS: Final = """
SELECT a.campaign FROM visits AS v CROSS JOIN visit_campaigns AS a
    ON a.source = v.source AND a.visit = v.visit
WHERE v.at >= :from AND v.at < :until
UNION SELECT e.campaign FROM visits AS v CROSS JOIN exposures AS e
    ON e.source = v.source AND e.visit = v.visit
WHERE v.at >= :from AND v.at < :until ORDER BY 1
"""
# Visits, not events: who was shown something, and who took it up.
_FUNNEL: Final = """
SELECT count(*), sum(EXISTS (
    SELECT 1 FROM engagements AS g WHERE g.source = shown.source AND g.visit = shown.visit
    AND g.campaign = :campaign AND (
        g.kind = 'chat' AND g.interactive OR g.kind = 'click' AND EXISTS (
            SELECT 1 FROM exposures AS e WHERE e.source = g.source AND e.visit = g.visit
            AND e.campaign = g.campaign AND e.engagement = g.engagement AND e.kind = 'content'))))
FROM (SELECT DISTINCT e.source, e.visit FROM visits AS v CROSS JOIN exposures AS e
    ON e.source = v.source AND e.visit = v.visit AND e.campaign = :campaign
    WHERE v.at >= :from AND v.at < :until) AS shown
"""
_PROSPECTS: Final = WEB["prospects"]
_REVENUE: Final = f"""
SELECT sum(revenue), sum(CASE WHEN held THEN revenue END) FROM (
    SELECT coalesce(sum({revenue("visit_campaigns")}), 0) AS revenue,
        sum(visit_campaigns.arm = 'control') AS held
    FROM {_PROSPECTS.base} {_PROSPECTS.joins["campaigns"]} {_PROSPECTS.joins["reaching"]}
    WHERE {_PROSPECTS.within} AND visit_campaigns.campaign = :campaign
    AND campaigns.goal_type = 'sale' GROUP BY visit_campaigns.source)
"""
"""All that was sold, and that where there is a control group: what is expected is less [W17]."""
_CONTROL: Final = """
SELECT EXISTS (SELECT 1 FROM campaigns WHERE campaign = :campaign AND control_share > 0)
OR EXISTS (SELECT 1 FROM visits AS v CROSS JOIN visit_campaigns AS a
    ON a.source = v.source AND a.visit = v.visit AND a.campaign = :campaign AND a.arm = 'control'
    WHERE v.at >= :from AND v.at < :until)
"""


def _rows(connection: sqlite3.Connection, asked: Asked) -> Generated:
    whole = {"from": asked.period.start_ms, "until": asked.period.end_ms}
    were_exposures = ever_sent(connection, "exposure.shown")
    were_engagements = were_exposures and ever_sent(connection, "engagement.made")
    for campaign, name in _campaigns(connection, asked, whole):
        values: dict[str, int | str] = {**whole, "campaign": campaign}
        (has_control,) = connection.execute(_CONTROL, values).fetchone()
        for day, period in _periods(asked):
            span = values | {"from": period.start_ms, "until": period.end_ms}
            shown, engaged = connection.execute(_FUNNEL, span).fetchone()
            question = Measured(
                period, asked.calendar, asked.settings, asked.now, {"campaign": campaign}
            )
            found = answers(connection, _METRICS, question)
            figures = {column.name: _figure(column, found) for column in _WIDGETS}
            if not has_control:
                figures |= dict.fromkeys(_AGAINST_CONTROL)
            figures |= _sold(connection, span, figures["incremental_revenue"])
            dated = () if day is None else (day.isoformat(),)
            funnel = (
                shown if were_exposures else None,
                (engaged or 0) if were_engagements else None,
            )
            yield (campaign, *dated, *figures.values(), *funnel, name)


def _sold(
    connection: sqlite3.Connection, span: dict[str, int | str], beyond: Value | str
) -> dict[str, Value | str]:
    """What was sold, and what would have been without the campaign, where that can be told."""
    if not ever_sent(connection, "goal.reached"):
        return {}
    whole, compared = connection.execute(_REVENUE, span).fetchone()
    expected = compared - beyond if isinstance(beyond, int | float) else None
    return {"revenue": whole, "expected_revenue": expected}


def _campaigns(
    connection: sqlite3.Connection, asked: Asked, whole: dict[str, int]
) -> list[tuple[str, str | None]]:
    """The campaigns with visits in the period that are asked for, with their names."""
    named = {
        campaign: (name, account)
        for campaign, name, account in connection.execute(
            "SELECT campaign, max(name), max(account) FROM campaigns GROUP BY 1"
        )
    }
    wanted, account = asked.filters.get("campaign"), asked.filters.get("account")
    return [
        (campaign, named.get(campaign, (None, None))[0])
        for (campaign,) in connection.execute(_CAMPAIGNS, whole).fetchall()
        if wanted in {None, campaign} and account in {None, named.get(campaign, (None, None))[1]}
    ]


def _periods(asked: Asked) -> Iterator[tuple[date | None, Period]]:
    """The period as a whole, or each of its days."""
    if asked.by is None:
        yield None, asked.period
        return
    for day in asked.period.days:
        start, end = asked.calendar.day_bounds(day)
        if start <= asked.now:
            edges = max(start, asked.period.start_ms), min(end, asked.period.end_ms)
            yield day, Period(*edges, (day,))


def _figure(column: Column, found: dict[str, Answer]) -> Value | str:
    answer = found.get(column.name)
    if answer is None:
        return None
    if column.kind != "list":
        return answer.value
    if answer.breakdown is None:
        return None
    goals = [f"{row['key']}: {row['value']} of {row['denominator']}" for row in answer.breakdown]
    return msgspec.json.encode(goals).decode()


CAMPAIGN_DASHBOARD: Final = Report(
    name="campaign-dashboard",
    question="What does each web campaign do, against what would have happened without it?",
    per="campaign with visits in the period; with --by day, campaign and local day. An account "
    "only chooses campaigns: each row is of all visits of its campaign",
    columns=(
        Column("campaign", "text", "the id of the campaign"),
        Column("day", "day", "the local day, with --by day"),
        *_WIDGETS,
        Column("exposed_visits", "count", "visits that were shown anything of it"),
        Column("engaged_visits", "count", "those that clicked content or chatted"),
        Column("campaign_name", "text", "the name of the campaign"),
    ),
    filters=("campaign", "account"),
    rows=_rows,
    by=("day",),
)
