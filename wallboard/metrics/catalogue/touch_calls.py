"""The SQL of the calls behind the figures of touches: which calls a touch is credited with."""

from typing import Final

from wallboard.metrics.catalogue.callers import EARLIER_LEAD, FORGOTTEN_LEAD

_SOURCE: Final = "coalesce(nullif({}, ''), '(none)')"

_BEFORE: Final = """WITH asked AS MATERIALIZED (
  SELECT calls.call AS call, calls.source AS source, calls.started AS started,
    calls.from_number AS from_number, calls.contact AS contact
  {source}
), path AS (
  SELECT asked.call, t.at, t.sequence, t.id, t.touch_source
  FROM asked JOIN touches t ON t.phone = asked.from_number AND t.at < asked.started
  UNION ALL
  SELECT asked.call, t.at, t.sequence, t.id, t.touch_source
  FROM asked JOIN touches t ON t.source = asked.source AND t.contact = asked.contact
    AND t.at < asked.started AND coalesce(t.phone <> asked.from_number, 1)
)
"""

TOUCHED: Final = f"{_BEFORE}SELECT DISTINCT call, '' AS key FROM path"
"""Over calls: those whose caller had a touch before."""

_PLACED: Final = f"""{_BEFORE.rstrip()}, placed AS (
  SELECT call, {_SOURCE.format("touch_source")} AS origin,
    row_number() OVER (PARTITION BY call ORDER BY at, sequence, id) AS place,
    count(*) OVER (PARTITION BY call) AS touches
  FROM path
)
"""


def _with_touch(which: str) -> str:
    return f"""{_PLACED}SELECT asked.call AS call, coalesce(placed.origin, '(none)') AS key
FROM asked LEFT JOIN placed ON placed.call = asked.call AND placed.place = {which}"""


FIRST_TOUCHED: Final = _with_touch("1")
"""Over calls: each with the source of its first touch."""

LAST_TOUCHED: Final = _with_touch("placed.touches")
"""Over calls: each with the source of its last touch."""

ASSISTED: Final = (
    f"{_PLACED}SELECT DISTINCT call, origin AS key FROM placed WHERE place > 1 AND place < touches"
)
"""Over calls: those with a touch between the first and the last, with the source of each."""

LEADS: Final = f"""SELECT calls.call AS call, {
    _SOURCE.format('''(
    SELECT last.touch_source FROM (
      SELECT t.at, t.sequence, t.id, t.touch_source FROM touches t
      WHERE t.phone = calls.from_number AND t.at <= calls.started
      UNION ALL
      SELECT t.at, t.sequence, t.id, t.touch_source FROM touches t
      WHERE t.source = calls.source AND t.contact = calls.contact AND t.at <= calls.started
    ) last ORDER BY last.at DESC, last.sequence DESC, last.id DESC LIMIT 1
  )''')
} AS key
{{source}} AND outcomes.lead AND calls.from_number IS NOT NULL
  AND NOT {EARLIER_LEAD} AND NOT {FORGOTTEN_LEAD}"""
"""Over calls: those that made a lead of a caller, with the source of the last touch by then."""

WON: Final = f"""WITH won AS MATERIALIZED (
  SELECT calls.call AS call, opportunities.source AS source, wins.won AS at,
    coalesce(opportunities.contact, calls.contact) AS contact,
    coalesce(opportunities.phone,
      CASE calls.direction WHEN 'outbound' THEN calls.to_number ELSE calls.from_number END) AS phone
  {{source}} AND calls.call IS NOT NULL AND opportunities.value <> 0
), found AS (
  SELECT won.call, t.touch_source
  FROM won JOIN touches t ON t.phone = won.phone AND t.at < won.at
  UNION
  SELECT won.call, t.touch_source
  FROM won JOIN touches t ON t.source = won.source AND t.contact = won.contact AND t.at < won.at
)
SELECT DISTINCT won.call AS call, {_SOURCE.format("found.touch_source")} AS key
FROM won LEFT JOIN found ON found.call = won.call"""
"""Over wins: the calls of won opportunities, under each source that shares in the win."""
