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


_LOWER: Final = "(e.source < calls.source OR e.source = calls.source AND e.id < calls.id)"
_TWINS: Final = _group("count(*)", "calls", f"e.started = calls.started AND {_LOWER}")


def _before(of: str) -> str:
    return _group("max(e.started)", of, f"e.started >= {of}.at - 2000 AND e.started < {of}.at")


_AFTER: Final = _group("min(e.started)", "f", "e.started > f.at + 2000 AND e.started < :until")

NEAR: Final = """near AS MATERIALIZED (
  SELECT value AS call FROM json_each((
    SELECT near_records(call, started, direction, from_number, to_number)
    FROM (SELECT call, started, direction, from_number, to_number FROM calls
      WHERE started >= :from - 2000 AND started < :until AND direction IS NOT NULL
        AND from_number IS NOT NULL AND to_number IS NOT NULL
      ORDER BY started)))
)"""
"""The records that have another of their kind shortly before them."""

_FIRSTS: Final = f"""WITH RECURSIVE {NEAR}, asked AS MATERIALIZED (
  SELECT {{key}} AS key, calls.direction AS direction, calls.from_number AS from_number,
    calls.to_number AS to_number, calls.started AS started, calls.call AS call
  {{source}} AND calls.call IN (SELECT call FROM near)
), back (direction, from_number, to_number, at) AS (
  SELECT direction, from_number, to_number, started FROM asked
  UNION SELECT b.direction, b.from_number, b.to_number, {_before("b")}
  FROM back b WHERE b.at IS NOT NULL
), firsts (direction, from_number, to_number, at, opens) AS (
  SELECT direction, from_number, to_number, at, 1 FROM back b
  WHERE b.at IS NOT NULL AND {_before("b")} IS NULL
  UNION SELECT f.direction, f.from_number, f.to_number, {_AFTER}, 0
  FROM firsts f WHERE f.at IS NOT NULL AND (f.opens = 1 OR {_before("f")} IS NOT NULL)
)
"""

_REPEATED: Final = f"""FROM asked
  WHERE NOT ((asked.direction, asked.from_number, asked.to_number, asked.started)
      IN (SELECT direction, from_number, to_number, at FROM firsts WHERE at IS NOT NULL)
    AND (SELECT {_TWINS} FROM calls WHERE calls.call = asked.call) = 0)"""

REPEATS: Final = f"{_FIRSTS}SELECT asked.call AS call, asked.key AS key {_REPEATED}"
"""Over calls: the records that are there a second time."""

DUPLICATES: Final = f"""{_FIRSTS.rstrip()}, repeats AS (
  SELECT asked.key AS key, count(*) AS repeats {_REPEATED}
  GROUP BY asked.key
), records AS (
  SELECT {{key}} AS key, count(*) AS records {{source}} {{group}}
)
SELECT records.key AS key, coalesce(repeats.repeats, 0) AS numerator,
  records.records AS denominator
FROM records LEFT JOIN repeats ON repeats.key = records.key"""
"""Over calls: records within 2.000 s of the first of their group (readings 44).

From each record that has another shortly before it we go back to one that has none: it opens a
group; the next group begins with the next record more than 2 s later, and so on.
"""
