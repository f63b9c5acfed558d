"""From the floor's answers to what its panels draw: texts, levels and order. Pure."""

from collections.abc import Sequence
from functools import lru_cache
from operator import itemgetter
from typing import Final, Literal

from wallboard.questions.alarms import AlarmLine
from wallboard.questions.floor_answers import AgentNow, Floor, Headline, HourOfDay, Ratio
from wallboard.screens.floor_lines import Filled
from wallboard.screens.floor_queues import queue_rows
from wallboard.screens.row_keys import row_key
from widgets import figures
from widgets.headline import Rate
from widgets.histogram import Hour
from widgets.status import Level
from widgets.tiles import AgentState, AgentTile

Order = Literal["attention", "name", "team", "state"]
ORDERS: Final[tuple[Order, ...]] = ("attention", "name", "team", "state")
ALMOST: Final = 0.9
"""From this share of a limit on, what is still within it is a notice."""
_STATE_ORDER: Final = tuple(AgentState)
_STATES: Final = {str(state): state for state in AgentState}
_WAITING: Final = frozenset({"on_hold", "ringing"})
_WAITING_LONG_MS: Final = 60_000
_STEADY_MS: Final = 60_000
_REMEMBERED: Final = 16_384
"""Of so many agents it is remembered how they are drawn: from one look to the next most of them
are as they were."""


def _agent_key(agent: AgentNow) -> str:
    """The key of an agent's tile: ids are unique per source only."""
    return row_key(agent.source, agent.agent)


def rates(floor: Floor, now: int, weekday: str) -> list[Rate]:
    """The headline strip; `now` UTC ms, `weekday` the short name of the day of last week."""
    head, before = floor.headline, floor.before
    gap = not floor.complete

    def trend(name: Literal["answer_rate", "service_level", "abandonment", "drop_rate"]) -> str:
        ratio: Ratio = getattr(head, name)
        past: Ratio | None = getattr(before, name) if before else None
        if ratio.value is None or past is None or past.value is None:
            return ""
        return f"{figures.change((ratio.value - past.value) * 100)} vs {weekday}"

    sl = head.service_level
    return [
        Rate(
            "answer_rate", "ANSWER RATE", figures.share(head.answer_rate.value), "ANS", "",
            f"of {figures.count(head.answer_rate.denominator)}", trend("answer_rate"), gap=gap,
        ),
        Rate(
            "service_level", "SERVICE LEVEL",
            figures.share_beside(sl.value, head.service_level_target, 1), "SL", "",
            f"{figures.share(head.service_level_target, 0)} in "
            f"{head.service_level_seconds:g} s of {figures.count(sl.denominator)}",
            trend("service_level"), _below(sl.value, head.service_level_target), gap,
        ),
        Rate(
            "abandonment", "ABANDONED", figures.share(head.abandonment.value), "ABD", "",
            _sample(head.abandonment), trend("abandonment"), gap=gap,
        ),
        _drops(head, trend("drop_rate"), gap),
        _waiting(floor, now),
        Rate(
            "handle_time", "HANDLE TIME", figures.duration(head.handle_seconds), "AHT", "",
            f"talk {figures.duration(head.talk_seconds)}"
            f" wrap {figures.duration(head.wrap_seconds)}",
            f"of {figures.count(head.handled)}", gap=gap,
        ),
        Rate(
            "occupancy", "OCCUPANCY", figures.share(floor.occupancy, 0), "OCC", "",
            _agents(floor), "last 30 min", gap=floor.lately == "gap",
        ),
    ]  # fmt: skip


def _sample(ratio: Ratio) -> str:
    return f"{figures.count(ratio.numerator)} of {figures.count(ratio.denominator)}"


def _agents(floor: Floor) -> str:
    if floor.lately == "awaited":
        return "being fetched"
    if floor.occupancy is None:
        # Of a campaign are those who talk for it at this moment.
        return "nobody at work lately" if floor.agents else "no agent on it now"
    agents = floor.occupancy_agents
    return f"{figures.count(agents)} agent{'' if agents == 1 else 's'}"


def _drops(head: Headline, trend: str, gap: bool) -> Rate:
    """The drop rate with its limit, its sample, and the drops left where there is a budget yet."""
    drop, left = head.drop_rate, head.drops_left
    level, compact = _above(drop.value, head.drop_limit), ""
    if not drop.denominator:
        sample = "nobody reached yet"
    elif not head.drops_allowed or left is None:
        # So few that a single drop is over the limit: neither used up nor an alarm.
        sample = f"of {figures.count(drop.denominator)}, too few to tell"
        compact = f"{figures.share(drop.value)} of {figures.count(drop.denominator)}"
        level = Level.NOTICE if drop.numerator else Level.GOOD
    elif left < 0:
        sample = f"of {figures.count(drop.denominator)}, {figures.count(-left)} over"
    else:
        sample = f"of {figures.count(drop.denominator)}, {figures.count(left)} left"
    limit = figures.share(head.drop_limit, 0 if (head.drop_limit * 100).is_integer() else 1)
    return Rate(
        "drop_rate", f"DROP RATE ≤ {limit}",
        figures.share_beside(drop.value, head.drop_limit, 1), "DROP", compact,
        sample, trend, level, gap,
    )  # fmt: skip


