"""Outbound: dials, whom they reached, and how many of those found no agent."""

from typing import Final

from wallboard.metrics.catalogue.conversions import CONVERTED
from wallboard.metrics.metric import (
    CALLS,
    LEGS,
    Chosen,
    Count,
    Derived,
    Distinct,
    Metric,
    Ratio,
    Total,
)

ORIGIN: Final = "outbound dialling KPIs, and the drop rates of the FTC and of Ofcom"
"""Where the entries come from."""

_DIALS: Final = Total("measures.calls")
_DECIDED: Final = Total("measures.decided")
_LIVE: Final = Total("measures.live_answers")
_DROPPED: Final = Total("measures.dropped")

_HANDLED: Final = "sum(measures.live_with_agent)"
_MACHINES: Final = "sum(measures.machine_with_agent)"
_OFCOM_DROPPED_SQL: Final = (
    f"CASE WHEN {_HANDLED} + {_MACHINES} > 0"
    f" THEN 1.0 * sum(measures.dropped) * {_HANDLED} / ({_HANDLED} + {_MACHINES})"
    " ELSE sum(measures.dropped) END"
)
_OFCOM_DROPPED: Final = Derived(_OFCOM_DROPPED_SQL, "measures.dropped")
"""D' = D - D x A / (H + A), which is D x H / (H + A): the drops that met a person."""

_OFCOM: Final = Derived(
    f"{_HANDLED} + {_OFCOM_DROPPED_SQL}", "measures.live_with_agent + measures.dropped"
)
"""H + D'."""

_HEADROOM: Final = Derived(
    "sum(measures.drop_allowance_millionths) / 1000000 - sum(measures.dropped)",
    "measures.live_answers",
)
"""A floor, since whole numbers divide to whole numbers and an allowance is never below 0."""

OUTBOUND: Final = (
    Metric(
        number="K1",
        slug="dials",
        title="Dials",
        category="outbound",
        scope="outbound",
        unit="count",
        better="none",
        formula="outbound calls (attempts), retries included; shown, never headlined",
        tells="How many times we dialled, retries and all: what the other figures are parts of.",
        misleads=(
            "More dials are not more success: a list dialled to exhaustion makes the most of them."
        ),
        origin=ORIGIN,
        needs=("call.started",),
        reckoning=Count(_DIALS),
    ),
    Metric(
        number="K2",
        slug="dial_answer_rate",
        title="Answer rate (outbound)",
        category="outbound",
        scope="outbound",
        unit="ratio",
        better="up",
        formula=(
            "dials answered by anything (person, machine, fax) / decided dials; decided = "
            "ended or answered"
        ),
        tells="How many dials anything answered: the freshness of the numbers.",
        misleads="Mailboxes and fax machines count, so it can be high where nobody was reached.",
        origin=ORIGIN,
        needs=("call.started", LEGS),
        reckoning=Ratio(Total("measures.dial_answered"), _DECIDED),
    ),
    Metric(
        number="K3",
        slug="contact_rate",
        title="Contact rate",
        category="outbound",
        scope="outbound",
        unit="ratio",
        better="up",
        formula="dials answered by a live person / decided dials",
        tells="How many dials reached a person.",
        misleads=(
            "A machine taken for a person counts as one, and so does an answer that nobody "
            "classified."
        ),
        origin=ORIGIN,
        needs=("call.started", LEGS),
        reckoning=Ratio(_LIVE, _DECIDED),
    ),
    Metric(
        number="K4",
        slug="conversion_rate",
        title="Conversion rate",
        category="outbound",
        scope="outbound",
        unit="ratio",
        better="up",
        formula="contacts (dials answered by a live person) that ended in a conversion / contacts",
        tells="How many of the people reached became a lead, an appointment, a quote or a sale.",
        misleads=(
            "Outcomes and sales that come days later still count for the day of the dial, so "
            "the last days look weak."
        ),
        origin=ORIGIN,
        needs=("call.started", LEGS, "call.outcome|sale.recorded"),
        reckoning=Ratio(
            Total(f"CASE WHEN calls.live = 1 AND {CONVERTED} THEN 1 ELSE 0 END", CALLS), _LIVE
        ),
    ),
    Metric(
        number="K5",
        slug="drop_rate",
        title="Drop rate",
        category="outbound",
        scope="outbound",
        unit="ratio",
        better="down",
        formula=(
            "dropped / live answers; dropped = a live person answered and no agent was "
            "connected within drop_seconds (2) of the answer, or the call ended sooner with "
            "no agent. By a named formula: ftc (default) = dropped / live answers, measured "
            "per campaign over its running 30-day period; ofcom = D' / (H + D') with D' = D -"
            " D x A / (H + A), D drops, H live calls handled by an agent, A calls agents "
            "found to be machines (check: D 29, H 9, A 7: 64.44 %); answered = dropped / all "
            "answered dials. Limit: drop_limit (0.03). Windows: today and rolling 30 days, "
            "per campaign. Ofcom has given no safe harbour since 2017: there the rate is "
            "shown without claiming that under 3 % is compliant"
        ),
        tells="How many people picked up and found no agent in time: what regulators limit.",
        misleads=(
            "All campaigns together can be within the limit while one is over it, and the "
            "limit holds for 30 days, not for this period; Ofcom has named no share that is "
            "safe since 2017."
        ),
        origin=ORIGIN,
        needs=("call.started", LEGS),
        reckoning=Chosen(
            "drop_formula",
            {
                "ftc": Ratio(_DROPPED, _LIVE),
                "ofcom": Ratio(_OFCOM_DROPPED, _OFCOM),
                "answered": Ratio(_DROPPED, Total("measures.dial_answered")),
            },
        ),
    ),
    Metric(
        number="K6",
        slug="drop_headroom",
        title="Drops left before the limit",
        category="outbound",
        scope="outbound",
        unit="count",
        better="up",
        formula="floor(drop_limit x live answers) - dropped in the window; negative when over",
        tells="How many more drops the live answers so far allow; below 0 the limit is passed.",
        misleads=(
            "It is of this period alone, and room in one campaign is lent to another only in "
            "the sum over both."
        ),
        origin=ORIGIN,
        needs=("call.started", LEGS),
        reckoning=Count(_HEADROOM),
    ),
    Metric(
        number="K7",
        slug="retry_share",
        title="Retry share",
        category="outbound",
        scope="outbound",
        unit="ratio",
        better="none",
        formula="dials with attempt > 1 / dials",
        tells="How much of the dialling goes to contacts that were tried before.",
        misleads="A dial whose attempt the platform does not number counts as the first.",
        origin=ORIGIN,
        needs=("call.started",),
        reckoning=Ratio(Total("measures.retries"), _DIALS),
    ),
    Metric(
        number="K8",
        slug="contacts_reached",
        title="Contacts dialled",
        category="outbound",
        scope="outbound",
        unit="count",
        better="up",
        formula="distinct contacts with a dial",
        tells="How many different contacts were dialled.",
        misleads="Dials that name no contact are left out, and nobody need have answered.",
        origin=ORIGIN,
        needs=("call.started",),
        reckoning=Count(Distinct("calls.source || ' ' || calls.contact")),
    ),
)
