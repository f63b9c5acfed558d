"""What the questions about the floor are answered with: plain frozen values.

Times are UTC milliseconds, durations seconds, shares 0 to 1. None is unknown and is shown as `–`,
never as 0. Texts come from the feed and may hold anything: they are never markup.
"""

from typing import Literal

from msgspec import Struct


class Ratio(Struct, frozen=True):
    """A share with the counts it is made of; `value` is None over nothing."""

    numerator: int
    denominator: int

    @property
    def value(self) -> float | None:
        """Numerator over denominator, None when nothing was measured."""
        return self.numerator / self.denominator if self.denominator else None


class Headline(Struct, frozen=True):
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


class WaitingNow(Struct, frozen=True):
    """The calls in queues at an instant; waits in seconds, the longest first."""

    calls: int
    longest_seconds: float | None
    estimated_seconds: float | None


class QueueNow(Struct, frozen=True):
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


class AgentNow(Struct, frozen=True):
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


class HourOfDay(Struct, frozen=True):
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


class WaitingCaller(Struct, frozen=True):
    """A call, by its number in the cache, that waits in a queue since `entered` (UTC ms).

    `number` is the caller's, None where it is withheld.
    """

    call: int
    source: int
    queue: str
    entered: int
    number: str | None


class Floor(Struct, frozen=True):
    """Everything the floor screen shows at the instant `at`.

    `before` is the headline of the same weekday last week up to the same time of day, None where
    nothing is known of it. `complete` is false when a gap touches the day, or
    while events of the day are still to be fetched; `note` says so in words. `anew` says that the
    cache was lost or damaged within the last day, and begun anew; empty otherwise.
    `agents_beyond` is how many agents are known beyond the 10,000 that are looked at, and
    `queues_beyond` how many queues beyond the 2,000. `lately` is
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
    queues_beyond: int = 0
    lately: Literal["", "awaited", "gap"] = ""
    callers: tuple[WaitingCaller, ...] = ()