def _waiting(floor: Floor, now: int) -> Rate:
    entered = [(at, queue) for queue in floor.queues for at in queue.entered]
    calls = floor.waiting.calls
    longest = max(((now - at) / 1000 for at, _ in entered), default=None)
    if longest is None and calls:
        longest = floor.waiting.longest_seconds
    level = Level.GOOD
    if any((now - at) / 1000 > queue.target_seconds for at, queue in entered):
        level = Level.WARNING
    shown = figures.count(calls)
    return Rate(
        "waiting", "WAITING", shown, "WAIT",
        f"{shown} {figures.duration(longest)}" if calls else shown,
        f"longest {figures.duration(longest)}" if calls else "nobody waits",
        f"est. {figures.duration(floor.waiting.estimated_seconds)}", level,
    )  # fmt: skip


def _below(value: float | None, target: float) -> Level:
    if value is None:
        return Level.GOOD
    return Level.WARNING if value < target else Level.GOOD


def _above(value: float | None, limit: float) -> Level:
    if value is None:
        return Level.GOOD
    if value > limit:
        return Level.CRITICAL
    return Level.WARNING if value > limit * ALMOST else Level.GOOD


def tiles(agents: Sequence[AgentNow], now: int, order: Order) -> tuple[AgentTile, ...]:
    """The agents in `order`, those who are offline last; `now` UTC ms."""
    placed = []
    for agent in agents:
        is_away, name, key, tiled = _standing(agent)
        placed.append(((is_away, *_order_within(agent, now, order), name, key), tiled))
    return tuple([tiled for _, tiled in sorted(placed, key=itemgetter(0))])


def tile(agent: AgentNow) -> AgentTile:
    """An agent as a tile."""
    state = _STATES.get(agent.state, AgentState.OFFLINE)
    # A feed may leave the reason of the last pause, or of the next, beside any other state.
    has_reason = state in (AgentState.PAUSED, AgentState.FAULT)
    return AgentTile(
        _agent_key(agent), agent.name, state, agent.since / 1000,
        (agent.reason if has_reason else None) or ("" if agent.is_seen else "never seen"),
        agent.limit_seconds, Level.WARNING if state is AgentState.FAULT else Level.GOOD,
        bool(agent.stuck),
    )  # fmt: skip


def attention(agent: AgentNow, now: int) -> int:
    """How soon an agent is to be looked at: 0 stuck, 1 fault, 2 over-long, 3 waiting long, 4."""
    if agent.stuck:
        return 0
    if agent.state == "fault":
        return 1
    if agent.limit_seconds is not None and now - agent.since > agent.limit_seconds * 1000:
        return 2
    if agent.state in _WAITING and now - agent.since > _WAITING_LONG_MS:
        return 3
    return 4 if agent.state != "offline" else 5


def steady_until(agents: Sequence[AgentNow], now: int) -> int:
    """Up to when (UTC ms) time alone has no agent looked at sooner than at `now`."""
    last = now + _STEADY_MS
    for agent in agents:
        if agent.limit_seconds is not None:
            over = agent.since + int(agent.limit_seconds * 1000)
            if now <= over < last:
                last = over
        if agent.state in _WAITING and now <= agent.since + _WAITING_LONG_MS < last:
            last = agent.since + _WAITING_LONG_MS
    return last


def filled(floor: Floor, alarms: Sequence[AlarmLine], now: int) -> Filled:
    """How much there is to show on the floor, and how much of it calls for somebody; UTC ms."""
    rows = queue_rows(floor.queues, now, gap=False)
    return Filled(
        len(floor.queues),
        len(floor.agents),
        sum(map(_is_signed_in, floor.agents)),
        len(alarms),
        sum(bool(row.waiting) or row.level is not Level.GOOD for row in rows),
        sum(attention(agent, now) < 4 for agent in floor.agents),
        sum(alarm.is_acknowledged for alarm in alarms),
    )


def _is_signed_in(agent: AgentNow) -> bool:
    """Whether the agent is there at all."""
    return _STATES.get(agent.state, AgentState.OFFLINE) is not AgentState.OFFLINE


@lru_cache(maxsize=_REMEMBERED)
def _standing(agent: AgentNow) -> tuple[bool, str, str, AgentTile]:
    """What of an agent's place and tile time does not change."""
    return (not _is_signed_in(agent), agent.name.casefold(), _agent_key(agent), tile(agent))


def _order_within(agent: AgentNow, now: int, order: Order) -> tuple[object, ...]:
    if order == "team":
        return (agent.team is None, (agent.team or "").casefold())
    if order == "state":
        state = agent.state
        known = _STATE_ORDER.index(_STATES[state]) if state in _STATES else 99
        return (known, agent.since)
    if order == "name":
        return ()
    urgency = attention(agent, now)
    return (urgency, agent.since if urgency < 4 else 0)


def hours(floor_hours: Sequence[HourOfDay], at: int | None = None) -> list[Hour]:
    """The histogram; an hour that has not begun has no counts yet. Calls still on are no bar.

    Those that have begun at `at` (UTC ms) can be gone to.
    """
    return [
        Hour(
            hour.label,
            hour.answered if hour.answered or hour.missed or hour.over else None,
            hour.missed if hour.answered or hour.missed or hour.over else None,
            hour.typical, current=_is_current(hour, floor_hours), gap=hour.gap,
            key=str(hour.start) if at is not None and hour.start <= at else "",
        )
        for hour in floor_hours
    ]  # fmt: skip


def _is_current(hour: HourOfDay, all_hours: Sequence[HourOfDay]) -> bool:
    return not hour.over and hour == next((other for other in all_hours if not other.over), None)
