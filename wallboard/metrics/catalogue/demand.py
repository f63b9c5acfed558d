"""Demand: how many called, who, when, and how many of them were served."""

from typing import Final

from wallboard.metrics.catalogue.callers import CALLERS, NOT_FIRST
from wallboard.metrics.metric import (
    LEGS,
    MEASURES,
    Count,
    Found,
    Metric,
    Query,
    Reckoning,
    Split,
    Total,
)
from wallboard.metrics.spans import DATED_HOUR

ORIGIN: Final = "call tracking metrics, demand"
"""Where the entries come from: the published list of 126 call tracking metrics."""

_CALLS: Final = Count(Total("measures.calls"))

_BESIDE_BEFORE: Final = Query(
    "WITH counted AS (SELECT"
    "\n  (SELECT coalesce(sum(measures.calls), 0) {source}) AS calls,"
    "\n  (SELECT coalesce(sum(measures.calls), 0) {before}) AS earlier)"
    "\nSELECT 'now' AS key, calls AS value FROM counted"
    "\nUNION ALL SELECT 'before', earlier FROM counted"
    "\nUNION ALL SELECT 'change', CASE WHEN earlier > 0"
    " THEN (calls - earlier) * 1.0 / earlier END FROM counted",
    over=MEASURES,
)


def _in_time(dimension: str) -> Reckoning:
    return Split(dimension, {"value": _CALLS}, order="key")


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
        reckoning=_CALLS,
    ),
    Metric(
        number="2",
        slug="unique_callers",
        title="Unique callers",
        category="demand",
        scope="inbound",
        unit="count",
        better="up",
        formula="distinct from_number of calls; withheld/empty numbers are not counted",
        tells="How many different numbers called.",
        misleads="A switchboard shows one number for many people; withheld numbers are left out.",
        origin=ORIGIN,
        needs=("call.started",),
        reckoning=Count(Found("callers", CALLERS, "calls.from_number")),
    ),
    Metric(
        number="3",
        slug="first_time_callers",
        title="First-time callers",
        category="demand",
        scope="inbound",
        unit="count",
        better="up",
        formula=(
            "distinct from_number whose first inbound call ever (whole history) starts in the"
            " period"
        ),
        tells="How many numbers called for the first time: what new demand there is.",
        misleads="History begins with the feed: in its first weeks nearly everyone is new.",
        origin=ORIGIN,
        needs=("call.started",),
        reckoning=Count(
            Found("newcomers", CALLERS, f"CASE WHEN NOT {NOT_FIRST} THEN calls.from_number END")
        ),
    ),
    Metric(
        number="4",
        slug="repeat_callers",
        title="Repeat callers",
        category="demand",
        scope="inbound",
        unit="count",
        better="none",
        formula=(
            "distinct from_number with a call in the period that is not that number's first"
            " inbound call ever; a number may be first-time and repeat in one period"
        ),
        tells="How many numbers came back: to buy again, or because the first call solved nothing.",
        misleads="It cannot tell a loyal customer from one who calls a third time to complain.",
        origin=ORIGIN,
        needs=("call.started",),
        reckoning=Count(
            Found("returners", CALLERS, f"CASE WHEN {NOT_FIRST} THEN calls.from_number END")
        ),
    ),
    Metric(
        number="5",
        slug="answered_calls",
        title="Answered calls",
        category="demand",
        scope="inbound",
        unit="count",
        better="up",
        formula="sum(answered): an agent (or other live destination) picked up",
        tells="How many calls somebody picked up.",
        misleads="A call that was picked up and lost a second later counts like a good one.",
        origin=ORIGIN,
        needs=("call.started", LEGS),
        reckoning=Count(Total("measures.answered")),
    ),
    Metric(
        number="6",
        slug="missed_calls",
        title="Missed calls",
        category="demand",
        scope="inbound",
        unit="count",
        better="down",
        formula=(
            "sum(missed): ended and never answered (abandoned, timed out, voicemail, rejected);"
            " a call still in progress is neither answered nor missed until decided"
        ),
        tells="How many calls ended without anyone having picked up: each is someone to call back.",
        misleads="Somebody who tried five times before getting through leaves four missed calls.",
        origin=ORIGIN,
        needs=("call.started", "call.ended"),
        reckoning=Count(Total("measures.missed")),
    ),
    Metric(
        number="7",
        slug="connected_calls",
        title="Connected calls",
        category="demand",
        scope="inbound",
        unit="count",
        better="up",
        formula=(
            "sum(connected): had two-way conversation with an agent (A-leg bridged) or an answered"
            " patch-through (S-leg); voicemail is not connected"
        ),
        tells="How many callers got to speak with a person.",
        misleads="It says nothing of whether the person was the right one: see routing accuracy.",
        origin=ORIGIN,
        needs=("call.started", LEGS),
        reckoning=Count(Total("measures.connected")),
    ),
    Metric(
        number="8",
        slug="voicemail_calls",
        title="Voicemail calls",
        category="demand",
        scope="inbound",
        unit="count",
        better="down",
        formula="sum(voicemail)",
        tells="How many calls ended in a mailbox, and wait for somebody to listen.",
        misleads="Callers who hang up at the tone may count too: a mailbox is not a message.",
        origin=ORIGIN,
        needs=("call.started", "call.ended"),
        reckoning=Count(Total("measures.voicemail")),
    ),
    Metric(
        number="9",
        slug="after_hours_calls",
        title="After-hours calls",
        category="demand",
        scope="inbound",
        unit="count",
        better="none",
        formula=(
            "calls started outside the configured business hours or on a configured holiday, in"
            " the reporting time zone"
        ),
        tells="How much demand comes while nobody is meant to be there.",
        misleads="With no business hours configured there is no after hours, and it is always 0.",
        origin=ORIGIN,
        needs=("call.started",),
        reckoning=Count(Total("measures.after_hours")),
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
        reckoning=_in_time("day"),
    ),
    Metric(
        number="11",
        slug="calls_by_hour",
        title="Calls by hour",
        category="demand",
        scope="inbound",
        unit="breakdown",
        better="none",
        formula=(
            "calls by local hour of day; the repeated hour of a clock change is one bucket of two"
            " hours, the skipped hour is absent, never zero-filled as if traffic had stopped"
        ),
        tells="At which hours of the day the calls come: what a roster has to follow.",
        misleads="Over a range that ends within a day, the later hours have had fewer days.",
        origin=ORIGIN,
        needs=("call.started",),
        reckoning=_in_time("hour"),
    ),
    Metric(
        number="12",
        slug="calls_by_weekday",
        title="Calls by weekday",
        category="demand",
        scope="inbound",
        unit="breakdown",
        better="none",
        formula="calls by local weekday, Monday first",
        tells="Which weekdays are the heavy ones.",
        misleads="Sums, not means: a range of ten days has some weekdays twice and others once.",
        origin=ORIGIN,
        needs=("call.started",),
        reckoning=_in_time("weekday"),
    ),
    Metric(
        number="13",
        slug="calls_by_date_range",
        title="Calls by date range",
        category="demand",
        scope="inbound",
        unit="count",
        better="up",
        formula=(
            "calls in the range, with the value of the equally long range just before it and the"
            " change between them"
        ),
        tells="Whether demand grew: the range beside the equally long one just before it.",
        misleads="A range that still runs is set against a whole one; weekdays may not match.",
        origin=ORIGIN,
        needs=("call.started",),
        reckoning=_CALLS,
        breakdown=_BESIDE_BEFORE,
    ),
    Metric(
        number="14",
        slug="peak_call_periods",
        title="Peak call periods",
        category="demand",
        scope="inbound",
        unit="breakdown",
        better="none",
        formula=(
            "the busiest local hours of the range, most calls first (ties: earlier first), top 3"
            " by default"
        ),
        tells="The hours in which most calls came, by date: where to look for what went wrong.",
        misleads="One burst, of redials after an outage say, makes a peak that never comes again.",
        origin=ORIGIN,
        needs=("call.started",),
        reckoning=Split(DATED_HOUR, {"value": _CALLS}, order="most", most=3),
    ),
)
