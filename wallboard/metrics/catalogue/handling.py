"""Handling: how calls that came in were answered, queued, routed, transferred and called back."""

from typing import Final

from wallboard.metrics.metric import CALLS, LEGS, Chosen, Metric, Ratio, Total

ORIGIN: Final = "call tracking metrics, response and handling"
"""Where the entries come from: the published list of 126 call tracking metrics."""

_ANSWERED: Final = Total("measures.answered")
_OFFERED: Final = Total("measures.answered + measures.missed")
_PATIENT: Final = Total("measures.answered + measures.missed - measures.short_abandoned")
"""Offered calls without those that hung up before anybody could have answered."""
_WITHIN: Final = Total("measures.within_target")

_MISSED: Final = (
    "calls.ended IS NOT NULL AND calls.answered IS NULL"
    " AND coalesce(calls.end_reason, '') <> 'lost'"
)
_RETURNS: Final = (
    "FROM calls back WHERE back.direction = 'outbound' AND back.to_number = calls.from_number"
    " AND back.started >= calls.ended AND back.started <= calls.ended + :callback_ms"
)
"""The outbound calls that return a missed one (readings 27); none where its number is withheld."""
_RETURNED: Final = f"{_MISSED} AND calls.from_number IS NOT NULL AND EXISTS (SELECT 1 {_RETURNS})"

