"""The simulated center written to a file."""

from datetime import datetime
from typing import BinaryIO

from wallboard.simulation.blocks import blocks_between, milliseconds
from wallboard.simulation.center import simulate
from wallboard.simulation.outbox import numbered
from wallboard.simulation.plan import Plan

DAY = 86_400_000


def write_events(plan: Plan, start: datetime, days: int, stream: BinaryIO) -> int:
    """Write so many days from ``start`` on as JSON Lines, numbered from 1; returns how many.

    ``start`` must have an offset (ValueError). The first and the last block are cut to fit
    and begin and end with an empty center, as every block does. A day has 24 hours.
    """
    begins = milliseconds(start)
    sequence = 0
    for block in blocks_between(begins, begins + days * DAY, plan.time_zone):
        for event in simulate(plan, block):
            sequence += 1
            stream.write(numbered(event, sequence) + b"\n")
    return sequence
