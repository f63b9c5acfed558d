"""Callers who were missed are called back by an agent who is free."""

from heapq import heappop, heappush

from wallboard.simulation.calls import Call, answer_leg, end_call, end_leg, start_leg
from wallboard.simulation.conversation import converse
from wallboard.simulation.floor import Agent, Floor
from wallboard.simulation.lines import TRUNKS, QueueLine
from wallboard.simulation.stage import Stage, Steps

SHARE_ANSWERED = 0.62


class Callbacks:
    """Those who are to be called back, by the time from which on."""

    def __init__(self, stage: Stage, floor: Floor) -> None:
        self.stage = stage
        self.floor = floor
        self._due: list[tuple[float, int, Call, QueueLine]] = []
        self._asked = 0

    def ask(self, missed: Call, queue: QueueLine, wanted: bool) -> None:
        """Put a missed caller on the list; those who did not ask for it, not always."""
        if self.stage.chance(0.9 if wanted else 0.6):
            self._asked += 1
            due = self.stage.now + self.stage.random.uniform(240, 3_600)
            heappush(self._due, (due, self._asked, missed, queue))

    def work(self) -> Steps:
        """Look every half minute whether someone is due and an agent can be spared."""
        stage = self.stage
        while stage.now < stage.closing - 120:
            yield stage.wait(30)
            if self._due and self._due[0][0] <= stage.now:
                queue = self._due[0][3]
                if self.floor.free(queue.id) > 1 and (agent := self.floor.take(queue.id)):
                    stage.run(self._call(agent, heappop(self._due)[2], queue))

    def _call(self, agent: Agent, missed: Call, queue: QueueLine) -> Steps:
        stage = self.stage
        random = stage.random
        call = Call(
            id=stage.identify("c"),
            direction="outbound",
            person=missed.person,
            account=missed.account,
            campaign=missed.campaign,
            call_type=missed.call_type,
            started=stage.now,
            recorded=True,
        )
        stage.emit(
            "call.started",
            call.id,
            {
                "call": call.id,
                "direction": "outbound",
                "account": call.account,
                "campaign": call.campaign,
                "from_number": queue.number,
                "to_number": call.person.number,
                "agent": agent.id,
                "call_type": "callback",
                "location": call.person.location,
            },
        )
        self.floor.act(agent, "dialling", call=call.id)
        leg = start_leg(
            stage, call, "B", number=call.person.number, trunk=random.choice(TRUNKS),
            name=call.person.name,
        )  # fmt: skip
        yield stage.wait(random.uniform(5, 22))
        if not stage.chance(SHARE_ANSWERED):
            end_leg(stage, call, leg, "no_answer", by="system", code=480)
            end_call(stage, call, "no_answer", "system")
            self.floor.release(agent)
            return
        answer_leg(stage, call, leg, by="human")
        own = start_leg(stage, call, "A", agent=agent.id)
        yield stage.wait(0.2)
        answer_leg(stage, call, own)
        self.floor.act(agent, "on_call", call=call.id)
        yield from converse(stage, self.floor, call, agent, own, queue.talk_seconds * 0.8)
