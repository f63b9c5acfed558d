"""The simulated center in step with the clock, one block after another."""

from wallboard.simulation.blocks import Block, block_at
from wallboard.simulation.center import Center
from wallboard.simulation.pace import Pace
from wallboard.simulation.plan import Plan


class Live:
    """Begins with the block that holds ``anchor`` (UTC milliseconds) and never ends."""

    def __init__(self, plan: Plan, anchor: int, speed: float) -> None:
        self.block: Block = block_at(anchor, plan.time_zone)
        self._plan = plan
        self._pace = Pace(anchor, speed)
        self._center = Center(plan, self.block, self._pace)

    @property
    def epoch(self) -> str:
        """Names the numbering: the same plan, first day and pace number the same events alike."""
        plan, pace = self._plan, self._pace
        size = f"{plan.agents}-{plan.calls_per_hour or 'usual'}-{plan.seed}-{self.block.tag}"
        return size if pace.speed == 1.0 else f"{size}-{pace.anchor}-{pace.speed:g}"

    def due(self, clock: int) -> list[bytes]:
        """What happened since the last time when the clock shows this (UTC milliseconds)."""
        until = self._pace.simulated(clock)
        events = self._center.advance(until)
        while self._center.over:
            following = block_at(self._center.block.ends, self._plan.time_zone)
            self._center = Center(self._plan, following, self._pace)
            events += self._center.advance(until)
        return events
