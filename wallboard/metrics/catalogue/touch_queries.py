"""The SQL that finds which touches led to a call, a lead or a won opportunity.

A touch belongs to a caller when its phone or its contact is the caller's; contacts are known
within their source only. Touches of one time are in the order of their sequence, then id.
"""

from typing import Final

from wallboard.metrics.catalogue.callers import EARLIER_LEAD, FORGOTTEN_LEAD

MOST_PATHS: Final = 10
"""How many of the most frequent paths are given."""

_SOURCE: Final = "coalesce(nullif(touch_source, ''), '(none)')"

# By phone, then by contact those that phone did not find: to have both and then sort out what is
# there twice takes several times as long. One window does for all that is asked of a place.
CALL_PATHS: Final = f"""WITH asked AS (
  SELECT calls.call AS call, calls.source AS source, calls.started AS started,
    calls.from_number AS from_number, calls.contact AS contact
  {{source}}
), path AS (
  SELECT asked.call, t.at, t.sequence, t.id, t.touch_source, t.channel
  FROM asked JOIN touches t ON t.phone = asked.from_number AND t.at < asked.started
  UNION ALL
  SELECT asked.call, t.at, t.sequence, t.id, t.touch_source, t.channel
  FROM asked JOIN touches t ON t.source = asked.source AND t.contact = asked.contact
    AND t.at < asked.started AND coalesce(t.phone <> asked.from_number, 1)
), placed AS (
  SELECT {_SOURCE} AS origin,
    row_number() OVER walk = 1 AS is_first,
    lead(call) OVER walk IS NULL AS is_last,
    group_concat(coalesce(nullif(channel, ''), '(none)'), ' > ') OVER walk AS way
  FROM path
  WINDOW walk AS (PARTITION BY call ORDER BY at, sequence, id
    ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
), summed AS (
  SELECT origin, CASE WHEN is_last THEN way END AS way, sum(is_first) AS firsts,
    sum(is_last) AS lasts, sum(NOT is_first AND NOT is_last) AS assists, count(*) AS touches
  FROM placed GROUP BY 1, 2
), whole AS (
  SELECT coalesce(sum(touches), 0) AS touches, coalesce(sum(firsts), 0) AS calls FROM summed
), found AS (
  SELECT 'first' AS part, origin AS key, firsts AS calls FROM summed
  UNION ALL SELECT 'last', origin, lasts FROM summed
  UNION ALL SELECT 'assist', origin, assists FROM summed
  UNION ALL SELECT parts.part, '(none)', (SELECT count(*) FROM asked) - whole.calls
  FROM whole, (SELECT 'first' AS part UNION ALL SELECT 'last') parts
), ways AS (
  SELECT way, sum(lasts) AS calls FROM summed WHERE way IS NOT NULL
  GROUP BY way ORDER BY calls DESC, way LIMIT {MOST_PATHS}
)
SELECT part, key, sum(calls) AS value, sum(calls) AS numerator, NULL AS denominator,
  NULL AS share
FROM found WHERE calls > 0 GROUP BY part, key
UNION ALL SELECT 'path', way, ways.calls, ways.calls, NULL, ways.calls * 1.0 / whole.calls
FROM ways, whole
UNION ALL SELECT 'touches', NULL, touches * 1.0 / nullif(calls, 0), touches, calls, NULL FROM whole
ORDER BY 1, 3 DESC, 2"""
"""Over calls. By part: `first`, `last` and `assist` by source; `path`; `touches`, their mean."""

LEAD_TOUCHES: Final = f"""WITH leads AS (
  SELECT calls.call AS call, calls.source AS source, calls.started AS started,
    calls.from_number AS from_number, calls.contact AS contact
  {{source}} AND outcomes.lead AND calls.from_number IS NOT NULL
    AND NOT {EARLIER_LEAD} AND NOT {FORGOTTEN_LEAD}
)
SELECT coalesce(nullif((
    SELECT last.touch_source FROM (
      SELECT t.at, t.sequence, t.id, t.touch_source FROM touches t
      WHERE t.phone = leads.from_number AND t.at <= leads.started
      UNION ALL
      SELECT t.at, t.sequence, t.id, t.touch_source FROM touches t
      WHERE t.source = leads.source AND t.contact = leads.contact AND t.at <= leads.started
    ) last ORDER BY last.at DESC, last.sequence DESC, last.id DESC LIMIT 1
  ), ''), '(none)') AS key, count(*) AS value, count(*) AS numerator, NULL AS denominator
FROM leads GROUP BY 1 ORDER BY 2 DESC, 1"""
"""Over calls."""

WON_TOUCHES: Final = f"""WITH won AS (
  SELECT opportunities.source AS source, opportunities.opportunity AS opportunity,
    opportunities.value AS value, wins.won AS at,
    coalesce(opportunities.contact, calls.contact) AS contact,
    coalesce(opportunities.phone,
      CASE calls.direction WHEN 'outbound' THEN calls.to_number ELSE calls.from_number END) AS phone
  {{source}}
), found AS (
  SELECT won.source, won.opportunity, t.source AS of, t.touch, t.touch_source
  FROM won JOIN touches t ON t.phone = won.phone AND t.at < won.at
  UNION
  SELECT won.source, won.opportunity, t.source, t.touch, t.touch_source
  FROM won JOIN touches t ON t.source = won.source AND t.contact = won.contact AND t.at < won.at
), counted AS (
  SELECT source, opportunity, count(*) AS touches FROM found GROUP BY source, opportunity
)
SELECT {_SOURCE} AS key, sum(won.value / coalesce(counted.touches, 1)) AS value,
  sum(won.value / coalesce(counted.touches, 1)) AS numerator, NULL AS denominator
FROM won
LEFT JOIN counted ON counted.source = won.source AND counted.opportunity = won.opportunity
LEFT JOIN found ON found.source = won.source AND found.opportunity = won.opportunity
GROUP BY 1 ORDER BY 2 DESC, 1"""
"""Over wins."""
