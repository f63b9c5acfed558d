"""Metrics L1 to L6: what is true now, from no event dated after now."""

from collections.abc import Sequence
from decimal import Decimal

from tests.agreement.brute_force.answers import divided, ratio, seconds, shared, table, total
from tests.agreement.brute_force.asked import UNKNOWN, Answer, Event, Figure, Row, Settings
from tests.agreement.brute_force.calls import Call
from tests.agreement.brute_force.conversation import hold, talk
from tests.agreement.brute_force.dials import connected
from tests.agreement.brute_force.merge import overlaid
from tests.agreement.brute_force.valid import Told, told
from tests.agreement.brute_force.world import World, world_of

WINDOW = 30 * 60_000
"""Milliseconds of the window of occupancy and handle time."""

BUSY = {"ringing", "dialling", "on_call", "on_hold", "wrap_up"}
Spell = tuple[int, str]
"""Since when an agent is in a state."""


def shown(fields: dict[str, object]) -> str:
    """The state shown: offline when offline and idle, else the activity, else the presence."""
    presence, activity = fields.get("presence") or "offline", fields.get("activity") or "idle"
    return str(presence if activity == "idle" else activity)


def spells(events: Sequence[Told]) -> list[Spell]:
    """The states of one agent, in order."""
    result: list[Spell] = []
    fields: dict[str, object] = {}
    for event in sorted(events, key=lambda each: each.order):
        fields = overlaid(fields, event.data)
        result.append((event.time, shown(fields)))
    return result


def changes(world: World) -> dict[tuple[str, str], list[Told]]:
    groups = world.entities("agent.changed", "agent")
    return {(group[0].source, group[0].data["agent"]): group for group in groups}


def states(world: World) -> dict[tuple[str, str], str]:
    """The state of every agent that is defined or has changed."""
    defined = world.entities("agent.defined", "agent")
    result = {(group[0].source, group[0].data["agent"]): "offline" for group in defined}
    return result | {key: spells(group)[-1][1] for key, group in changes(world).items()}


def occupancy(world: World, now: int) -> Answer:
    """Busy agent seconds of the window over those and available ones."""
    busy, ready = 0, 0
    for group in changes(world).values():
        told_of = spells(group)
        ends = [since for since, _ in told_of[1:]] + [now]
        for (since, state), until in zip(told_of, ends, strict=True):
            length = max(0, until - max(since, now - WINDOW))
            busy += length if state in BUSY else 0
            ready += length if state == "available" else 0
    return ratio(seconds(busy), seconds(busy + ready))


def handle_time(world: World, now: int) -> Figure:
    """Mean talk, hold and wrap-up of connected inbound calls that ended in the window."""
    calls = [
        call
        for call in world.calls
        if call.inbound and connected(call) and call.end is not None and call.end > now - WINDOW
    ]
    spoken = seconds(sum(talk(call) + hold(call) for call in calls))
    wraps = sum((wrap for call in calls for wrap in call.wraps), start=Decimal(0))
    return divided(spoken + wraps, len(calls))


def estimates(world: World, waiting: Sequence[Call], now: int) -> Answer:
    """Per queue, for a caller who joins now: null without agents signed in to it."""
    handle, state = handle_time(world, now), states(world)
    serving: dict[str, int] = {}
    for key, group in changes(world).items():
        fields: dict[str, object] = {}
        for event in group:
            fields = overlaid(fields, event.data)
        queues = fields.get("queues")
        if isinstance(queues, list) and state[key] not in {"offline", "paused"}:
            for queue in queues:
                serving[queue] = serving.get(queue, 0) + 1
    defined = [group[0].data["queue"] for group in world.entities("queue.defined", "queue")]
    rows: list[Row] = []
    for queue in sorted({*serving, *defined}):
        joining = 1 + sum(
            any(stay.queue == queue and stay.left is None for stay in call.stays)
            for call in waiting
        )
        estimate = (
            None if handle is None else divided(Decimal(str(handle)) * joining, serving.get(queue))
        )
        rows.append({"key": queue, "value": estimate})
    return Answer(breakdown=rows)


def live(events: Sequence[Event], settings: Settings, now_ms: int) -> dict[str, Answer]:
    """The live metrics at an instant, by slug, from the events dated up to it."""
    known = [event for event in events if (found := told(event)) and found.time <= now_ms]
    world = world_of(known, settings)
    going = [call for call in world.calls if call.end is None]
    waiting = [
        call for call in going if call.inbound and any(stay.left is None for stay in call.stays)
    ]
    entries = [stay.entered for call in waiting for stay in call.stays if stay.left is None]
    counts: dict[str, Figure] = {}
    for state in states(world).values():
        counts[state] = (counts.get(state) or 0) + 1
    return {
        "calls_waiting": total(len(waiting)),
        "longest_wait": total(seconds(now_ms - min(entries))) if entries else UNKNOWN,
        "calls_in_progress": total(len(going)),
        "agents_by_state": table(shared(counts)),
        "occupancy": occupancy(world, now_ms),
        "estimated_wait": estimates(world, waiting, now_ms),
    }
