"""Events of calls: a call is one attempt or one arrival, made of legs, queue stays and transfers.

Legs are the connections: A (agent), B (contact), S (patched through to another party) and
M (manager listening). Everything that became known of the call later arrives here as well.
"""

from typing import Literal

from wallboard.events.kinds import (
    UNSET,
    Balance,
    Count,
    Data,
    Identifier,
    Moment,
    Money,
    Number,
    Optional,
    Ordinal,
    Seconds,
)

Party = Literal["caller", "agent", "system"]
LegKind = Literal["A", "B", "S", "M"]
EndReason = Literal[
    "completed",
    "abandoned",
    "busy",
    "no_answer",
    "failed",
    "rejected",
    "voicemail",
    "dropped",
    "machine",
    "fax",
    "timed_out",
    "lost",
]
LegCause = Literal[
    "completed",
    "busy",
    "no_answer",
    "failed",
    "rejected",
    "cancelled",
    "congestion",
    "dropped",
    "lost",
]
StayEnd = Literal[
    "answered",
    "abandoned",
    "overflowed",
    "timed_out",
    "transferred",
    "voicemail",
    "callback",
    "withdrawn",
    "refused",
    "redirected",
    "lost",
]


class Attribution(Data, frozen=True):
    """What brought the caller."""

    source: Optional[str] = UNSET
    channel: Optional[str] = UNSET
    medium: Optional[str] = UNSET
    campaign: Optional[str] = UNSET
    ad_group: Optional[str] = UNSET
    ad: Optional[str] = UNSET
    creative: Optional[str] = UNSET
    keyword: Optional[str] = UNSET
    landing_page: Optional[str] = UNSET
    referring_url: Optional[str] = UNSET
    referral_source: Optional[str] = UNSET


class Location(Data, frozen=True):
    """Where the caller is, as far as the platform knows."""

    country: Optional[str] = UNSET
    region: Optional[str] = UNSET
    city: Optional[str] = UNSET
    market: Optional[str] = UNSET


class SurveyAnswer(Data, frozen=True):
    """One question of the survey and what was answered."""

    question: str
    answer: str | float | bool | None


class CallStarted(Data, frozen=True):
    """A call began; sent again under a new event id it corrects the call (readings 5)."""

    call: Identifier
    direction: Literal["inbound", "outbound"]
    account: Optional[str] = UNSET
    campaign: Optional[str] = UNSET
    sub_campaign: Optional[str] = UNSET
    list: Optional[str] = UNSET
    contact: Optional[str] = UNSET
    attempt: Optional[Ordinal] = UNSET
    from_number: Optional[str] = UNSET
    to_number: Optional[str] = UNSET
    caller_id: Optional[str] = UNSET
    agent: Optional[str] = UNSET
    intended_queue: Optional[str] = UNSET
    call_type: Optional[str] = UNSET
    tracked: Optional[bool] = UNSET
    recording_eligible: Optional[bool] = UNSET
    attribution: Optional[Attribution] = UNSET
    location: Optional[Location] = UNSET


class LegStarted(Data, frozen=True):
    """A connection began to be made."""

    leg: Identifier
    call: Identifier
    kind: LegKind
    agent: Optional[str] = UNSET
    number: Optional[str] = UNSET
    caller_id: Optional[str] = UNSET
    name: Optional[str] = UNSET
    trunk: Optional[str] = UNSET


class LegAnswered(Data, frozen=True):
    """A leg was picked up; a drop is judged from `greeting_ended` where it is given."""

    leg: Identifier
    call: Identifier
    by: Optional[Literal["human", "machine", "fax", "unknown"]] = UNSET
    greeting_ended: Optional[Moment] = UNSET


class LegHeld(Data, frozen=True):
    """A leg was put on hold."""

    leg: Identifier
    call: Identifier


class LegResumed(Data, frozen=True):
    """A leg was taken off hold."""

    leg: Identifier
    call: Identifier


