"""What is known of a call's caller from earlier calls, as conditions on a row of calls.

Callers are their numbers; a withheld number is null and fulfils none of these. Retention leaves a
keyed hash of a number whose calls it deleted, so that the first call ever stays the first.
"""

from typing import Final

_EARLIER: Final = (
    "earlier.direction = 'inbound' AND earlier.from_number = calls.from_number"
    " AND earlier.started <= calls.started"
    " AND (earlier.started < calls.started OR earlier.id < calls.id)"
)

EARLIER_CALL: Final = f"EXISTS (SELECT 1 FROM calls earlier WHERE {_EARLIER})"
"""That the caller called before."""

EARLIER_LEAD: Final = (
    "EXISTS (SELECT 1 FROM calls earlier JOIN call_outcomes said ON said.call = earlier.call"
    f" WHERE {_EARLIER} AND said.lead)"
)
"""That a call of the caller was a lead before."""


def _forgotten(first: str) -> str:
    # The hash of every number is work: it is not asked for while nothing was forgotten.
    return (
        "(calls.from_number IS NOT NULL AND EXISTS (SELECT 1 FROM forgotten_callers)"
        " AND EXISTS (SELECT 1 FROM forgotten_callers"
        f" WHERE digest = caller_digest(calls.from_number) AND {first} IS NOT NULL))"
    )


FORGOTTEN_CALL: Final = _forgotten("first_call")
"""That the caller called before, in a call that retention has deleted."""

FORGOTTEN_LEAD: Final = _forgotten("first_lead")
"""That a call of the caller that retention has deleted was a lead."""

NOT_FIRST: Final = f"({EARLIER_CALL} OR {FORGOTTEN_CALL})"
"""That the call is not the first one ever of its caller."""

NEWCOMER: Final = f"CASE WHEN calls.from_number IS NOT NULL AND NOT {NOT_FIRST} THEN 1 END"
"""That the call is the first one ever of a caller whose number is known."""

_ASKED: Final = f"""WITH asked AS MATERIALIZED (
  SELECT {{key}} AS key, calls.call AS call, calls.from_number AS caller, {NEWCOMER} AS newcomer,
    (SELECT sum(sold.amount) FROM sales sold
      WHERE sold.source = calls.source AND sold.call = calls.id) AS amount
  {{source}} AND calls.from_number IS NOT NULL
)
"""

SOLD_TO_NEWCOMERS: Final = f"""{_ASKED}SELECT asked.call AS call, newcomers.key AS key
FROM asked JOIN asked newcomers ON newcomers.caller = asked.caller AND newcomers.newcomer = 1
WHERE asked.amount IS NOT NULL"""
"""Over calls: those with a sale whose callers were new, under the key of the first call."""

SOLD_TO_NEWCOMERS_BY: Final = f"""{_ASKED.rstrip()}, sold AS MATERIALIZED (
  SELECT caller, sum(amount) AS amount FROM asked GROUP BY caller
)
SELECT asked.key AS key, coalesce(sum(sold.amount), 0) AS numerator, count(*) AS denominator
FROM asked JOIN sold ON sold.caller = asked.caller WHERE asked.newcomer = 1 GROUP BY asked.key"""
"""Over calls: what was sold in all calls of new callers, and how many these are.

A caller stands under the key of the first call, whatever the later ones are.
"""

_OTHERS: Final = (
    "SELECT 1 FROM calls e WHERE e.direction = 'inbound' AND e.from_number = asked.caller"
)

# Once for each caller, not for each call: only where the first call asked about may be the first
# ever it is looked closer, and at single calls only where two of a caller start at one time.
CALLERS: Final = f"""WITH asked AS (
  SELECT {{key}} AS key, calls.from_number AS caller, min(calls.started) AS earliest,
    calls.call AS call, count(*) AS calls,
    sum((SELECT sum(sold.amount) FROM sales sold
      WHERE sold.source = calls.source AND sold.call = calls.id)) AS amount
  {{source}} AND calls.from_number IS NOT NULL
  GROUP BY 1, 2
), judged AS MATERIALIZED (
  SELECT key, calls, amount, CASE
    WHEN {FORGOTTEN_CALL.replace("calls.from_number", "asked.caller")} THEN 0
    WHEN NOT EXISTS ({_OTHERS} AND e.started <= asked.earliest AND e.call <> asked.call) THEN 1
    WHEN EXISTS ({_OTHERS} AND e.started < asked.earliest) THEN 0
    ELSE (SELECT count(*) {{source}} AND calls.from_number = asked.caller
      AND calls.started = asked.earliest AND {{key}} = asked.key AND NOT {EARLIER_CALL})
    END AS firsts
  FROM asked
)
SELECT key, count(*) AS callers, sum(firsts > 0) AS newcomers, sum(calls > firsts) AS returners,
  sum(CASE WHEN firsts > 0 THEN amount END) AS numerator, sum(firsts > 0) AS denominator
FROM judged {{group}}"""
"""Over calls: callers, those whose first call ever is among these, those with another call.

Numerator and denominator: what was sold in all calls of those who are new, and how many these are.
"""
