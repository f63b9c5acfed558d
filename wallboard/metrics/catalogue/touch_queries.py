"""The SQL that finds which touches led to a call, a lead or a won opportunity.

A touch belongs to a caller when its phone or its contact is the caller's; contacts are known
within their source only. Touches of one time are in the order of their sequence, then id.
"""

from typing import Final

from wallboard.metrics.catalogue.callers import EARLIER_LEAD, FORGOTTEN_LEAD

_SOURCE: Final = "coalesce(nullif(touch_source, ''), '(none)')"

_TOLD: Final = "t.at < asked.started AND t.at >= coalesce(asked.since, -9e18)"
"""Touches that no earlier call of the caller came after."""

_NOTHING: Final = '{"origins": [], "ways": [], "touches": 0, "calls": 0}'

_ANSWER: Final = f""", counted AS MATERIALIZED (
  SELECT coalesce(call_paths(since, call, at, touch_source, channel), '{_NOTHING}') AS found,
    (SELECT count(*) {{source}}) AS calls
  FROM told
), found AS (
  SELECT value ->> 0 AS part, value ->> 1 AS key, value ->> 2 AS calls
  FROM counted, json_each(counted.found, '$.origins')
  UNION ALL SELECT parts.part, '(none)', counted.calls - (counted.found ->> 'calls')
  FROM counted, (SELECT 'first' AS part UNION ALL SELECT 'last') parts
)
SELECT part, key, sum(calls) AS value, sum(calls) AS numerator, NULL AS denominator,
  NULL AS share
FROM found WHERE calls > 0 GROUP BY part, key
UNION ALL SELECT 'path', value ->> 0, value ->> 1, value ->> 1, NULL,
  (value ->> 1) * 1.0 / (counted.found ->> 'calls')
FROM counted, json_each(counted.found, '$.ways')
UNION ALL SELECT 'touches', NULL, (found ->> 'touches') * 1.0 / nullif(found ->> 'calls', 0),
  found ->> 'touches', found ->> 'calls', NULL FROM counted
ORDER BY 1, 3 DESC, 2"""

# Each touch is read once, with the first call after it: see wallboard.metrics.call_paths. By phone,
# then by contact those that phone did not find.
CALL_PATHS: Final = f"""WITH asked AS MATERIALIZED (
  SELECT calls.call AS call, calls.source AS source, calls.started AS started,
    calls.from_number AS from_number, calls.contact AS contact,
    lag(calls.started) OVER (PARTITION BY calls.from_number, calls.contact,
      CASE WHEN calls.contact IS NOT NULL THEN calls.source END
      ORDER BY calls.started, calls.call) AS since
  {{source}}
), all_told AS (
  SELECT asked.*, t.at, t.sequence, t.id, t.touch_source, t.channel
  FROM asked LEFT JOIN touches t ON t.phone = asked.from_number AND {_TOLD}
  UNION ALL
  SELECT asked.*, t.at, t.sequence, t.id, t.touch_source, t.channel
  FROM asked JOIN touches t ON t.source = asked.source AND t.contact = asked.contact AND {_TOLD}
    AND coalesce(t.phone <> asked.from_number, 1)
), told AS (
  SELECT since, call, at, touch_source, channel FROM all_told
  ORDER BY from_number, contact, CASE WHEN contact IS NOT NULL THEN source END, started, call,
    at, sequence, id
){_ANSWER}"""
"""Over calls. By part: `first`, `last` and `assist` by source; `path`; `touches`, their mean."""

# The limit is none: it keeps SQLite from working out `since` for each touch again.
CALL_PATHS_ALONG: Final = f"""WITH asked AS (
  SELECT calls.call AS call, calls.from_number AS from_number, calls.started AS started,
    (SELECT e.started FROM calls e WHERE e.direction = 'inbound'
      AND e.from_number = calls.from_number AND e.started >= :from
      AND (e.started, e.call) < (calls.started, calls.call)
      ORDER BY e.started DESC, e.call DESC LIMIT 1) AS since
  FROM calls INDEXED BY calls_from_number
  WHERE calls.direction = 'inbound' AND calls.from_number IS NOT NULL
    AND calls.started >= :from AND calls.started < :until
  LIMIT -1
), told AS (
  SELECT asked.since, asked.call, t.at, t.touch_source, t.channel
  FROM asked LEFT JOIN touches t ON t.phone = asked.from_number AND {_TOLD}
  ORDER BY asked.from_number, asked.started, asked.call, t.at, t.sequence, t.id
){_ANSWER}"""
"""The same for all inbound calls of a long period, where no touch names a contact: caller by caller
along the index of numbers, with nothing to sort."""

_LATEST: Final = """SELECT {columns} FROM touches t
      WHERE t.phone = leads.from_number AND t.at <= leads.started"""

# Whether a lead is the first is asked of leads alone: else SQLite asks it of each call beforehand.
# Of a lead without a contact, as most calls that come in, an index has the latest touch at its end.
LEAD_TOUCHES: Final = f"""WITH leads AS (
  SELECT calls.call AS call, calls.source AS source, calls.started AS started,
    calls.from_number AS from_number, calls.contact AS contact
  {{source}} AND outcomes.lead AND calls.from_number IS NOT NULL
    AND CASE WHEN outcomes.lead THEN NOT {EARLIER_LEAD} AND NOT {FORGOTTEN_LEAD} END
)
SELECT coalesce(nullif(CASE WHEN leads.contact IS NULL THEN (
    {_LATEST.format(columns="t.touch_source")}
      ORDER BY t.at DESC, t.sequence DESC, t.id DESC LIMIT 1
  ) ELSE (
    SELECT last.touch_source FROM (
      {_LATEST.format(columns="t.at, t.sequence, t.id, t.touch_source")}
      UNION ALL
      SELECT t.at, t.sequence, t.id, t.touch_source FROM touches t
      WHERE t.source = leads.source AND t.contact = leads.contact AND t.at <= leads.started
    ) last ORDER BY last.at DESC, last.sequence DESC, last.id DESC LIMIT 1
  ) END, ''), '(none)') AS key, count(*) AS value, count(*) AS numerator, NULL AS denominator
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
