"""While the events of today are still being fetched, the floor says that it is not complete."""

import json
from pathlib import Path

from wallboard.cache.opening import open_for_reading
from wallboard.cache.writing import open_for_writing
from wallboard.collector.collector import Collector
from wallboard.collector.ledger import Ledger
from wallboard.config import Configuration
from wallboard.facts.definitions import Settings
from wallboard.feeds.intake import Condition, Delivery, Origin, Stage
from wallboard.questions.floor import floor
from wallboard.questions.floor_answers import Floor
from wallboard.questions.scope import Scope
from wallboard.reporting_time import Calendar

NOON = 1_772_452_800_000
"""2026-03-02 12:00 UTC."""

CALENDAR = Calendar("UTC")


def messages(first: int, last: int, hour: int) -> bytes:
    """Events with these sequence numbers, a second apart from an hour of the day on."""
    return json.dumps(
        [
            {
                "specversion": "1.0",
                "id": str(number),
                "source": "s",
                "type": "agent.changed",
                "time": f"2026-03-0{2 if hour >= 0 else 1}T{hour % 24:02}:00:{number % 60:02}Z",
                "sequence": str(number),
                "data": {"agent": "a", "presence": "available"},
            }
            for number in range(first, last + 1)
        ]
    ).encode()


async def test_today_is_complete_only_once_its_events_are_there(tmp_path: Path) -> None:
    """History comes newest first: until it reaches midnight, today is marked and says since when.

    What is still to come of yesterday no longer matters then; nor is a restart a reason to forget.
    """
    cache = tmp_path / "cache.sqlite"
    db = open_for_writing(cache)
    collector = Collector(Ledger(db, CALENDAR, Settings()), lambda: NOON)

    async def after(text: bytes, origin: Origin, backlog: int) -> Floor:
        await collector.take(Delivery("main", text, NOON, origin))
        collector.report("main", Condition(Stage.LIVE, NOON, backlog=backlog))
        await collector.flush()
        return shown()

    def shown() -> Floor:
        connection = open_for_reading(cache)
        try:
            return floor(connection, CALENDAR, Configuration(), Scope(), NOON)
        finally:
            connection.close()

    live = await after(messages(901, 910, 11), Origin.LIVE, 900)
    assert not live.complete
    assert "from before 11:00:01 are still to come from feed main" in live.note

    morning = await after(messages(801, 900, 8), Origin.REPLAY, 800)
    assert not morning.complete
    assert "from before 08:00:21" in morning.note

    db.close()
    db = open_for_writing(cache)
    collector = Collector(Ledger(db, CALENDAR, Settings()), lambda: NOON)
    assert shown().note == morning.note

    yesterday = await after(messages(701, 800, -1), Origin.REPLAY, 700)
    assert yesterday.complete
    assert yesterday.note == ""

    jumped = await after(messages(950, 960, 11), Origin.LIVE, 739)
    assert not jumped.complete
    filled = await after(messages(911, 949, 11), Origin.REPLAY, 700)
    assert filled.complete
    db.close()


async def test_a_snapshot_alone_is_no_complete_day(tmp_path: Path) -> None:
    """Before the feed has said how much is still to come, what the snapshot held is not today."""
    for stage in (Stage.CONNECTING, Stage.CATCHING_UP):
        await snapshot_alone(tmp_path / f"{stage.value}.sqlite", stage)


async def snapshot_alone(cache: Path, stage: Stage) -> None:
    """A snapshot of a feed in this stage, and nothing else."""
    db = open_for_writing(cache)
    collector = Collector(Ledger(db, CALENDAR, Settings()), lambda: NOON)
    collector.report("main", Condition(stage, NOON))
    await collector.take_snapshot(
        "main", epoch="e", sequence=900, time=NOON, events=messages(890, 900, 11)
    )
    await collector.flush()
    connection = open_for_reading(cache)
    shown = floor(connection, CALENDAR, Configuration(), Scope(), NOON)
    connection.close()
    db.close()
    assert not shown.complete
    assert shown.note == "today is not complete yet: events are still to come from feed main"


async def test_a_feed_that_offers_only_part_of_today_is_no_complete_day(tmp_path: Path) -> None:
    """Numbers from 801 on: there were others, which the feed may come to offer. From 1 on: none."""
    for first, note in ((801, "feed main has nothing from before 08:00:21 yet"), (1, "")):
        cache = tmp_path / f"{first}.sqlite"
        db = open_for_writing(cache)
        collector = Collector(Ledger(db, CALENDAR, Settings()), lambda: NOON)
        await collector.take(Delivery("main", messages(first, 900, 8), NOON, Origin.LIVE))
        collector.report("main", Condition(Stage.LIVE, NOON, backlog=0))
        await collector.flush()
        connection = open_for_reading(cache)
        shown = floor(connection, CALENDAR, Configuration(), Scope(), NOON)
        connection.close()
        db.close()
        assert shown.complete is not bool(note)
        assert shown.note == (f"today is not complete: {note}" if note else "")
