"""What happens between an agent's answer and the end of the call."""

from collections.abc import Generator
from typing import TYPE_CHECKING, Any

import simpy
from msgspec import Struct

from wallboard.simulation.aftermath import describe, note_outcome
from wallboard.simulation.calls import Call, Leg, answer_leg, end_call, end_leg, start_leg
from wallboard.simulation.floor import Agent, Floor
from wallboard.simulation.lines import QUEUES, QueueLine
from wallboard.simulation.roster import ALL_QUEUES
from wallboard.simulation.stage import Stage, Steps

if TYPE_CHECKING:
    from wallboard.simulation.outbox import Data

SHARE_HELD = 0.17
SHARE_TO_QUEUE = 0.022
SHARE_TO_AGENT = 0.020
SHARE_PATCHED = 0.012
SHARE_MONITORED = 0.02
MANAGERS = ("Ortiz Marisol", "Sato Ken 佐藤", "Adeyemi Tunde")


class Wrap(Struct):
    """How long the after-call work of an agent takes on average, in seconds."""

    seconds: float = 42


def converse(
    stage: Stage, floor: Floor, call: Call, agent: Agent, leg: Leg, mean: float
) -> Generator[simpy.Event, Any, QueueLine | None]:
    """Talk until somebody hangs up; the queue that the caller was transferred to, else None."""
    recording = _start_recording(stage, call, leg)
    talk = stage.room(max(8.0, stage.around(mean * agent.worker.pace, 0.62)), 150)
    if talk > 60 and stage.chance(SHARE_MONITORED):
        stage.run(_monitor(stage, call, talk))
    if talk > 25 and stage.chance(SHARE_HELD):
        before = talk * stage.random.uniform(0.2, 0.6)
        yield stage.wait(before)
        yield from _hold(stage, floor, call, agent, leg, stage.room(stage.around(38, 0.7), 140))
        talk = stage.room(talk - before, 130)
    draw = stage.random.random()
    late = stage.now > stage.closing - 300
    if call.direction == "inbound" and not late and draw < SHARE_TO_QUEUE:
        queue = _elsewhere(stage, agent)
        yield stage.wait(talk * 0.4)
        data: Data = {"call": call.id, "from_agent": agent.id, "to_queue": queue.id}
        stage.emit("call.transferred", call.id, {**data, "method": "blind"})
        end_leg(stage, call, leg, "completed", by="agent")
        _finish_recording(stage, call, recording)
        stage.run(wrap_up(stage, floor, call, agent, final=False))
        return queue
    if not late and draw < SHARE_TO_QUEUE + SHARE_TO_AGENT:
        yield stage.wait(talk * 0.5)
        agent, leg = yield from _hand_over(stage, floor, call, agent, leg)
        talk *= 0.6
    elif not late and draw < SHARE_TO_QUEUE + SHARE_TO_AGENT + SHARE_PATCHED:
        yield stage.wait(talk * 0.5)
        yield from _patch_through(stage, call)
        talk *= 0.1
    yield stage.wait(stage.room(talk, 120))
    end_call(stage, call, "completed", "caller" if stage.chance(0.6) else "agent")
    _finish_recording(stage, call, recording)
    stage.run(wrap_up(stage, floor, call, agent, final=True))
    return None


def wrap_up(stage: Stage, floor: Floor, call: Call, agent: Agent, final: bool) -> Steps:
    """After-call work, at whose end the outcome is noted and the agent is free again."""
    begins = stage.now
    floor.act(agent, "wrap_up", call=call.id)
    yield stage.wait(stage.room(max(3.0, stage.around(Wrap().seconds, 0.6)), 60))
    data: Data = {"call": call.id, "agent": agent.id, "seconds": stage.since(begins)}
    stage.emit("call.wrapped", call.id, data)
    if final:
        note_outcome(stage, call, agent)
    floor.release(agent)
    if final:
        describe(stage, call)


