"""The simulated contact center: all its parts, put together for one block of time."""

from collections.abc import Iterator

from wallboard.simulation.blocks import Block
from wallboard.simulation.callbacks import Callbacks
from wallboard.simulation.definitions import define, define_targets
from wallboard.simulation.dialler import Dialler
from wallboard.simulation.floor import Floor
from wallboard.simulation.hours import Hours
from wallboard.simulation.inbound import Inbound
from wallboard.simulation.incidents import Incidents
from wallboard.simulation.lines import DIALLED
from wallboard.simulation.marketing import spend, touches
from wallboard.simulation.messages import WRITTEN, send_messages
from wallboard.simulation.office import deliver, view
from wallboard.simulation.pace import Pace
from wallboard.simulation.plan import Plan
from wallboard.simulation.roster import build_roster
from wallboard.simulation.shifts import work
from wallboard.simulation.stage import Stage, Steps
from wallboard.simulation.web import pool, visits

STEP = 600
"""Seconds that are simulated at a time, so that a whole block need not be held at once."""


class Center:
    """One block of the center's life, which can be let on as far as the clock has come."""

    def __init__(self, plan: Plan, block: Block, pace: Pace | None = None) -> None:
        self.block = block
        self.stage = stage = Stage(plan, block, pace or Pace())
        roster = build_roster(plan.agents, plan.seed)
        hours = Hours(block, plan.week_shift)
        floor = Floor(stage)
        callbacks = Callbacks(stage, floor)
        inbound = Inbound(stage, floor, hours, callbacks)
        diallers = [Dialler(stage, floor, hours, campaign) for campaign in DIALLED]
        define(stage, roster)
        for worker in roster:
            stage.run(work(stage, floor, worker, hours.staffed))
        stage.run(inbound.arrive())
        stage.run(callbacks.work())
        for dialler in diallers:
            stage.run(dialler.work())
        for beside in (spend, touches, pool, deliver, view):
            stage.run(beside(stage))
        stage.run(visits(stage, hours))
        for campaign in WRITTEN:
            stage.run(send_messages(stage, hours, campaign))
        stage.run(Incidents(stage, floor, inbound, diallers).happen())
        if stage.outbox.pace.speed != 1.0:
            stage.run(_hurry(stage))

    def advance(self, until: int) -> list[bytes]:
        """Let the center live on until a moment (UTC milliseconds of simulated time).

        Takes what happened before it: encoded events in time order, without their sequence.
        """
        seconds = (min(until, self.block.ends) - self.block.begins) / 1000
        if seconds > self.stage.now:
            self.stage.env.run(seconds)
        return self.stage.outbox.take()

    @property
    def over(self) -> bool:
        """Whether the block has come to its end."""
        return self.stage.now >= self.block.seconds


def simulate(plan: Plan, block: Block, pace: Pace | None = None) -> Iterator[bytes]:
    """Every event of a block in time order; the same plan and block give the same bytes."""
    center = Center(plan, block, pace)
    while not center.over:
        yield from center.advance(block.begins + int((center.stage.now + STEP) * 1000))


def _hurry(stage: Stage) -> Steps:
    """Where time runs faster from the anchor on, what is allowed shrinks from there on too."""
    pace = stage.outbox.pace
    yield stage.wait(max(0.001, (pace.anchor - stage.block.begins) / 1000))
    define_targets(stage, pace.speed)
