"""The SQL about what visits of a web campaign did and reached.

Expressions are over pairs of a visit and a campaign (relations_web.py); TABLE is the table that
such a pair is a row of. A goal is a campaign's own when it names the campaign, or names none and
is called as the campaign's goal (readings 57).
"""

from typing import Final


def _own_goals(table: str, what: str, more: str = "") -> str:
    """Something about the own goals that the visit of a row reached, narrowed by `more`."""
    return _of_goals(
        what,
        f"goals.source = {table}.source AND goals.visit = {table}.visit"
        f" AND (goals.campaign = {table}.campaign"
        f" OR goals.campaign IS NULL AND goals.goal = campaigns.goal_name){more}",
    )


def _of_goals(what: str, where: str) -> str:
    # Most visits reach no goal at all: that is asked once a row, not for each figure of it.
    found = f"(SELECT {what} FROM goals WHERE {where})"
    nothing = "0" if what == "count(*)" else "NULL"
    return f"CASE WHEN reaching.visit IS NOT NULL THEN {found} ELSE {nothing} END"


def _done(table: str, kind: str, more: str = "") -> str:
    return (
        f"EXISTS (SELECT 1 FROM engagements made WHERE made.source = {table}.source"
        f" AND made.visit = {table}.visit AND made.campaign = {table}.campaign AND {kind}{more})"
    )


_CHAT: Final = "made.kind = 'chat' AND made.interactive = 1"
_CLICK: Final = (
    "made.kind = 'click' AND EXISTS (SELECT 1 FROM exposures shown"
    " WHERE shown.source = made.source AND shown.visit = made.visit"
    " AND shown.campaign = made.campaign AND shown.engagement = made.engagement"
    " AND shown.kind = 'content')"
)
"""A click counts on what was shown as content (readings 58)."""
_EITHER: Final = f"({_CHAT} OR {_CLICK})"
_BEFORE: Final = " AND made.at < goals.at"

CHATTED: Final = f"(acting.visit IS NOT NULL AND {_done('exposures', _CHAT)})"
CLICKED: Final = f"(acting.visit IS NOT NULL AND {_done('exposures', _CLICK)})"
ENGAGED: Final = _EITHER.replace("made.", "engagements.")
"""Of a row of engagements: whether it counts as one."""


def _reached_after(kind: str) -> str:
    """That an exposed visit reached an own goal after an engagement of a kind."""
    return f"{_own_goals('exposures', 'count(*)', ' AND ' + _done('exposures', kind, _BEFORE))} > 0"


AFTER_CHAT: Final = _reached_after(_CHAT)
AFTER_CLICK: Final = _reached_after(_CLICK)
_AFTER_EITHER: Final = " AND " + _done("engagements", _EITHER, _BEFORE)
GOALS_AFTER: Final = _own_goals("engagements", "count(*)", _AFTER_EITHER)
REVENUE_AFTER: Final = (
    "CASE WHEN campaigns.goal_type = 'sale' THEN "
    + _own_goals(
        "engagements", "sum(goals.revenue)", f" AND goals.goal_type = 'sale'{_AFTER_EITHER}"
    )
    + " END"
)
"""Of the visits that engaged with a campaign (readings 57)."""

VIEWED_ONLY: Final = (
    "((exposures.kind = 'content' OR EXISTS (SELECT 1 FROM exposures shown"
    " WHERE shown.source = exposures.source AND shown.visit = exposures.visit"
    " AND shown.campaign = exposures.campaign AND shown.kind = 'content'))"
    f" AND NOT (acting.visit IS NOT NULL AND {_done('exposures', '1 = 1')}))"
)
"""Content was shown, and there was no click or chat of any kind (readings 59)."""


def goals_of_type(*types: str) -> str:
    """How many goals of these types a visit reached, of any campaign."""
    listed = ", ".join(f"'{name}'" for name in types)
    return _of_goals(
        "count(*)",
        "goals.source = exposures.source AND goals.visit = exposures.visit"
        f" AND goals.goal_type IN ({listed})",
    )


_SALE: Final = " AND goals.goal_type = 'sale'"


def orders(table: str) -> str:
    """How many orders a visit made: each is one own sale goal (readings 62)."""
    return _own_goals(table, "count(*)", _SALE)


def revenue(table: str) -> str:
    """What the orders of a visit brought, null for none."""
    return _own_goals(table, "sum(goals.revenue)", _SALE)


