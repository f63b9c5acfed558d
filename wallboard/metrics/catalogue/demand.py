"""Demand: how many called, who, when, and how many of them were served."""

from typing import Final

from wallboard.metrics.metric import Count, Distinct, Metric, Split, Total

ORIGIN: Final = "call tracking metrics, demand"
"""Where the entries come from: the published list of 126 call tracking metrics."""

_FIRST_EVER: Final = (
    "NOT EXISTS (SELECT 1 FROM calls earlier WHERE earlier.direction = 'inbound'"
    " AND earlier.from_number = calls.from_number AND earlier.started < calls.started)"
    " AND NOT EXISTS (SELECT 1 FROM forgotten_callers"
    " WHERE digest = caller_digest(calls.from_number) AND first_call IS NOT NULL)"
)
"""That a call is its caller's first inbound call, of those that retention deleted as well."""

DEMAND: Final = (
    Metric(
        number="1",
        slug="total_calls",
        title="Total calls",
        category="demand",
        scope="inbound",
        unit="count",
        better="up",
        formula="calls",
        tells="How many calls came in: the size of the day, whatever became of them.",
        misleads="Callers who try again count again, so a bad hour looks like a busy one.",
        origin=ORIGIN,
        needs=("call.started",),
        reckoning=Count(Total("measures.calls")),
    ),
    Metric(
        number="2",
        slug="unique_callers",
        title="Unique callers",
        category="demand",
        scope="inbound",
        unit="count",
        better="up",
        formula="distinct from_number of calls; withheld or empty numbers are not counted",
        tells="How many different numbers called.",
        misleads="A switchboard shows one number for many people; withheld numbers are left out.",
        origin=ORIGIN,
        needs=("call.started",),
        reckoning=Count(Distinct("calls.from_number")),
    ),
    Metric(
        number="3",
        slug="first_time_callers",
        title="First-time callers",
        category="demand",
        scope="inbound",
        unit="count",
        better="up",
        formula="distinct from_number whose first inbound call ever starts in the period",
        tells="How many numbers called for the first time: what new demand there is.",
        misleads="History begins with the feed: in its first weeks nearly everyone is new.",
        origin=ORIGIN,
        needs=("call.started",),
        reckoning=Count(Distinct(f"CASE WHEN {_FIRST_EVER} THEN calls.from_number END")),
    ),
    Metric(
        number="10",
        slug="calls_by_day",
        title="Calls by day",
        category="demand",
        scope="inbound",
        unit="breakdown",
        better="none",
        formula="calls by local calendar day",
        tells="The days of the period beside each other.",
        misleads="The day that still runs looks weak; a holiday looks like a loss.",
        origin=ORIGIN,
        needs=("call.started",),
        reckoning=Split(
            "day", {"value": Count(Total("measures.calls"))}, shares=False, order="key"
        ),
    ),
)
