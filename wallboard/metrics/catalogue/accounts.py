"""The SQL about accounts: how they fare, and whether their campaigns and reports are in order."""

from typing import Final

from wallboard.cache.call_measures import EXPRESSIONS
from wallboard.metrics.relations_calls import ATTRIBUTION

DELIVERED_WELL: Final = (
    "CASE WHEN report_deliveries.delivered <= report_deliveries.due"
    " AND coalesce(report_deliveries.right_recipients, 1) = 1"
    " AND coalesce(report_deliveries.right_data, 1) = 1 THEN 1 ELSE 0 END"
)
"""On time, to the right people, with the right data; what was not said is not held against it."""

_PARTS: Final = ("setup", "attribution", "delivery", "tracking", "activity")

_ATTRIBUTED: Final = f"(SELECT a.attribution FROM attributions a WHERE {EXPRESSIONS['attributed']})"
"""Those that say anything of where a call came from: fewer to look through than the calls."""

_HEALTH: Final = f"""WITH asked AS (
  SELECT {{key}} AS key, accounts.source AS source, accounts.account AS account,
    accounts.setup AS setup
  {{source}} AND coalesce(accounts.client, 1) = 1
), called AS (
  SELECT c.source AS source, c.account AS account, count(*) AS calls,
    coalesce(sum(c.attribution IN {_ATTRIBUTED}), 0) AS attributed,
    sum(ifnull(c.tracked, 0)) AS tracked
  FROM calls c WHERE c.started >= :from AND c.started < :until
    AND c.direction = 'inbound' AND c.account IS NOT NULL
  GROUP BY c.source, c.account
), reported AS (
  SELECT source, account, avg({DELIVERED_WELL}) AS delivery FROM report_deliveries
  WHERE due >= :from AND due < :until GROUP BY source, account
), viewed AS (
  SELECT DISTINCT source, account FROM dashboard_views WHERE at >= :from AND at < :until
), parts AS (
  SELECT asked.key AS key, asked.account AS account, asked.setup AS setup,
    1.0 * called.attributed / called.calls AS attribution, reported.delivery AS delivery,
    1.0 * called.tracked / called.calls AS tracking,
    CASE WHEN viewed.account IS NOT NULL THEN 1
      WHEN EXISTS (SELECT 1 FROM event_types WHERE type = 'dashboard.viewed') THEN 0 END
    AS activity
  FROM asked
  LEFT JOIN called ON called.source = asked.source AND called.account = asked.account
  LEFT JOIN reported ON reported.source = asked.source AND reported.account = asked.account
  LEFT JOIN viewed ON viewed.source = asked.source AND viewed.account = asked.account
), scores AS MATERIALIZED (
  SELECT key, account, 100.0 * ({" + ".join(f"coalesce({part}, 0)" for part in _PARTS)})
    / nullif({" + ".join(f"CASE WHEN {part} IS NULL THEN 0 ELSE 1 END" for part in _PARTS)}, 0)
    AS score, {", ".join(_PARTS)}
  FROM parts
)
"""

HEALTH: Final = f"""{_HEALTH.rstrip()}, valued AS (
  SELECT key, avg(score) AS value FROM scores {{group}}
)
SELECT 'mean' AS part, key, value, {", ".join(f"NULL AS {part}" for part in _PARTS)} FROM valued
UNION ALL
SELECT 'account', account, score, {", ".join(_PARTS)} FROM scores WHERE score IS NOT NULL
ORDER BY part, value DESC, key"""
"""Over accounts. By part: `mean` of the scores of those of which anything is known; `account`, each
with its score and what this is the mean of, null where not known."""

_AUDITS: Final = """WITH audited AS (
  SELECT {key} AS key, report_audits.source AS source, report_audits.account AS account,
    min(report_audits.correct) AS faultless, sum(report_audits.correct) AS correct,
    count(*) AS audits
  {source}
  GROUP BY 1, 2, 3
)
"""

AUDITS: Final = f"""{_AUDITS}SELECT key, sum(faultless) AS numerator, count(*) AS denominator
FROM audited {{group}}"""
"""Over report_audits: accounts of which every audited report was right."""

AUDITS_BY_ACCOUNT: Final = (
    _AUDITS.replace("{key}", "''")
    + "SELECT account AS key, 1.0 * sum(correct) / sum(audits) AS value,"
    " sum(correct) AS numerator, sum(audits) AS denominator"
    " FROM audited GROUP BY account ORDER BY 2, 1"
)
"""Over report_audits: how many of each account's audited reports were right, the worst first."""

_COVERED: Final = f"""WITH attributed AS (
  SELECT DISTINCT c.source AS source, c.campaign AS campaign, c.sub_campaign AS sub_campaign
  FROM calls c JOIN attributions a ON a.attribution = c.attribution
  WHERE c.started >= :from AND c.started < :until
    AND coalesce({", ".join(f"a.{name}" for name in ATTRIBUTION)}) IS NOT NULL
), named AS (
  SELECT source, campaign FROM attributed UNION SELECT source, sub_campaign FROM attributed
), asked AS MATERIALIZED (
  SELECT {{key}} AS key, campaigns.campaign AS campaign,
    CASE WHEN (campaigns.source, campaigns.campaign) IN (SELECT source, campaign FROM named)
    THEN 1 ELSE 0 END AS covered
  {{source}}
)
"""

COVERAGE: Final = f"""{_COVERED.rstrip()}, counted AS (
  SELECT key, sum(covered) AS covered, count(*) AS campaigns FROM asked {{group}}
)
SELECT 'all' AS part, key, NULL AS value, covered AS numerator, campaigns AS denominator
FROM counted
UNION ALL
SELECT 'campaign', campaign, 1.0 * sum(covered) / count(*), sum(covered), count(*)
FROM asked GROUP BY campaign
ORDER BY part, value, key"""
"""Over active campaigns. By part: `all`, those with a call that has attribution data; `campaign`, 1
for each that has such a call, 0 for the others, which come first."""

_OF_CAMPAIGN: Final = f"""SELECT c.call AS call, active.key AS key
FROM active JOIN calls c ON c.source = active.source AND c.{{column}} = active.campaign
JOIN attributions a ON a.attribution = c.attribution
WHERE c.started >= :from AND c.started < :until
  AND coalesce({", ".join(f"a.{name}" for name in ATTRIBUTION)}) IS NOT NULL"""

COVERING: Final = f"""WITH active AS MATERIALIZED (
  SELECT {{key}} AS key, campaigns.source AS source, campaigns.campaign AS campaign {{source}}
)
{_OF_CAMPAIGN.format(column="campaign")}
UNION
{_OF_CAMPAIGN.format(column="sub_campaign")}"""
"""Over active campaigns: the calls by which they are covered."""

COMPLETE: Final = (
    "calls.attribution IN (SELECT a.attribution FROM attributions a WHERE NOT EXISTS"
    " (SELECT 1 FROM json_each(:required_attribution) required WHERE CASE required.value "
    + " ".join(f"WHEN '{name}' THEN a.{name}" for name in ATTRIBUTION)
    + " END IS NULL))"
)
"""That a call has every field of attribution that the configuration requires (readings 48)."""

_USER: Final = "users.source || ' ' || users.\"user\""

INTENDED: Final = f"CASE WHEN coalesce(users.intended, 1) = 1 THEN {_USER} END"
"""A user who is meant to look, of users and of views alike."""
