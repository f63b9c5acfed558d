"""Which moment the board shows: now, or the end of a recording of another day."""

import json
from pathlib import Path

from wallboard.board.asking import Asking
from wallboard.board.snapshot import Interest
from wallboard.cache.opening import open_for_reading
from wallboard.cache.writing import open_for_writing
from wallboard.collector.collector import Collector
from wallboard.collector.ledger import Ledger
from wallboard.config import Configuration
from wallboard.facts.definitions import Settings
from wallboard.feeds.intake import Condition, Stage
from wallboard.questions.floor_answers import Floor
from wallboard.reporting_time import Calendar

CALENDAR = Calendar("UTC")
DAY = 86_400_000
ENDED = 1_772_452_860_000
"""2026-03-02 12:01 UTC, when the recorded call ended."""


def line(number: int, event: str, second: int, **data: object) -> bytes:
    """One recorded event of the call, so many seconds after noon."""
    return json.dumps(
        {
            "specversion": "1.0",
            "id": str(number),
            "source": "s",
            "type": event,
            "time": f"2026-03-02T12:0{second // 60}:{second % 60:02}Z",
            "data": {"call": "c", **data},
        }
    ).encode()


RECORDING = [
    line(1, "call.started", 0, direction="inbound"),
    line(2, "leg.started", 1, leg="a", kind="A", agent="x"),
    line(3, "leg.answered", 9, leg="a"),
    line(4, "call.ended", 60, reason="completed"),
]


async def _floor(tmp_path: Path, stage: Stage, now: int) -> Floor:
    """What a board shows at `now` of the recording, in a feed at this stage."""
    db = open_for_writing(tmp_path / "cache.sqlite")
    collector = Collector(Ledger(db, CALENDAR, Settings()), lambda: now)
    await collector.take_lines("import", RECORDING)
    collector.report("import", Condition(stage, now))
    await collector.flush()
    db.close()
    connection = open_for_reading(tmp_path / "cache.sqlite")
    try:
        snapshot = Asking(CALENDAR, Configuration()).snapshot(connection, Interest(floor=True), now)
    finally:
        connection.close()
    assert snapshot.floor is not None
    return snapshot.floor


async def test_a_recording_of_another_day_is_shown_as_it_ended(tmp_path: Path) -> None:
    """Its own day with its calls, not today with none."""
    shown = await _floor(tmp_path, Stage.FINISHED, ENDED + 2 * DAY)
    assert shown.at == ENDED
    assert shown.headline.answer_rate.denominator == 1


async def test_a_recording_of_today_is_shown_now(tmp_path: Path) -> None:
    """Whoever still waits in it waits until now."""
    shown = await _floor(tmp_path, Stage.FINISHED, ENDED + 60_000)
    assert shown.at == ENDED + 60_000
    assert shown.headline.answer_rate.denominator == 1


async def test_a_feed_that_goes_on_is_shown_now(tmp_path: Path) -> None:
    """However long ago its last event was: today is empty, and that is true."""
    shown = await _floor(tmp_path, Stage.LIVE, ENDED + 2 * DAY)
    assert shown.at == ENDED + 2 * DAY
    assert shown.headline.answer_rate.denominator == 0
