"""Queries as they are read of a long period, along an index, where all of its calls are asked for.

They give the same rows as the queries that they stand for. Passing a whole index costs as much for
a short period as for a long one, but looks hardly anything up and sorts nothing.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

from wallboard.metrics.catalogue.callers import CALLERS, EARLIER_CALL, FORGOTTEN_CALL
from wallboard.metrics.catalogue.customers import LOST, MISSED_REVENUE
from wallboard.metrics.catalogue.records import DUPLICATES, NEAR
from wallboard.metrics.catalogue.touch_queries import CALL_PATHS, CALL_PATHS_ALONG
from wallboard.metrics.metric import Direction
from wallboard.metrics.relations_calls import SALES_ALONG

WORTH: Final = 0.3
"""From this part of the time that the cache covers on, passing all of it is the shorter way."""


class Along(NamedTuple):
    """SQL for all calls of a direction, as that of a Query; `where` must hold of the cache."""

    sql: str
    direction: Direction
    where: str = "1"


def _close(direction: str, number: str) -> str:
    return f"""SELECT value AS at FROM json_each((SELECT close_starts(started)
    FROM (SELECT started FROM calls INDEXED BY calls_{number}
      WHERE direction = '{direction}' AND {number} IS NOT NULL
        AND started >= :from - 2000 AND started < :until
      ORDER BY {number}, started)))"""


# Records of one kind have one number of the other party, by which the indexes are. Some more than
# those that are near do not matter: for each it is looked whether there is another before it.
_NEAR: Final = f"""close AS (
  {_close("inbound", "from_number")}
  UNION {_close("outbound", "to_number")}
), near AS MATERIALIZED (
  SELECT calls.call AS call FROM close CROSS JOIN calls ON calls.started = close.at
  WHERE calls.direction IS NOT NULL AND calls.from_number IS NOT NULL
    AND calls.to_number IS NOT NULL
)"""


def _of_caller(table: str) -> str:
    return f"e.direction = 'inbound' AND e.from_number = {table}.caller"


def _forgotten(table: str) -> str:
    return FORGOTTEN_CALL.replace("calls.from_number", f"{table}.caller")


# The first call of a caller is asked about when it lies within the period, as nothing is filtered.
# Only where two of a caller start at one time single calls are looked at.
_CALLERS: Final = f"""WITH callers AS (
  SELECT calls.from_number AS caller, min(calls.started) AS first,
    sum(calls.started >= :from AND calls.started < :until) AS calls
  FROM calls INDEXED BY calls_from_number
  WHERE calls.direction = 'inbound' AND calls.from_number IS NOT NULL
  GROUP BY calls.from_number HAVING calls > 0
), judged AS MATERIALIZED (
  SELECT calls, CASE
    WHEN first < :from OR {_forgotten("callers")} THEN 0
    WHEN calls = 1 THEN 1
    WHEN (SELECT count(*) FROM calls e WHERE {_of_caller("callers")}
      AND e.started = callers.first) = 1 THEN 1
    ELSE (SELECT count(*) FROM calls WHERE calls.direction = 'inbound'
      AND calls.from_number = callers.caller AND calls.started = callers.first
      AND NOT {EARLIER_CALL})
    END AS firsts
  FROM callers
), sold AS (
  SELECT calls.from_number AS caller, sales.amount AS amount
  FROM sales CROSS JOIN calls ON calls.source = sales.source AND calls.id = sales.call
  WHERE calls.started >= :from AND calls.started < :until AND calls.direction = 'inbound'
    AND calls.from_number IS NOT NULL
)
SELECT '' AS key, count(*) AS callers, sum(firsts > 0) AS newcomers,
  sum(calls > firsts) AS returners,
  (SELECT sum(amount) FROM sold WHERE NOT {_forgotten("sold")}
    AND (SELECT min(e.started) FROM calls e WHERE {_of_caller("sold")}) >= :from
  ) AS numerator, sum(firsts > 0) AS denominator
FROM judged"""

# What was sold is read from the sales on, which are far fewer than the calls.
_MISSED_REVENUE: Final = f"""WITH counted AS (
  SELECT coalesce(sum({LOST}), 0) AS lost, count(calls.answered) AS answered {{source}}
), tied AS (
  SELECT count(DISTINCT calls.call) AS calls, count(*) AS sales, sum(sales.amount) AS amount
  {SALES_ALONG.source((), ("calls.direction = 'inbound'",))}
)
SELECT '' AS key, 1.0 * counted.lost * tied.calls / nullif(counted.answered, 0)
  * tied.amount / nullif(tied.sales, 0) AS value
FROM counted CROSS JOIN tied"""

ALONG: Final[Mapping[str, Along]] = MappingProxyType(
    {
        CALLERS: Along(_CALLERS, "inbound"),
        MISSED_REVENUE: Along(_MISSED_REVENUE, "inbound"),
        DUPLICATES: Along(DUPLICATES.replace(NEAR, _NEAR), "all"),
        CALL_PATHS: Along(
            CALL_PATHS_ALONG,
            "inbound",
            "NOT EXISTS (SELECT 1 FROM touches WHERE contact IS NOT NULL)",
        ),
    }
)
"""By the SQL that they stand for."""
