"""The SQL about records of calls and numbers: pools of numbers, calls that are recorded twice."""

from typing import Final

_SAMPLES: Final = """WITH samples AS (
  SELECT {key} AS key, pool_samples.pool AS pool, pool_samples.in_use AS in_use,
    pool_samples.size AS size,
    row_number() OVER (PARTITION BY {key}, pool_samples.source, pool_samples.pool
      ORDER BY pool_samples.at DESC, pool_samples.sequence DESC, pool_samples.id DESC) AS place
  {source}
)
"""
"""Over pool_samples: place 1 is the latest of a pool (readings 43)."""

POOL_USAGE: Final = f"""{_SAMPLES}SELECT key, sum(in_use) AS numerator, sum(size) AS denominator
FROM samples WHERE place = 1 {{group}}"""
"""Over pool_samples: all pools together."""

POOLS: Final = f"""{_SAMPLES.replace("{key}", "''")}SELECT pool AS key,
  1.0 * sum(CASE WHEN place = 1 THEN in_use END)
    / nullif(sum(CASE WHEN place = 1 THEN size END), 0) AS value,
  sum(CASE WHEN place = 1 THEN in_use END) AS numerator,
  sum(CASE WHEN place = 1 THEN size END) AS denominator,
  max(1.0 * in_use / nullif(size, 0)) AS peak
FROM samples GROUP BY pool ORDER BY pool"""
"""Over pool_samples: per pool, with the most that was in use at any sample of the period."""


def _group(what: str, of: str, when: str) -> str:
    """Something about the call records `e` of the same direction and numbers as a row.

    By direction, because the number that is indexed is that of the other party.
    """
    of_direction = (
        f"(SELECT {what} FROM calls e WHERE e.direction = '{{}}'"
        f" AND e.from_number = {of}.from_number AND e.to_number = {of}.to_number AND {when})"
    )
    inbound, outbound = (of_direction.format(name) for name in ("inbound", "outbound"))
    return f"CASE {of}.direction WHEN 'inbound' THEN {inbound} ELSE {outbound} END"


_WINDOW: Final = "e.started >= calls.started - 2000 AND e.started <= calls.started"
_CROWDED: Final = (
    "CASE calls.direction WHEN 'inbound' THEN EXISTS (SELECT 1 FROM calls e"
    " WHERE e.direction = 'inbound' AND e.from_number = calls.from_number"
    f" AND {_WINDOW} AND e.call <> calls.call) ELSE EXISTS (SELECT 1 FROM calls e"
    " WHERE e.direction = 'outbound' AND e.to_number = calls.to_number"
    f" AND {_WINDOW} AND e.call <> calls.call) END"
)
"""That the other party has another record so shortly before: the index alone can say it."""

_LOWER: Final = "(e.source < calls.source OR e.source = calls.source AND e.id < calls.id)"
_NEAR: Final = _group(
    "count(*)",
    "calls",
    f"{_WINDOW} AND (e.started < calls.started OR {_LOWER})",
)
_TWINS: Final = _group("count(*)", "calls", f"e.started = calls.started AND {_LOWER}")


def _before(of: str) -> str:
    return _group("max(e.started)", of, f"e.started >= {of}.at - 2000 AND e.started < {of}.at")


_AFTER: Final = _group("min(e.started)", "f", "e.started > f.at + 2000 AND e.started < :until")

DUPLICATES: Final = f"""WITH RECURSIVE asked AS (
  SELECT {{key}} AS key, calls.direction AS direction, calls.from_number AS from_number,
    calls.to_number AS to_number, calls.started AS started,
    {_CROWDED} AND coalesce({_NEAR}, 0) > 0 AS near, calls.call AS call
  {{source}}
), back (direction, from_number, to_number, at) AS (
  SELECT direction, from_number, to_number, started FROM asked WHERE near
  UNION SELECT b.direction, b.from_number, b.to_number, {_before("b")}
  FROM back b WHERE b.at IS NOT NULL
), firsts (direction, from_number, to_number, at, opens) AS (
  SELECT direction, from_number, to_number, at, 1 FROM back b
  WHERE b.at IS NOT NULL AND {_before("b")} IS NULL
  UNION SELECT f.direction, f.from_number, f.to_number, {_AFTER}, 0
  FROM firsts f WHERE f.at IS NOT NULL AND (f.opens = 1 OR {_before("f")} IS NOT NULL)
), repeats AS (
  SELECT asked.key AS key, CASE WHEN asked.near AND NOT (
    (asked.direction, asked.from_number, asked.to_number, asked.started)
      IN (SELECT direction, from_number, to_number, at FROM firsts WHERE at IS NOT NULL)
    AND (SELECT {_TWINS} FROM calls WHERE calls.call = asked.call) = 0) THEN 1 ELSE 0 END AS repeat
  FROM asked
)
SELECT key, sum(repeat) AS numerator, count(*) AS denominator FROM repeats {{group}}"""
"""Over calls: records within 2.000 s of the first of their group (readings 44).

From each record that has another shortly before it we go back to one that has none: it opens a
group; the next group begins with the next record more than 2 s later, and so on.
"""