def _hold(
    stage: Stage, floor: Floor, call: Call, agent: Agent, leg: Leg, seconds: float
) -> Generator[simpy.Event, Any, None]:
    stage.emit("leg.held", leg.id, {"leg": leg.id, "call": call.id})
    floor.act(agent, "on_hold", call=call.id)
    yield stage.wait(seconds)
    stage.emit("leg.resumed", leg.id, {"leg": leg.id, "call": call.id})
    floor.act(agent, "on_call", call=call.id)


def _elsewhere(stage: Stage, agent: Agent) -> QueueLine:
    others = [queue for queue in QUEUES if queue.id not in agent.worker.queues[:1]]
    return stage.random.choice(others)


def _hand_over(
    stage: Stage, floor: Floor, call: Call, agent: Agent, leg: Leg
) -> Generator[simpy.Event, Any, tuple[Agent, Leg]]:
    """An attended transfer to a colleague, when one is free."""
    colleague = floor.take(stage.random.choice(agent.worker.queues or ALL_QUEUES))
    if colleague is None:
        return agent, leg
    stage.emit("leg.held", leg.id, {"leg": leg.id, "call": call.id})
    floor.act(agent, "on_hold", call=call.id)
    floor.act(colleague, "ringing", call=call.id)
    second = start_leg(stage, call, "A", agent=colleague.id)
    yield stage.wait(stage.random.uniform(1.5, 6))
    answer_leg(stage, call, second)
    floor.act(colleague, "on_call", call=call.id)
    yield stage.wait(stage.random.uniform(5, 25))
    data: Data = {"call": call.id, "from_agent": agent.id, "to_agent": colleague.id}
    stage.emit("call.transferred", call.id, {**data, "method": "attended"})
    end_leg(stage, call, leg, "completed", by="agent")
    stage.run(wrap_up(stage, floor, call, agent, final=False))
    return colleague, second


def _patch_through(stage: Stage, call: Call) -> Generator[simpy.Event, Any, None]:
    """Connect the caller with another party, often a contact center of a partner."""
    number = f"+131255501{stage.random.randrange(40, 60)}"
    started = stage.time()
    leg = start_leg(stage, call, "S", number=number, name="Rep. office", trunk="carrier-b")
    connect: Data = {"connect": leg.id, "call": call.id, "number": number, "started": started}
    yield stage.wait(stage.random.uniform(4, 14))
    if not stage.chance(0.8):
        end_leg(stage, call, leg, "no_answer", by="system")
        stage.emit("connect.attempted", leg.id, {**connect, "result": "no_answer"})
        return
    answer_leg(stage, call, leg, by="human")
    answered, since = stage.time(), stage.now
    yield stage.wait(stage.room(stage.around(140), 140))
    end_leg(stage, call, leg, "completed", by="caller")
    connect |= {"answered": answered, "ended": stage.time(), "talk_seconds": stage.since(since)}
    stage.emit("connect.attempted", leg.id, {**connect, "result": "connected"})


def _monitor(stage: Stage, call: Call, talk: float) -> Steps:
    """A manager listens in for a part of the conversation."""
    yield stage.wait(stage.random.uniform(10, talk * 0.5))
    if call.over:
        return
    leg = start_leg(stage, call, "M", name=stage.random.choice(MANAGERS))
    answer_leg(stage, call, leg)
    yield stage.wait(stage.random.uniform(20, 120))
    end_leg(stage, call, leg, "completed", by="system")


def _start_recording(stage: Stage, call: Call, leg: Leg) -> str | None:
    if not call.recorded:
        return None
    data: Data = {"call": call.id, "leg": leg.id, "status": "started"}
    stage.emit("call.recording", call.id, data)
    return leg.id


def _finish_recording(stage: Stage, call: Call, leg: str | None) -> None:
    if leg is None:
        return
    data: Data = {"call": call.id, "leg": leg}
    if stage.chance(0.015):
        data["status"] = "failed"
    else:
        data |= {"status": "completed", "url": f"https://recordings.example/{call.id}/{leg}"}
    stage.emit("call.recording", call.id, data)
