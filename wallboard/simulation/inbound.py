"""Callers: they arrive, choose, wait, are answered, or go without an answer."""

from collections import Counter
from typing import TYPE_CHECKING

from wallboard.simulation.attribution import draw_attribution
from wallboard.simulation.callbacks import Callbacks
from wallboard.simulation.calls import Call, answer_leg, end_call, start_leg
from wallboard.simulation.conversation import converse
from wallboard.simulation.floor import Floor
from wallboard.simulation.hours import Hours
from wallboard.simulation.lines import QUEUES, QUEUES_BY_ID, TRUNKS, QueueLine
from wallboard.simulation.marketing import touch
from wallboard.simulation.population import Person, draw_person
from wallboard.simulation.stage import Stage, Steps
from wallboard.simulation.waiting import stay_in_queue

if TYPE_CHECKING:
    from wallboard.simulation.outbox import Data

SHARE_WITHHELD = 0.04
SHARE_ATTRIBUTED = 0.66
SHARE_TOUCHED = 0.6
"""Of those whom something brought, the ones of whom it is known when they saw it."""
SHARE_MISROUTED = 0.03
SHARE_LOST = 0.001
_WEIGHTS = [queue.weight for queue in QUEUES]
END_REASONS = {"refused": "rejected", "callback": "abandoned"}
"""How a call ends whose last stay in a queue ended so, where the words differ."""


class Inbound:
    """The arrivals of one block."""

    def __init__(self, stage: Stage, floor: Floor, hours: Hours, callbacks: Callbacks) -> None:
        self.stage = stage
        self.floor = floor
        self.hours = hours
        self.callbacks = callbacks
        self.arrived: Counter[str] = Counter()

    def arrive(self) -> Steps:
        """Let callers in, as many as the hour brings, until the block closes."""
        stage = self.stage
        busiest = stage.plan.busiest_hour / 3600
        while stage.now < stage.closing:
            gap = stage.random.expovariate(busiest * self.hours.arrivals(stage.now))
            if gap > 300:
                # The rate may be another by then; an exponential wait has no memory.
                yield stage.wait(300)
                continue
            yield stage.wait(gap)
            if stage.now < stage.closing:
                stage.run(self.caller(stage.random.choices(QUEUES, _WEIGHTS)[0]))

    def caller(self, intended: QueueLine) -> Steps:
        """One call from its arrival to its end."""
        stage = self.stage
        random = stage.random
        person = draw_person(random)
        attribution = draw_attribution(random) if stage.chance(SHARE_ATTRIBUTED) else None
        if attribution and stage.chance(SHARE_TOUCHED):
            touch(stage, person.number, attribution)
            yield stage.wait(random.uniform(2, 60))
        call = self._begin(intended, person, attribution)
        menu = 1.0 + stage.around(4.0, 0.5)
        yield stage.wait(menu)
        if stage.chance(0.004):
            end_call(stage, call, "abandoned", "caller")
            return
        if stage.chance(SHARE_LOST):
            end_call(stage, call, "lost")
            return
        queue = random.choice(QUEUES) if stage.chance(SHARE_MISROUTED) else intended
        # A few hang up at once; the others' patience has a long tail.
        patience = random.uniform(1, 6) if stage.chance(0.012) else 10 + stage.around(210, 0.9)
        waiting_since = stage.now
        while True:
            left = max(0.5, patience - (stage.now - waiting_since))
            end = yield from stay_in_queue(stage, self.floor, call, queue, left)
            if end.reason == "overflowed" and queue.overflow:
                queue = QUEUES_BY_ID[queue.overflow]
                continue
            if end.agent is None or end.leg is None:
                break
            transferred = yield from converse(
                stage, self.floor, call, end.agent, end.leg, queue.talk_seconds
            )
            if transferred is None:
                return
            queue = transferred
            waiting_since = stage.now
        if end.reason == "voicemail":
            yield stage.wait(stage.room(stage.around(32), 30))
        reason = END_REASONS.get(end.reason, end.reason)
        end_call(stage, call, reason, "system" if reason in {"rejected", "timed_out"} else "caller")
        if not call.withheld and not call.connected:
            self.callbacks.ask(call, queue, wanted=end.reason in {"callback", "voicemail"})

    def _begin(self, intended: QueueLine, person: Person, attribution: "Data | None") -> Call:
        stage = self.stage
        random = stage.random
        call = Call(
            id=stage.identify("c"),
            direction="inbound",
            person=person,
            account=intended.account,
            campaign=intended.campaign,
            call_type=intended.call_type,
            started=stage.now,
            withheld=random.random() < SHARE_WITHHELD,
            tracked=random.random() < 0.93,
            recorded=random.random() < 0.94,
        )
        data: Data = {
            "call": call.id,
            "direction": "inbound",
            "account": call.account,
            "campaign": call.campaign,
            "from_number": None if call.withheld else call.person.number,
            "to_number": intended.number,
            "intended_queue": intended.id,
            "call_type": call.call_type,
            "tracked": call.tracked,
            "recording_eligible": random.random() < 0.97,
            "location": call.person.location,
        }
        if not call.withheld:
            data["caller_id"] = call.person.name
        if call.tracked and attribution:
            data["attribution"] = attribution
            call.source = str(attribution["source"])
        stage.emit("call.started", call.id, data)
        number: Data = {} if call.withheld else {"number": call.person.number}
        leg = start_leg(stage, call, "B", trunk=random.choice(TRUNKS), **number)
        answer_leg(stage, call, leg)
        self.arrived[intended.id] += 1
        return call
