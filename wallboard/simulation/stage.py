"""What everything in one simulated block shares: its clock, its chances and its outbox."""

from collections.abc import Callable, Generator
from random import Random
from typing import Any

import simpy

from wallboard.simulation.blocks import Block
from wallboard.simulation.outbox import Data, Outbox
from wallboard.simulation.pace import Pace
from wallboard.simulation.plan import Plan

Steps = Generator[simpy.Event, Any, None]
"""A simpy process: what it yields is what it waits for."""

CLOSING = 300
"""Seconds before the end of a block from which on nobody is let in."""


class Stage:
    """The clock runs in seconds since the block began; ``random`` is the block's own."""

    def __init__(self, plan: Plan, block: Block, pace: Pace) -> None:
        self.plan = plan
        self.block = block
        self.env = simpy.Environment()
        self.random = Random(f"{plan.seed}/{block.begins}")
        self.outbox = Outbox(plan.source, block.tag, block.begins, pace)
        self.closing = block.seconds - CLOSING
        self._ids = 0
        self._tag = block.tag

    @property
    def now(self) -> float:
        """Seconds since the block began."""
        return self.env.now

    def emit(self, kind: str, subject: str, data: Data) -> None:
        """An event that happens now."""
        self.outbox.put(self.env.now, kind, subject, data)

    def time(self, later: float = 0) -> str:
        """The time now, or so many seconds from now, as events carry it."""
        return self.outbox.time(self.env.now + later)

    def since(self, then: float) -> float:
        """The seconds from then to now as the times on the events show them."""
        return (self.outbox.stamp(self.env.now) - self.outbox.stamp(then)) / 1000

    def identify(self, prefix: str) -> str:
        """An id that no other entity has."""
        self._ids += 1
        return f"{prefix}{self._tag}-{self._ids}"

    def wait(self, seconds: float) -> simpy.Event:
        """What a process yields to let time pass."""
        return self.env.timeout(seconds)

    def after(self, seconds: float, action: Callable[[], None]) -> None:
        """Do something later, but still within the block."""
        latest = max(0.0, self.block.seconds - 1 - self.env.now)
        timeout = self.env.timeout(min(seconds, latest))
        if timeout.callbacks is not None:
            timeout.callbacks.append(lambda _: action())

    def run(self, steps: Steps) -> None:
        """Start a process."""
        self.env.process(steps)

    def room(self, seconds: float, margin: float = 100) -> float:
        """So many seconds, but fewer where the block ends before: ``margin`` seconds are kept."""
        return max(0.5, min(seconds, self.block.seconds - margin - self.env.now))

    def chance(self, share: float) -> bool:
        """True in this share of cases, 0 to 1."""
        return self.random.random() < share

    def around(self, mean: float, spread: float = 0.5) -> float:
        """A positive length of time, log-normal with this mean (seconds) and sigma."""
        return mean * self.random.lognormvariate(-spread * spread / 2, spread)
