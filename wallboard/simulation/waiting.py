"""A caller's stay in a queue: from entering it to an agent's answer, or to another end."""

from collections.abc import Generator
from functools import partial
from typing import Any

import simpy
from msgspec import Struct

from wallboard.simulation.calls import Call, Leg, answer_leg, end_leg, start_leg
from wallboard.simulation.floor import Agent, Floor
from wallboard.simulation.lines import QueueLine
from wallboard.simulation.stage import Stage

SHARE_NOT_PICKED_UP = 0.012
RING_SECONDS = 20


class StayEnd(Struct):
    """How a stay ended: the reason, and who answered on which leg."""

    reason: str
    agent: Agent | None = None
    leg: Leg | None = None


Stay = Generator[simpy.Event, Any, StayEnd]


def stay_in_queue(
    stage: Stage, floor: Floor, call: Call, queue: QueueLine, patience: float
) -> Stay:
    """Wait for an agent for at most ``patience`` seconds, else leave as the queue provides."""
    ahead = sum(waiting.open for waiting in floor.lines.get(queue.id, ()))
    entered = stage.now
    stage.emit(
        "queue.entered", call.id, {"call": call.id, "queue": queue.id, "position": ahead + 1}
    )
    if ahead >= queue.places:
        return _leave(stage, call, queue, StayEnd("refused"))
    limit, reason = _limit(stage, queue, patience)
    first = False
    while True:
        waiting = floor.join(queue.id, first)
        if waiting.open:
            remaining = max(0.05, entered + limit - stage.now)
            stage.after(remaining, partial(floor.give_up, queue.id, waiting, reason))
        found = yield waiting.turn
        if not isinstance(found, Agent):
            return _leave(stage, call, queue, StayEnd(reason))
        end = yield from _ring(stage, floor, call, queue, found, entered + patience)
        if end is not None:
            return _leave(stage, call, queue, end)
        first = True


def _limit(stage: Stage, queue: QueueLine, patience: float) -> tuple[float, str]:
    ends = [(patience, "abandoned"), (queue.longest_seconds, queue.at_longest)]
    if queue.overflow:
        ends.append((queue.overflow_seconds, "overflowed"))
    ends.append((max(1.0, stage.closing + 60 - stage.now), "timed_out"))
    return min(ends)


def _leave(stage: Stage, call: Call, queue: QueueLine, end: StayEnd) -> StayEnd:
    data: dict[str, object] = {"call": call.id, "queue": queue.id, "reason": end.reason}
    if end.agent:
        data["agent"] = end.agent.id
    if end.reason == "overflowed" and queue.overflow:
        data["destination"] = queue.overflow
    stage.emit("queue.left", call.id, data)
    return end


def _ring(
    stage: Stage, floor: Floor, call: Call, queue: QueueLine, found: Agent, hangs_up: float
) -> Generator[simpy.Event, Any, StayEnd | None]:
    """Ring one agent, or several at once; None when nobody picks up and the caller waits on."""
    agents = [found]
    while len(agents) < queue.ring_all and (more := floor.take(queue.id)):
        agents.append(more)
    legs: list[tuple[Agent, Leg, float]] = []
    for agent in agents:
        missing = stage.chance(SHARE_NOT_PICKED_UP)
        floor.act(agent, "ringing", call=call.id)
        leg = start_leg(stage, call, "A", agent=agent.id)
        legs.append((agent, leg, RING_SECONDS if missing else 1.2 + stage.around(2.6, 0.5)))
    winner, answered, ring = min(legs, key=lambda entry: entry[2])
    if stage.now + ring > hangs_up:
        yield stage.wait(max(0.1, hangs_up - stage.now))
        _give_back(stage, floor, call, legs, "cancelled")
        return StayEnd("abandoned")
    yield stage.wait(min(ring, RING_SECONDS))
    if ring >= RING_SECONDS:
        _give_back(stage, floor, call, legs, "no_answer")
        return None
    answer_leg(stage, call, answered)
    floor.act(winner, "on_call", call=call.id)
    _give_back(stage, floor, call, [entry for entry in legs if entry[0] is not winner], "cancelled")
    return StayEnd("answered", winner, answered)


def _give_back(
    stage: Stage, floor: Floor, call: Call, legs: list[tuple[Agent, Leg, float]], cause: str
) -> None:
    for agent, leg, _ in legs:
        end_leg(stage, call, leg, cause, by="system")
        if cause == "no_answer":
            # Platforms take an agent who does not pick up out of the queue for a while.
            floor.ask_pause(agent, "not answering", stage.random.uniform(60, 200))
        floor.release(agent)
