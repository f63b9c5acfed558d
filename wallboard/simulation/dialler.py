"""Outbound campaigns: a predictive dialler that over-dials, and one that dials agent by agent."""

from collections import deque
from typing import TYPE_CHECKING

from wallboard.simulation.calls import Call, Leg, answer_leg, end_call, end_leg, start_leg
from wallboard.simulation.contacts import Contact, Contacts
from wallboard.simulation.conversation import converse
from wallboard.simulation.floor import Agent, Floor
from wallboard.simulation.hours import Hours
from wallboard.simulation.lines import TRUNKS, Campaign
from wallboard.simulation.stage import Stage, Steps

if TYPE_CHECKING:
    from wallboard.simulation.outbox import Data

# What becomes of a dial: result, SIP code, share.
RESULTS = (
    ("human", 200, 0.30),
    ("machine", 200, 0.235),
    ("no_answer", 480, 0.275),
    ("busy", 486, 0.075),
    ("failed", 404, 0.065),
    ("rejected", 603, 0.025),
    ("fax", 200, 0.012),
    ("unknown", 200, 0.013),
)
_SHARES = [result[2] for result in RESULTS]
TICK = 2.0
"""Seconds between two decisions of the dialler."""
PATIENCE = 1.7
"""Seconds that a contact who answered is kept before the recorded message of a drop."""


