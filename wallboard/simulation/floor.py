"""The agents at work: who is free, who takes the next call, and every change that is seen."""

from collections import deque
from collections.abc import Iterable

import simpy

from wallboard.simulation.roster import Worker
from wallboard.simulation.stage import Stage, Steps


class Agent:
    """What one agent has chosen (presence) and is doing (activity)."""

    __slots__ = ("activity", "going", "pause", "presence", "wanted", "worker")

    def __init__(self, worker: Worker) -> None:
        self.worker = worker
        self.presence = "offline"
        self.activity = "idle"
        self.pause = ""
        self.wanted: tuple[str, float] | None = None
        """A pause to take as soon as the call in hand is done: reason and seconds."""
        self.going = False
        """Whether the shift is over and the agent leaves as soon as possible."""

    @property
    def id(self) -> str:
        """The agent's id in events."""
        return self.worker.id


class Waiting:
    """Somebody who waits for an agent: a caller in a queue, or a contact who just answered."""

    __slots__ = ("open", "since", "turn")

    def __init__(self, turn: simpy.Event, since: float) -> None:
        self.turn = turn
        self.since = since
        self.open = True


class Floor:
    """Matches those who wait with agents who are free, longest wait and longest idle first."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.agents: list[Agent] = []
        self.idle: dict[Agent, None] = {}
        self.lines: dict[str, deque[Waiting]] = {}
        """Who waits, by queue or campaign."""

    def change(self, agent: Agent, **changes: object) -> None:
        """Tell the feed what the agent chose or does now."""
        self.stage.emit("agent.changed", agent.id, {"agent": agent.id, **changes})

    def act(self, agent: Agent, activity: str, **details: object) -> None:
        """The agent turns to something else."""
        agent.activity = activity
        self.change(agent, activity=activity, **details)

    def release(self, agent: Agent) -> None:
        """The agent has finished with a call and is free, unless due to pause or to leave."""
        if agent.activity != "idle":
            self.act(agent, "idle", call=None)
        if agent.going:
            self._leave(agent)
        elif agent.wanted:
            reason, seconds = agent.wanted
            agent.wanted = None
            self._pause(agent, reason, seconds)
        elif agent.presence == "available":
            self._match(agent)

    def sign_in(self, agent: Agent) -> None:
        """The agent's shift begins."""
        agent.presence = "available"
        agent.going = False
        self.agents.append(agent)
        details = {"campaign": agent.worker.campaigns[0]} if agent.worker.campaigns else {}
        self.change(
            agent,
            presence="available",
            reason=None,
            activity="idle",
            queues=list(agent.worker.queues),
            **details,
        )
        self._match(agent)

    def sign_off(self, agent: Agent) -> None:
        """The agent's shift ends: now, or as soon as the call in hand is done."""
        agent.going = True
        if agent.activity == "idle":
            self._leave(agent)

    def ask_pause(self, agent: Agent, reason: str, seconds: float) -> None:
        """The agent wants a pause, and has it as soon as the call in hand is done."""
        if agent.presence != "available" or agent.going:
            return
        if agent.activity == "idle":
            self._pause(agent, reason, seconds)
            return
        agent.wanted = (reason, seconds)
        if self.stage.chance(0.5):
            agent.presence = "paused"
            agent.pause = reason
            self.change(agent, presence="paused", reason=reason)

    def fail(self, agent: Agent, seconds: float) -> None:
        """A free agent's telephone stops working for a while."""
        if agent not in self.idle:
            return
        del self.idle[agent]
        self.act(agent, "fault")
        self.stage.after(seconds, lambda: self.release(agent))

    def take(self, line: str) -> Agent | None:
        """The agent who has been free longest among those with this queue or campaign."""
        for agent in self.idle:
            if line in agent.worker.queues or line in agent.worker.campaigns:
                del self.idle[agent]
                return agent
        return None

    def free(self, line: str) -> int:
        """How many agents with this queue or campaign are free."""
        return sum(
            line in agent.worker.queues or line in agent.worker.campaigns for agent in self.idle
        )

    def join(self, line: str, first: bool = False) -> Waiting:
        """Wait for an agent, behind the others or before them; the turn's value is the agent."""
        waiting = Waiting(self.stage.env.event(), self.stage.now)
        agent = self.take(line)
        if agent is not None:
            waiting.open = False
            waiting.turn.succeed(agent)
        else:
            queue = self.lines.setdefault(line, deque())
            queue.appendleft(waiting) if first else queue.append(waiting)
        return waiting

    def give_up(self, line: str, waiting: Waiting, reason: str) -> None:
        """Stop waiting, if no agent was found before: the turn's value is then the reason."""
        if waiting.open:
            waiting.open = False
            self.lines[line].remove(waiting)
            waiting.turn.succeed(reason)

    def _match(self, agent: Agent) -> None:
        best: Waiting | None = None
        for line in self._lines_of(agent):
            queue = self.lines.get(line)
            if queue and (best is None or queue[0].since < best.since):
                best = queue[0]
                at = queue
        if best is None:
            self.idle[agent] = None
            return
        at.popleft()
        best.open = False
        best.turn.succeed(agent)

    @staticmethod
    def _lines_of(agent: Agent) -> Iterable[str]:
        # Contacts who answered are dropped within two seconds, so they come before callers.
        yield from agent.worker.campaigns
        yield from agent.worker.queues

    def _pause(self, agent: Agent, reason: str, seconds: float) -> None:
        self.idle.pop(agent, None)
        if agent.presence != "paused" or agent.pause != reason:
            agent.presence = "paused"
            agent.pause = reason
            self.change(agent, presence="paused", reason=reason)
        self.stage.run(self._pausing(agent, seconds))

    def _pausing(self, agent: Agent, seconds: float) -> Steps:
        yield self.stage.wait(seconds)
        if agent.presence == "paused" and not agent.going:
            agent.presence = "available"
            agent.pause = ""
            self.change(agent, presence="available", reason=None)
            self._match(agent)

    def _leave(self, agent: Agent) -> None:
        self.idle.pop(agent, None)
        if agent.presence == "offline":
            return
        agent.presence = "offline"
        agent.wanted = None
        self.agents.remove(agent)
        self.change(agent, presence="offline", reason=None, activity="idle", call=None)
