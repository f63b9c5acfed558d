"""One simulated day, generated once for all the tests that look at it."""

import json
from datetime import date
from typing import Any

import pytest

from wallboard.simulation.blocks import Block, block_of
from wallboard.simulation.center import simulate
from wallboard.simulation.plan import Plan

Json = dict[str, Any]


@pytest.fixture(scope="session")
def block() -> Block:
    """A Tuesday in a zone with an offset."""
    return block_of(date(2024, 6, 11), "America/New_York")


@pytest.fixture(scope="session")
def encoded(block: Block) -> list[bytes]:
    """That day in a center of 64 agents, as encoded events."""
    return list(simulate(Plan(time_zone="America/New_York"), block))


@pytest.fixture(scope="session")
def day(encoded: list[bytes]) -> list[Json]:
    """The same, as plain values."""
    return [json.loads(event) for event in encoded]