class Dialler:
    """One campaign's dialling in one block."""

    def __init__(self, stage: Stage, floor: Floor, hours: Hours, campaign: Campaign) -> None:
        self.stage = stage
        self.floor = floor
        self.hours = hours
        self.campaign = campaign
        self.contacts = Contacts(stage, campaign)
        self.broken: set[str] = set()
        """Trunks that no call gets through at the moment."""
        self._ratio = 1.8
        self._in_flight = 0
        self._recent: deque[bool] = deque(maxlen=250)
        """Whether each of the latest live answers was dropped."""

    def work(self) -> Steps:
        """Dial while contacts may be called and the block is open."""
        stage = self.stage
        self.contacts.load()
        while stage.now < stage.closing - 120:
            if not self.hours.may_dial(stage.now):
                yield stage.wait(60)
                continue
            yield stage.wait(TICK)
            if not self.floor.idle:
                continue
            free = self.floor.free(self.campaign.id)
            if self.campaign.direction == "blended":
                # One agent is left for those who call in.
                free -= 1
            if self.campaign.mode == "progressive":
                if free and (agent := self.floor.take(self.campaign.id)):
                    stage.run(self._dial_for(agent))
                continue
            for _ in range(round(free * self._ratio) - self._in_flight):
                stage.run(self._dial())

    def _begin(self, contact: Contact, agent: Agent | None) -> tuple[Call, Leg]:
        stage = self.stage
        contact.attempts += 1
        call = Call(
            id=stage.identify("c"),
            direction="outbound",
            person=contact.person,
            account=self.campaign.account,
            campaign=self.campaign.id,
            call_type="outbound",
            started=stage.now,
            contact=contact.id,
            recorded=stage.chance(0.93),
        )
        data: Data = {
            "call": call.id,
            "direction": "outbound",
            "account": call.account,
            "campaign": call.campaign,
            "list": contact.list,
            "contact": contact.id,
            "attempt": contact.attempts,
            "from_number": self.campaign.number,
            "to_number": contact.person.number,
            "location": contact.person.location,
        }
        if contact.part:
            data["sub_campaign"] = contact.part
        if agent:
            data["agent"] = agent.id
        stage.emit("call.started", call.id, data)
        trunk = stage.random.choice(TRUNKS)
        leg = start_leg(
            stage, call, "B", number=contact.person.number, name=contact.person.name, trunk=trunk
        )
        return call, leg

    def _ring(self, leg: Leg) -> tuple[str, int, float]:
        """What becomes of a dial, with the code and the seconds until then."""
        stage = self.stage
        if leg.trunk in self.broken:
            return "congestion", 503, stage.random.uniform(0.2, 0.8)
        result, code, _ = stage.random.choices(RESULTS, _SHARES)[0]
        if result == "no_answer":
            return result, code, stage.random.uniform(22, 30)
        if result in {"busy", "failed", "rejected"}:
            return result, code, stage.random.uniform(0.8, 4)
        return result, code, 3 + stage.around(9, 0.5)

    def _dial(self) -> Steps:
        stage = self.stage
        contact = self.contacts.next()
        self._in_flight += 1
        call, leg = self._begin(contact, None)
        result, code, seconds = self._ring(leg)
        yield stage.wait(seconds)
        self._in_flight -= 1
        if result in {"human", "unknown"}:
            yield from self._connect(call, leg, result)
        elif result in {"machine", "fax"}:
            yield from self._machine(call, leg, result, contact)
        else:
            self._fail(call, leg, result, code, contact)

    def _connect(self, call: Call, leg: Leg, by: str) -> Steps:
        """A person answered: an agent at once, or within two seconds, or the call is dropped."""
        stage = self.stage
        answer_leg(stage, call, leg, by=by)
        waiting = self.floor.join(self.campaign.id)
        if waiting.open:
            # Now and then the agent comes a moment too late: connected, and a drop all the same.
            patience = PATIENCE if stage.chance(0.9) else 3.5
            line = self.campaign.id
            stage.after(patience, lambda: self.floor.give_up(line, waiting, "dropped"))
        agent = yield waiting.turn
        if not isinstance(agent, Agent):
            self._learn(True)
            yield stage.wait(stage.random.uniform(1, 4))
            end_call(stage, call, "dropped", "system")
            return
        yield from self._talk(call, agent, stage.random.uniform(0.05, 0.25))
        self._learn(False)

    def _talk(self, call: Call, agent: Agent, seconds: float) -> Steps:
        stage = self.stage
        own = start_leg(stage, call, "A", agent=agent.id)
        self.floor.act(agent, "on_call", call=call.id)
        yield stage.wait(seconds)
        answer_leg(stage, call, own)
        yield from converse(stage, self.floor, call, agent, own, self.campaign.talk_seconds)

    def _learn(self, dropped: bool) -> None:
        """Dial more while few are dropped, and less as soon as too many are."""
        self._recent.append(dropped)
        rate = (sum(self._recent) + 1) / (len(self._recent) + 50)
        step = 0.03 if rate < self.campaign.drop_target else -0.12
        self._ratio = min(3.2, max(0.6, self._ratio + step))

    def _machine(self, call: Call, leg: Leg, by: str, contact: Contact) -> Steps:
        """An answering machine; one in eight is taken for a person and reaches an agent."""
        stage = self.stage
        answer_leg(stage, call, leg, by=by)
        self.contacts.again(contact)
        agent = self.floor.take(self.campaign.id) if stage.chance(0.12) else None
        if agent is None:
            yield stage.wait(stage.random.uniform(1.5, 5))
            end_call(stage, call, by, "system")
            return
        own = start_leg(stage, call, "A", agent=agent.id)
        self.floor.act(agent, "on_call", call=call.id)
        yield stage.wait(0.2)
        answer_leg(stage, call, own)
        yield stage.wait(stage.random.uniform(3, 9))
        end_call(stage, call, by, "agent")
        self.floor.release(agent)

    def _fail(self, call: Call, leg: Leg, result: str, code: int, contact: Contact) -> None:
        stage = self.stage
        end_leg(stage, call, leg, result, by="system", code=code)
        end_call(stage, call, "failed" if result == "congestion" else result, "system")
        if result != "failed":
            self.contacts.again(contact)

    def _dial_for(self, agent: Agent) -> Steps:
        """The agent sees the contact first, then the contact is dialled."""
        stage = self.stage
        yield stage.wait(0)
        contact = self.contacts.next()
        call, leg = self._begin(contact, agent)
        self.floor.act(agent, "dialling", call=call.id)
        result, code, seconds = self._ring(leg)
        yield stage.wait(seconds)
        if result in {"human", "unknown"}:
            answer_leg(stage, call, leg, by=result)
            yield from self._talk(call, agent, 0.1)
            return
        if result in {"machine", "fax"}:
            answer_leg(stage, call, leg, by=result)
            yield stage.wait(stage.random.uniform(2, 5))
            end_call(stage, call, result, "agent")
            self.contacts.again(contact)
        else:
            self._fail(call, leg, result, code, contact)
        if stage.chance(0.3):
            yield stage.wait(stage.random.uniform(3, 15))
        self.floor.release(agent)
