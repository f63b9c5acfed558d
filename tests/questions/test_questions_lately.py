"""While events of the last half hour are still to come, what goes over it is unknown."""

import json
import sqlite3
from collections.abc import Awaitable, Callable
from datetime import date
from pathlib import Path

import pytest

from wallboard.board.periods import period_shown
from wallboard.cache.opening import open_for_reading
from wallboard.cache.writing import open_for_writing
from wallboard.collector.collector import Collector
from wallboard.collector.ledger import Ledger
from wallboard.config import Configuration, Metrics
from wallboard.facts.definitions import Settings
from wallboard.feeds.intake import Condition, Delivery, Origin, Stage
from wallboard.metrics.asked import Asked
from wallboard.metrics.live import live_answers
from wallboard.questions.floor import floor
from wallboard.questions.floor_answers import Floor
from wallboard.questions.hours import typical_day
from wallboard.questions.scope import Scope
from wallboard.reporting_time import Calendar
from wallboard.screens.floor_values import rates

NOON = 1_772_452_800_000
"""2026-03-02 12:00 UTC."""
MINUTE = 60_000
WEEK = 7 * 24 * 60 * MINUTE
CALENDAR = Calendar("UTC")
Take = Callable[[list[dict[str, object]], int], Awaitable[None]]


def event(number: int, kind: str, at: int, /, **data: object) -> dict[str, object]:
    """An event of the feed with this sequence number, at `at` (UTC ms)."""
    return {
        "specversion": "1.0", "id": str(number), "source": "s", "type": kind,
        "time": CALENDAR.local(at).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "sequence": str(number), "data": data,
    }  # fmt: skip


def changed(number: int, at: int, presence: str, activity: str = "idle") -> dict[str, object]:
    """The one agent changes."""
    return event(number, "agent.changed", at, agent="a", presence=presence, activity=activity)


def call(number: int, at: int) -> list[dict[str, object]]:
    """A call that an agent took, in four events; told whole within a minute."""
    name = f"c{number}"
    return [
        event(number, "call.started", at, call=name, direction="inbound"),
        event(number + 1, "leg.started", at + 1_000, call=name, leg="l", kind="A", agent="a"),
        event(number + 2, "leg.answered", at + 5_000, call=name, leg="l"),
        event(number + 3, "call.ended", at + 30_000, call=name, reason="completed"),
    ]


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    """Where the cache is."""
    return tmp_path / "cache.sqlite"


@pytest.fixture
def take(cache: Path) -> Take:
    """Takes in events, of which so many older ones are still to come."""
    collector = Collector(Ledger(open_for_writing(cache), CALENDAR, Settings()), lambda: NOON)

    async def taken(events: list[dict[str, object]], backlog: int) -> None:
        origin = Origin.REPLAY if backlog else Origin.LIVE
        await collector.take(Delivery("main", json.dumps(events).encode(), NOON, origin))
        collector.report("main", Condition(Stage.LIVE, NOON, backlog=backlog))
        await collector.flush()

    return taken


def seen(cache: Path) -> Floor:
    """The floor at noon."""
    with open_for_reading(cache) as connection:
        return floor(connection, CALENDAR, Configuration(), Scope(), NOON)


def occupancy_shown(found: Floor) -> tuple[str, str, bool]:
    """What the strip says of occupancy: the figure, what is below it, and whether it has a mark."""
    rate = next(rate for rate in rates(found, NOON, "Mon") if rate.key == "occupancy")
    return rate.value, rate.sample, rate.gap


async def test_occupancy_is_unknown_until_its_half_hour_is_there(cache: Path, take: Take) -> None:
    """Of the states only the last came first: busy since 11:50, though available since 11:20."""
    await take([changed(903, NOON - 10 * MINUTE, "available", "on_call")], 902)
    first = seen(cache)
    assert first.occupancy is None
    assert first.lately == "awaited"
    assert occupancy_shown(first) == ("–", "being fetched", False)
    assert not first.complete

    # From 11:40 on all is there: still not the whole of the half hour.
    await take([changed(902, NOON - 20 * MINUTE, "available")], 901)
    assert seen(cache).occupancy is None

    await take([changed(901, NOON - 40 * MINUTE, "available")], 900)
    whole = seen(cache)
    assert whole.lately == ""
    assert whole.occupancy == pytest.approx(10 / 30)
    assert occupancy_shown(whole) == ("33 %", "1 agent", False)


async def test_the_estimate_of_a_wait_is_unknown_so_long(cache: Path, take: Take) -> None:
    """What was handled in the last few minutes alone says little of how long others take."""
    lately = [*call(903, NOON - 5 * MINUTE), changed(907, NOON - MINUTE, "available")]
    await take(lately, 902)
    assert seen(cache).waiting.estimated_seconds is None
    await take([changed(902, NOON - 31 * MINUTE, "available")], 901)
    assert seen(cache).waiting.estimated_seconds is not None


async def test_the_catalogue_says_so_too(cache: Path, take: Take) -> None:
    """Null with the reason, as the floor has it; known when the half hour is there."""

    def asked() -> tuple[object, bool, str]:
        period = period_shown(CALENDAR, "today", NOON, None)
        with open_for_reading(cache) as connection:
            answer = live_answers(connection, Asked(period, CALENDAR, Metrics(), NOON, {}))[
                "occupancy"
            ]
        return answer.value, answer.complete, answer.note

    await take([changed(903, NOON - 10 * MINUTE, "available", "on_call")], 902)
    assert asked() == (None, False, "Older events of feed main are still to come.")
    await take([changed(902, NOON - 40 * MINUTE, "available", "on_call")], 901)
    assert asked()[0] == 1


async def test_weeks_before_count_once_they_are_there(cache: Path, take: Take) -> None:
    """Neither the trend nor the typical day rests on what came of a week so far."""

    def typical() -> dict[str, float]:
        with open_for_reading(cache) as connection:
            return dict(typical_day(connection, CALENDAR, Scope(), date(2026, 3, 2)))

    await take(call(901, NOON - WEEK - 60 * MINUTE), 900)
    await take(call(905, NOON - MINUTE), 900)
    assert seen(cache).before is None
    assert typical() == {}
    await take(call(897, NOON - WEEK - 24 * 60 * MINUTE), 896)
    before = seen(cache).before
    assert before is not None
    assert before.answer_rate.denominator == 1
    assert typical()["11"] == 1


async def test_what_was_lost_of_the_half_hour_is_marked(cache: Path, take: Take) -> None:
    """A gap in it leaves the figure, with the mark that the other rates have."""
    await take([changed(1, NOON - 40 * MINUTE, "available")], 0)
    assert occupancy_shown(seen(cache))[2] is False
    with sqlite3.connect(cache) as connection:
        connection.execute(
            "INSERT INTO gaps (feed, started, ended, reason) VALUES ('main', ?, ?, 'lost')",
            (NOON - 10 * MINUTE, NOON - 5 * MINUTE),
        )
    assert occupancy_shown(seen(cache)) == ("0 %", "1 agent", True)