def converted(table: str) -> str:
    """That a visit reached an own goal."""
    return f"{_own_goals(table, 'count(*)')} > 0"


_RATES: Final = f"""WITH shown AS MATERIALIZED (
  SELECT {{key}} AS key, exposures.source AS source, exposures.campaign AS campaign,
    campaigns.goal_type AS goal_type,
    1.0 * sum({converted("exposures")}) / count(*) AS rate
  {{source}} AND campaigns.goal_type IS NOT NULL
  GROUP BY 1, 2, 3, 4
)
"""
"""Over goal_peers: the part of a campaign's exposed visits that reached its own goal."""

AVERAGES: Final = f"""{_RATES.rstrip()}, counted AS (
  SELECT key, sum(rate) AS rates, count(*) AS campaigns FROM shown {{group}}
)
SELECT 'all' AS part, key, NULL AS value, rates AS numerator, campaigns AS denominator FROM counted
UNION ALL
SELECT 'type', goal_type, avg(rate), sum(rate), count(*) FROM shown GROUP BY goal_type
ORDER BY part, key"""
"""Over goal_peers. By part: `all`, the mean of the campaigns' rates (readings 60); `type`, the same
by type of goal."""

CONTRIBUTION: Final = """WITH reached AS (
  SELECT DISTINCT goals.source, goals.id, goals.goal AS goal {source}
), counted AS (
  SELECT goal, count(*) AS times FROM reached GROUP BY goal
), totals AS (
  SELECT goals.goal AS goal, count(*) AS times
  FROM visits JOIN goals ON goals.source = visits.source AND goals.visit = visits.visit
  WHERE visits.at >= :from AND visits.at < :until GROUP BY goals.goal
)
SELECT totals.goal AS key, coalesce(counted.times, 0) AS value,
  coalesce(counted.times, 0) AS numerator, totals.times AS denominator,
  1.0 * coalesce(counted.times, 0) / totals.times AS share
FROM totals LEFT JOIN counted ON counted.goal = totals.goal
ORDER BY 2 DESC, 1"""
"""Over exposed_goals: per goal how often exposed visits reached it, of all times (readings 61)."""

_HELD: Final = "visit_campaigns.arm = 'control'"
_BY_CAMPAIGN: Final = f"""WITH groups AS MATERIALIZED (
  SELECT {{key}} AS key, visit_campaigns.source AS source,
    visit_campaigns.campaign AS campaign, campaigns.goal_type AS goal_type,
    1.0 * count(*) AS visits, sum(CASE WHEN {_HELD} THEN 1 ELSE 0 END) AS held,
    sum({converted("visit_campaigns")}) AS converted,
    sum(CASE WHEN {_HELD} AND {converted("visit_campaigns")} THEN 1 ELSE 0 END) AS held_converted,
    coalesce(sum({revenue("visit_campaigns")}), 0) AS revenue,
    sum(CASE WHEN {_HELD} THEN {revenue("visit_campaigns")} END) AS held_revenue,
    sum(CASE WHEN {_HELD} THEN {orders("visit_campaigns")} END) AS held_orders
  {{source}} AND campaigns.goal_type IN ('sale', 'lead')
  GROUP BY 1, 2, 3, 4
)
"""
"""Over prospects: campaigns that sell or seek leads, their visits, and those held back of them."""

INCREMENTAL: Final = f"""{_BY_CAMPAIGN.rstrip()}, converting AS (
  SELECT key, sum(converted - visits * held_converted / held) AS gain
  FROM groups WHERE held > 0 {{group}}
), gains AS (
  SELECT key, revenue - visits * held_converted / held
    * coalesce(1.0 * held_revenue / nullif(held_orders, 0), 0) AS gain
  FROM groups WHERE held > 0 AND goal_type = 'sale'
), earning AS (
  SELECT key, sum(gain) AS gain FROM gains {{group}}
)
SELECT 'conversions' AS part, key, gain AS value, gain AS numerator FROM converting
UNION ALL SELECT 'revenue', key, gain, gain FROM earning"""
"""Over prospects. By part: `conversions`, visits that convert, less as many as would have at the
rate of those held back; `revenue`, less what those visits would have spent at the rate and order
value of those held back. No orders of these means that nothing was to be expected (readings 63).
"""
