"""Slices of a simulated center's day, numbered as a feed numbers them."""

import json
from datetime import date
from functools import cache
from typing import Any

from wallboard.simulation.blocks import block_of
from wallboard.simulation.center import Center
from wallboard.simulation.plan import Plan

Json = dict[str, Any]
ZONE = "Europe/Paris"
DAY = date(2026, 3, 2)


@cache
def simulated(seed: int, hours: int = 10, agents: int = 6) -> tuple[Json, ...]:
    """The events from midnight until so many hours later, sequence 1 and on."""
    block = block_of(DAY, ZONE)
    center = Center(Plan(agents=agents, seed=seed, time_zone=ZONE), block)
    told = center.advance(block.begins + hours * 3_600_000)
    return tuple({**json.loads(event), "sequence": str(at)} for at, event in enumerate(told, 1))