HANDLING: Final = (
    Metric(
        number="53",
        slug="answer_rate",
        title="Answer rate",
        category="handling",
        scope="inbound",
        unit="ratio",
        better="up",
        formula="sum(answered) / offered, offered = answered + missed",
        tells="What part of the calls that wanted somebody got somebody.",
        misleads=(
            "It forgives a long wait: a caller answered after ten minutes counts like one "
            "answered at once."
        ),
        origin=ORIGIN,
        needs=("call.started", LEGS, "call.ended"),
        reckoning=Ratio(_ANSWERED, _OFFERED),
    ),
    Metric(
        number="54",
        slug="missed_call_rate",
        title="Missed call rate",
        category="handling",
        scope="inbound",
        unit="ratio",
        better="down",
        formula="sum(missed) / offered",
        tells="What part of the calls that wanted somebody went away without.",
        misleads="Callers who try again until they are answered count as missed each time before.",
        origin=ORIGIN,
        needs=("call.started", "call.ended"),
        reckoning=Ratio(Total("measures.missed"), _OFFERED),
    ),
    Metric(
        number="55",
        slug="callback_rate",
        title="Callback rate",
        category="handling",
        scope="inbound",
        unit="ratio",
        better="up",
        formula=(
            "missed calls (voicemail among them) followed within callback_hours (24) by an "
            "outbound call to their from_number / missed calls with a from_number"
        ),
        tells="How many missed callers were rung back in time, of those whose number is known.",
        misleads=(
            "Any outbound call to the number counts, also one that nobody answered or that "
            "sold something else; calls missed within the last day may still be returned."
        ),
        origin=ORIGIN,
        needs=("call.started", "call.ended"),
        reckoning=Ratio(
            Total(f"CASE WHEN {_RETURNED} THEN 1 ELSE 0 END", CALLS),
            Total(
                f"CASE WHEN {_MISSED} AND calls.from_number IS NOT NULL THEN 1 ELSE 0 END", CALLS
            ),
        ),
    ),
    Metric(
        number="56",
        slug="callback_response_time",
        title="Callback response time",
        category="handling",
        scope="inbound",
        unit="seconds",
        better="down",
        formula=(
            "mean time from the missed call's end to the start of that first outbound call, "
            "over called-back missed calls"
        ),
        tells="How long a missed caller waited for the call back.",
        misleads=(
            "Callers never rung back are not in it: returning only the easy ones makes it "
            "look quick."
        ),
        origin=ORIGIN,
        needs=("call.started", "call.ended"),
        reckoning=Ratio(
            Total(
                f"CASE WHEN {_MISSED} AND calls.from_number IS NOT NULL"
                f" THEN coalesce((SELECT min(back.started) {_RETURNS}) - calls.ended, 0)"
                " ELSE 0 END",
                CALLS,
                scale=1_000,
            ),
            Total(f"CASE WHEN {_RETURNED} THEN 1 ELSE 0 END", CALLS),
        ),
    ),
    Metric(
        number="57",
        slug="after_hours_response_rate",
        title="After-hours response rate",
        category="handling",
        scope="inbound",
        unit="ratio",
        better="up",
        formula=(
            "after-hours calls answered, or called back within callback_hours / after-hours calls"
        ),
        tells=(
            "Whether those who called while we were closed were answered or rung back after all."
        ),
        misleads=(
            "Without business hours in the configuration we are always open and nothing is "
            "after hours; an answer by text message or mail is not seen."
        ),
        origin=ORIGIN,
        needs=("call.started",),
        reckoning=Ratio(
            Total(
                "CASE WHEN calls.after_hours = 1"
                f" AND (calls.answered IS NOT NULL OR ({_RETURNED})) THEN 1 ELSE 0 END",
                CALLS,
            ),
            Total("measures.after_hours"),
        ),
    ),
    Metric(
        number="58",
        slug="routing_success_rate",
        title="Routing success rate",
        category="handling",
        scope="inbound",
        unit="ratio",
        better="up",
        formula=(
            "routed calls that connected and were not transferred to another queue or "
            "destination afterwards / routed calls; routed = entered a queue or were sent to "
            "a destination, and are decided"
        ),
        tells="How often a call came straight to somebody who could deal with it.",
        misleads=(
            "A transfer that was planned, such as from a receptionist, counts as a failure "
            "like a wrong one."
        ),
        origin=ORIGIN,
        needs=("call.started", LEGS),
        reckoning=Ratio(Total("measures.routed_right"), Total("measures.routed")),
    ),
    Metric(
        number="59",
        slug="transfer_rate",
        title="Transfer rate",
        category="handling",
        scope="inbound",
        unit="ratio",
        better="down",
        formula="calls with at least one transfer / answered calls",
        tells="What part of the answered calls had to be handed on.",
        misleads=(
            "A desk whose work is to hand on, such as a switchboard, is not worse for a high "
            "rate; transfers that the agent makes by a second call of their own are not told."
        ),
        origin=ORIGIN,
        needs=(
            "call.started",
            "call.transferred",
        ),
        reckoning=Ratio(Total("measures.transferred"), _ANSWERED),
    ),
    Metric(
        number="60",
        slug="abandonment_rate",
        title="Abandonment rate",
        category="handling",
        scope="inbound",
        unit="ratio",
        better="down",
        formula=(
            "sum(abandoned) / (offered - short_abandoned); abandoned = caller hung up before "
            "an answer after waiting at least short_abandon_seconds (queue's own, default 5);"
            " sooner is short_abandoned and not in the numerator"
        ),
        tells="What part of the callers gave up waiting.",
        misleads=(
            "It falls when callers are turned away or sent to voicemail sooner, for these do "
            "not hang up; one who gives up within the short time counts nowhere."
        ),
        origin=ORIGIN,
        needs=("call.started", "call.ended"),
        reckoning=Ratio(Total("measures.abandoned"), _PATIENT),
    ),
    Metric(
        number="61",
        slug="average_speed_of_answer",
        title="Average speed of answer",
        category="handling",
        scope="inbound",
        unit="seconds",
        better="down",
        formula=(
            "sum(answer_seconds) / answered; from first queue entry (call start where there "
            "was no queue) to the agent's answer"
        ),
        tells="How long those who were answered had waited for it.",
        misleads=(
            "Callers who gave up are not in it: it can fall because the longest waits ended "
            "in hanging up."
        ),
        origin=ORIGIN,
        needs=("call.started", LEGS),
        reckoning=Ratio(Total("measures.answer_ms", scale=1_000), _ANSWERED),
    ),
    Metric(
        number="62",
        slug="average_waiting_time",
        title="Average waiting time",
        category="handling",
        scope="inbound",
        unit="seconds",
        better="down",
        formula=(
            "sum(wait_seconds) / calls that waited in a queue; all stays in queues of the "
            "call, however each ended"
        ),
        tells="How long calls spent in queues, also those that were never answered.",
        misleads=(
            "Calls that entered no queue are left out, and a call sent from queue to queue "
            "has all its stays added."
        ),
        origin=ORIGIN,
        needs=(
            "call.started",
            "queue.entered",
        ),
        reckoning=Ratio(Total("measures.wait_ms", scale=1_000), Total("measures.waited")),
    ),
    Metric(
        number="63",
        slug="service_level",
        title="Service level",
        category="handling",
        scope="inbound",
        unit="ratio",
        better="up",
        formula=(
            "answered within service_level_seconds T (queue's own, else the campaign's, else "
            "20) by a named formula, shown beside the number: offered (default) = answered<=T"
            " / (answered + missed - short_abandoned); answered = answered<=T / answered; "
            "within = (answered<=T + abandoned<=T) / (answered + abandoned); late_abandons = "
            "answered<=T / (answered + abandoned>T). Check: answered 1000, 860 of them <=T, "
            "abandoned 60, 20 of them <=T, 40 >T, none short: 81.1, 86.0, 83.0, 82.7 %"
        ),
        tells="What part of the calls was answered as fast as was promised.",
        misleads=(
            "The four formulas give different figures for one day, so compare only like with "
            "like; a call past its target no longer matters to it, however long it waits."
        ),
        origin=ORIGIN,
        needs=("call.started", LEGS, "call.ended"),
        reckoning=Chosen(
            "service_level_formula",
            {
                "offered": Ratio(_WITHIN, _PATIENT),
                "answered": Ratio(_WITHIN, _ANSWERED),
                "within": Ratio(
                    Total("measures.within_target + measures.abandoned_within_target"),
                    Total("measures.answered + measures.abandoned"),
                ),
                "late_abandons": Ratio(
                    _WITHIN,
                    Total(
                        "measures.answered + measures.abandoned - measures.abandoned_within_target"
                    ),
                ),
            },
        ),
    ),
    Metric(
        number="64",
        slug="overflow_routing_rate",
        title="Overflow routing rate",
        category="handling",
        scope="inbound",
        unit="ratio",
        better="down",
        formula="calls with a queue stay that ended as overflowed / routed calls",
        tells="How often the queue that a call was meant for could not take it.",
        misleads=(
            "A queue set to overflow at once shows a high rate and no trouble; one that never"
            " overflows lets its callers wait."
        ),
        origin=ORIGIN,
        needs=(
            "call.started",
            "queue.entered",
        ),
        reckoning=Ratio(Total("measures.overflowed"), Total("measures.routed")),
    ),
    Metric(
        number="65",
        slug="average_transfers_per_call",
        title="Average transfers per call",
        category="handling",
        scope="inbound",
        unit="number",
        better="down",
        formula="sum(transfers) / answered calls",
        tells="How often a caller was handed on, on average.",
        misleads=(
            "A few calls that wander through many hands raise the mean; see the transfer rate"
            " beside it."
        ),
        origin=ORIGIN,
        needs=(
            "call.started",
            "call.transferred",
        ),
        reckoning=Ratio(Total("measures.transfers"), _ANSWERED),
    ),
    Metric(
        number="66",
        slug="queue_response_time",
        title="Queue response time",
        category="handling",
        scope="inbound",
        unit="seconds",
        better="down",
        formula="mean length of queue stays that ended as answered (per stay, not per call)",
        tells="How long a queue took to find an agent for a caller.",
        misleads=(
            "Only stays that ended in an answer are in it; a call answered in its third queue"
            " counts with the third stay alone."
        ),
        origin=ORIGIN,
        needs=(
            "call.started",
            "queue.entered",
        ),
        reckoning=Ratio(
            Total("measures.answered_stay_ms", scale=1_000), Total("measures.answered_stays")
        ),
    ),
    Metric(
        number="67",
        slug="routing_accuracy",
        title="Routing accuracy",
        category="handling",
        scope="inbound",
        unit="ratio",
        better="up",
        formula=(
            "calls whose first queue is the intended_queue given at call start / calls that "
            "have an intended_queue and entered a queue"
        ),
        tells="How often a call came first to the queue that it was meant for.",
        misleads=(
            "Only calls whose intended queue the platform told are judged, and a caller who "
            "chose the wrong thing in the menu counts as rightly routed."
        ),
        origin=ORIGIN,
        needs=(
            "call.started",
            "queue.entered",
        ),
        reckoning=Ratio(Total("measures.intended_right"), Total("measures.intended")),
    ),
)
