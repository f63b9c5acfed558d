"""Things that go wrong and that a supervisor should notice, some small, a few of them large."""

from random import Random

from wallboard.simulation.dialler import Dialler
from wallboard.simulation.floor import Floor
from wallboard.simulation.inbound import Inbound
from wallboard.simulation.lines import QUEUES, TRUNKS
from wallboard.simulation.stage import Stage, Steps

LARGE_A_DAY = 3
KINDS = ("trunk", "lunch", "flood")


class Incidents:
    """Decides, by the seed and the day alone, what goes wrong when."""

    def __init__(
        self, stage: Stage, floor: Floor, inbound: Inbound, diallers: list[Dialler]
    ) -> None:
        self.stage = stage
        self.floor = floor
        self.inbound = inbound
        self.diallers = diallers
        # Its own chances: the moments must not depend on how the calls turn out.
        self.random = Random(f"{stage.plan.seed}/{stage.block.begins}/incidents")

    def happen(self) -> Steps:
        """Something small every five to nine minutes, something large a few times a day."""
        for kind in KINDS[:LARGE_A_DAY]:
            self.stage.run(self._large(kind))
        while self.stage.now < self.stage.closing - 600:
            yield self.stage.wait(self.random.uniform(300, 540))
            # Outside the hours of dialling a broken trunk would be noticed by nobody.
            dialling = self.inbound.hours.may_dial(self.stage.now)
            shares = (0.45, 0.25, 0.30) if dialling else (0, 0.3, 0.7)
            self._begin(self.random.choices(KINDS, shares)[0], 0.2)

    def _large(self, kind: str) -> Steps:
        # In the busy half of the day: from four to fourteen hours after the block's beginning.
        length = self.stage.block.seconds
        yield self.stage.wait(length * self.random.uniform(0.2, 0.55))
        self._begin(kind, 1.0)

    def _begin(self, kind: str, size: float) -> None:
        if kind == "trunk":
            self.stage.run(self._trunk_fails(size))
        elif kind == "lunch":
            self._team_leaves(size)
        else:
            self.stage.run(self._flood(size))

    def _trunk_fails(self, size: float) -> Steps:
        """Every dial over one trunk fails for between half a minute and five minutes."""
        trunk = self.random.choice(TRUNKS)
        for dialler in self.diallers:
            dialler.broken.add(trunk)
        yield self.stage.wait(30 + 270 * size * self.random.uniform(0.7, 1))
        for dialler in self.diallers:
            dialler.broken.discard(trunk)

    def _team_leaves(self, size: float) -> None:
        """A team goes for coffee or to lunch together."""
        teams = sorted({agent.worker.team for agent in self.floor.agents})
        if not teams:
            return
        by_team = [
            [agent for agent in self.floor.agents if agent.worker.team == team] for team in teams
        ]
        members = max(by_team, key=len) if size == 1.0 else self.random.choice(by_team)
        leaving = members if size == 1.0 else members[: max(2, len(members) // 2)]
        for agent in leaving:
            long = (
                self.random.uniform(1_200, 1_700) if size == 1.0 else self.random.uniform(120, 240)
            )
            self.floor.ask_pause(agent, "lunch" if size == 1.0 else "break", long)

    def _flood(self, size: float) -> Steps:
        """Many call the same queue within a few minutes."""
        stage = self.stage
        queue = self.random.choice(QUEUES)
        rate = stage.plan.busiest_hour / 3600 * self.inbound.hours.arrivals(stage.now)
        # As many as usually come, over all queues, within five minutes (small: one minute).
        calls = max(3, round(rate * 300 * size))
        for _ in range(calls):
            if stage.now >= stage.closing:
                return
            stage.run(self.inbound.caller(queue))
            yield stage.wait(self.random.expovariate(calls / (60 + 200 * size)))