class LegEnded(Data, frozen=True):
    """A leg ended; `code` is the SIP or Q.850 code."""

    leg: Identifier
    call: Identifier
    cause: LegCause
    code: Optional[Count | str] = UNSET
    by: Optional[Party] = UNSET
    billable_seconds: Optional[Seconds] = UNSET
    cost: Optional[Money] = UNSET
    recording_url: Optional[str] = UNSET


class QueueEntered(Data, frozen=True):
    """A call began to wait in a queue."""

    call: Identifier
    queue: Identifier
    position: Optional[Count] = UNSET


class QueueLeft(Data, frozen=True):
    """A call stopped waiting in a queue, and why."""

    call: Identifier
    queue: Identifier
    reason: StayEnd
    agent: Optional[str] = UNSET
    destination: Optional[str] = UNSET


class CallTransferred(Data, frozen=True):
    """A call was handed on, to an agent, a queue or a number."""

    call: Identifier
    method: Literal["blind", "attended"]
    from_agent: Optional[str] = UNSET
    to_agent: Optional[str] = UNSET
    to_queue: Optional[str] = UNSET
    to_number: Optional[str] = UNSET


class CallRecording(Data, frozen=True):
    """The recording of a call, or of one leg of it, moved on."""

    call: Identifier
    status: Literal["started", "completed", "failed"]
    leg: Optional[str] = UNSET
    url: Optional[str] = UNSET


class CallEnded(Data, frozen=True):
    """A call is over; legs, holds and queue stays still open end with it (readings 7)."""

    call: Identifier
    reason: EndReason
    by: Optional[Party] = UNSET


class CallWrapped(Data, frozen=True):
    """After-call work ended at the event's time; without `seconds` its start is derived."""

    call: Identifier
    agent: Identifier
    seconds: Optional[Seconds] = UNSET


class CallOutcome(Data, frozen=True):
    """What came of the call, as the agent or the platform recorded it."""

    call: Identifier
    agent: Optional[str] = UNSET
    disposition: Optional[str] = UNSET
    outcome: Optional[str] = UNSET
    call_type: Optional[str] = UNSET
    notes: Optional[str] = UNSET
    tags: Optional[list[str]] = UNSET
    survey: Optional[list[SurveyAnswer]] = UNSET
    qualified: Optional[bool] = UNSET
    spam: Optional[bool] = UNSET
    wrong_number: Optional[bool] = UNSET
    appointment: Optional[bool] = UNSET
    quote: Optional[bool] = UNSET
    lead: Optional[bool] = UNSET
    converted: Optional[bool] = UNSET
    quote_value: Optional[Money] = UNSET
    lead_score: Optional[Number] = UNSET


class CallAnalysed(Data, frozen=True):
    """What speech analysis found."""

    call: Identifier
    intent: Optional[str] = UNSET
    sentiment: Optional[Balance] = UNSET
    transcribed: Optional[bool] = UNSET
    silence_seconds: Optional[Seconds] = UNSET
    dead_air_count: Optional[Count] = UNSET
    script_steps_required: Optional[Count] = UNSET
    script_steps_followed: Optional[Count] = UNSET
    phrases: Optional[list[str]] = UNSET


class CallReviewed(Data, frozen=True):
    """What a person found to be true of the call."""

    call: Identifier
    spam: Optional[bool] = UNSET
    outcome: Optional[str] = UNSET


class CallMatched(Data, frozen=True):
    """The customer record the call was matched to; null where none was found."""

    call: Identifier
    record: str | None


class CallExported(Data, frozen=True):
    """The outcome was sent back to an ad platform."""

    call: Identifier
    platform: str
    ok: bool
    error: Optional[str] = UNSET


class CallChecked(Data, frozen=True):
    """A privacy rule was checked on the call."""

    call: Identifier
    rule: str
    passed: bool


class ConnectAttempted(Data, frozen=True):
    """One Direct Connect attempt to a contact center."""

    connect: Identifier
    call: Identifier
    number: str
    started: Moment
    result: Literal["connected", "busy", "no_answer", "failed"]
    answered: Optional[Moment] = UNSET
    ended: Optional[Moment] = UNSET
    talk_seconds: Optional[Seconds] = UNSET
