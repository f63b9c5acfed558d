"""What the questions are answered with: plain frozen values that screens and commands show.

Times are UTC milliseconds, durations seconds, shares 0 to 1. None is unknown and is shown as `–`,
never as 0. Texts come from the feed and may hold anything: they are never markup.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal


@dataclass(frozen=True, slots=True)
class Scope:
    """What a picture is limited to; None for all. Ids, not names."""

    campaign: str | None = None
    queue: str | None = None
    team: str | None = None


@dataclass(frozen=True, slots=True)
class Ratio:
    """A share with the counts it is made of; `value` is None over nothing."""

    numerator: int
    denominator: int

    @property
    def value(self) -> float | None:
        """Numerator over denominator, None when nothing was measured."""
        return self.numerator / self.denominator if self.denominator else None


@dataclass(frozen=True, slots=True)
class Headline:
    """The headline rates of a period, usually today so far.

    `service_level_seconds` and `service_level_target` are the configured target beside the rate;
    `drops_allowed` is how many drops the live answers so far allow, of which `drops_left` are left
    (negative when over); None when nothing was dialled. Durations are means in seconds over
    `handled` calls.
    """

    answer_rate: Ratio
    service_level: Ratio
    abandonment: Ratio
    drop_rate: Ratio
    drops_allowed: int | None
    drops_left: int | None
    handle_seconds: float | None
    talk_seconds: float | None
    wrap_seconds: float | None
    handled: int
    service_level_seconds: float
    service_level_target: float
    drop_limit: float


@dataclass(frozen=True, slots=True)
class WaitingNow:
    """The calls in queues at an instant; waits in seconds, the longest first."""

    calls: int
    longest_seconds: float | None
    estimated_seconds: float | None


@dataclass(frozen=True, slots=True)
class QueueNow:
    """A queue at an instant and over the day so far.

    `entered` holds when each waiting call entered (UTC ms), oldest first; `service_level`, `speed`
    (average speed of answer, seconds) and `abandoned` are of the calls whose first queue it is.
    Agents count in a queue when their `queues` name it.
    """

    source: int
    queue: str
    name: str
    entered: tuple[int, ...]
    target_seconds: float
    target_share: float
    service_level: Ratio
    speed: float | None
    abandoned: int
    offered: int
    ready: int
    busy: int
    paused: int
    estimated_seconds: float | None


@dataclass(frozen=True, slots=True)
class AgentNow:
    """An agent at an instant. `since` is when the shown state began (UTC ms).

    `limit_seconds` is how long the state may last by configuration, None without a limit. `stuck`
    says in words why the state cannot be true (on a call that ended), empty when it can. One who
    was defined and never heard of is offline since then, and not `is_seen`.
    """

    source: int
    agent: str
    name: str
    team: str | None
    state: str
    reason: str | None
    since: int
    call: str | None
    limit_seconds: float | None
    stuck: str = ""
    is_seen: bool = True


@dataclass(frozen=True, slots=True)
class HourOfDay:
    """One local hour of the day in the histogram; counts of inbound calls that started in it.

    `typical` is the median of the last four same weekdays, None where they are not known.
    `over` is false for the hour that is going on; `gap` when a gap in the feed touches it.
    """

    start: int
    end: int
    label: str
    answered: int
    missed: int
    in_progress: int
    typical: float | None
    over: bool
    gap: bool


@dataclass(frozen=True, slots=True)
class FeedHealth:
    """A feed as its collector last saw it. `stage` is that of wallboard.feeds.intake.Stage.

    `heard` is when anything last came from it, `last_event` the time of its newest event,
    `updated` when the collector last wrote this; `behind` how many events it is behind. Since
    `whole_since` all of its events are there, None where that is not known.
    """

    feed: str
    stage: str
    since: int | None
    reason: str
    heard: int | None
    last_event: int | None
    updated: int | None
    skew_seconds: float | None
    behind: int | None
    backlog: int | None
    retry_at: int | None
    events: int
    applied: int
    repeated: int
    unknown: int
    quarantined: int
    gaps: int
    whole_since: int | None = None


@dataclass(frozen=True, slots=True)
class WaitingCaller:
    """A call, by its number in the cache, that waits in a queue since `entered` (UTC ms).

    `number` is the caller's, None where it is withheld.
    """

    call: int
    source: int
    queue: str
    entered: int
    number: str | None


@dataclass(frozen=True, slots=True)
class Floor:
    """Everything the floor screen shows at the instant `at`.

    `before` is the headline of the same weekday last week up to the same time of day, None where
    nothing is known of it. `complete` is false when a gap touches the day, or
    while events of the day are still to be fetched; `note` says so in words. `anew` says that the
    cache was lost or damaged within the last day, and begun anew; empty otherwise.
    `agents_beyond` is how many agents are known beyond the 10,000 that are looked at. `lately` is
    what the last 30 minutes lack, over which occupancy goes: `awaited` where events are still to
    come (it is unknown then, and so are estimates of waits), `gap` where some were lost.
    `callers` are those who wait longest, at most 24.
    """

    at: int
    headline: Headline
    before: Headline | None
    waiting: WaitingNow
    occupancy: float | None
    occupancy_agents: int
    queues: tuple[QueueNow, ...]
    agents: tuple[AgentNow, ...]
    hours: tuple[HourOfDay, ...]
    calls_in_progress: int
    complete: bool
    note: str
    anew: str = ""
    agents_beyond: int = 0
    lately: Literal["", "awaited", "gap"] = ""
    callers: tuple[WaitingCaller, ...] = ()


@dataclass(frozen=True, slots=True)
class CallLine:
    """A call as one row of a list. `state` is waiting, ringing, talking or how it ended."""

    number: int
    source: int
    call: str
    started: int | None
    first_event: int
    direction: str | None
    campaign: str | None
    queue: str | None
    agent: str | None
    from_number: str | None
    to_number: str | None
    contact: str | None
    state: str
    duration_seconds: float | None
    wait_seconds: float | None
    talk_seconds: float | None
    disposition: str | None
    legs: int


@dataclass(frozen=True, slots=True)
class CallPart:
    """The answered dials of one campaign, sub_campaign, queue or trunk (`dimension`), or of any.

    `key` is its id, None for those that have none; `live`: only those that a person answered.
    """

    dimension: str
    key: str | None
    live: bool = True


@dataclass(frozen=True, slots=True)
class CallFilter:
    """Which calls are listed; None for all. `text` is looked for in numbers, names, ids and more.

    `state`: open, answered, missed, abandoned, short_abandoned, dropped, voicemail, ... or
    not_called_back (abandoned or missed, and no outbound call to the number since). `masked`: the
    text may find a number only by the digits that masking shows, or by the number typed whole.
    `times`: started within one of these, from and up to (UTC ms).
    """

    text: str = ""
    campaign: str | None = None
    queue: str | None = None
    agent: str | None = None
    number: str | None = None
    direction: str | None = None
    state: str | None = None
    start: int | None = None
    end: int | None = None
    masked: bool = False
    part: CallPart | None = None
    times: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class LegLine:
    """A leg of a call; times UTC ms, durations seconds; `holds` as (start, end or None)."""

    leg: str
    kind: str | None
    party: str
    number: str | None
    started: int | None
    answered: int | None
    ended: int | None
    holds: tuple[tuple[int, int | None], ...]
    ring_seconds: float | None
    talk_seconds: float
    hold_seconds: float
    by: str | None
    cause: str | None
    code: str | None
    ended_by: str | None
    billable_seconds: float | None
    cost: float | None
    recording_url: str | None
    trunk: str | None
    ended_with_call: bool


@dataclass(frozen=True, slots=True)
class StayLine:
    """A stay in a queue."""

    queue: str
    name: str
    entered: int
    left: int | None
    reason: str | None
    position: int | None


@dataclass(frozen=True, slots=True)
class TransferLine:
    """A transfer: who handed the call to whom."""

    time: int
    method: str
    sender: str
    receiver: str


@dataclass(frozen=True, slots=True)
class EventLine:
    """An event of the call. `text` is its raw text, None once its retention is over."""

    time: int
    sequence: int | None
    id: str
    type: str
    text: str | None
    since_previous_seconds: float | None
    set_aside: str


@dataclass(frozen=True, slots=True)
class WholeCall:
    """One call down to its legs, queue stays, transfers and events, as known at `at`.

    `facts` are label and value pairs in reading order for what was said of the call, `details` the
    same for programs, see `details_of`; `attempts` are the other calls to the same contact (or
    number), oldest first. `contact_name` is for finding it in what was written of the call.
    """

    at: int
    line: CallLine
    campaign_name: str | None
    attempt: int | None
    attempts_in_all: int
    ended: int | None
    end_reason: str | None
    ended_by: str | None
    cost: float | None
    legs: tuple[LegLine, ...]
    stays: tuple[StayLine, ...]
    transfers: tuple[TransferLine, ...]
    events: tuple[EventLine, ...]
    attempts: tuple[CallLine, ...]
    survey: tuple[tuple[str, str], ...]
    notes: str | None
    tags: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    details: Mapping[str, Any]
    contact_name: str | None = None
