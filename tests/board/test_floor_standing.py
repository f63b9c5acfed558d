"""While feeds bring nothing but signs of life, the floor is not read again and again."""

import json
import sqlite3
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from wallboard.board.asking import Asking
from wallboard.board.snapshot import Interest, Snapshot
from wallboard.cache.opening import open_for_reading
from wallboard.cache.writing import open_for_writing
from wallboard.collector.collector import Collector
from wallboard.collector.ledger import Ledger
from wallboard.config import Configuration
from wallboard.facts.definitions import Settings
from wallboard.feeds.intake import Condition, Delivery, Origin, Stage
from wallboard.questions.floor_answers import AgentNow
from wallboard.questions.scope import Scope
from wallboard.reporting_time import Calendar

NOON = 1_772_452_800_000
"""2026-03-02 12:00 UTC."""
CALENDAR = Calendar("UTC")
FLOOR = Interest(floor=True)
Take = Callable[[int | None, int], Awaitable[None]]


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    """Where the cache is."""
    return tmp_path / "cache.sqlite"


@pytest.fixture
def take(cache: Path) -> Take:
    """Has a live feed tell of an agent by its number, or None for a heartbeat alone."""
    collector = Collector(Ledger(open_for_writing(cache), CALENDAR, Settings()), lambda: NOON)

    async def taken(number: int | None, at: int) -> None:
        if number is not None:
            said = {
                "specversion": "1.0", "id": str(number), "source": "s", "type": "agent.changed",
                "time": "2026-03-02T11:59:00Z", "sequence": str(number),
                "data": {"agent": f"a{number}", "presence": "available"},
            }  # fmt: skip
            await collector.take(Delivery("main", json.dumps(said).encode(), at, Origin.LIVE))
        collector.report("main", Condition(Stage.LIVE, at))
        await collector.flush()

    return taken


def agents(found: Snapshot) -> tuple[AgentNow, ...]:
    """The agents on the floor, the same object while it is not read again."""
    assert found.floor is not None
    return found.floor.agents


async def test_a_heartbeat_leaves_the_floor_as_it_was_read(cache: Path, take: Take) -> None:
    """But the moment it is of; an event, another scope or minute, and a gap have it read again."""
    await take(1, NOON)
    with open_for_reading(cache) as connection:
        asking = Asking(CALENDAR, Configuration())
        first = asking.snapshot(connection, FLOOR, NOON)
        await take(None, NOON + 5_000)
        second = asking.snapshot(connection, FLOOR, NOON + 5_000)
        assert agents(second) is agents(first)
        assert second.floor is not None
        assert second.floor.at == NOON + 5_000
        assert second.feeds != first.feeds

        await take(2, NOON + 6_000)
        third = asking.snapshot(connection, FLOOR, NOON + 6_000)
        assert [agent.agent for agent in agents(third)] == ["a1", "a2"]

        other = asking.snapshot(connection, Interest(Scope(team="x"), floor=True), NOON + 7_000)
        assert agents(other) == ()
        again = asking.snapshot(connection, FLOOR, NOON + 8_000)
        assert agents(again) == agents(third)
        later = asking.snapshot(connection, FLOOR, NOON + 60_000)
        assert agents(later) is not agents(again)

        with sqlite3.connect(cache) as writer:
            writer.execute(
                "INSERT INTO gaps (feed, started, ended, reason) VALUES ('main', ?, ?, 'lost')",
                (NOON, NOON + 1_000),
            )
        lost = asking.snapshot(connection, FLOOR, NOON + 61_000)
        assert lost.floor is not None
        assert not lost.floor.complete
