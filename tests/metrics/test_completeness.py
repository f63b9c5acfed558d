"""A gap makes the numbers of the periods that it touches incomplete, and of no others."""

import json
from pathlib import Path

import pytest

from tests.agreement.stories import DAY, NOON, Story
from tests.agreement.through_cache import reading
from wallboard.cache.writing import open_for_writing
from wallboard.collector.ledger import Ledger
from wallboard.collector.part import Part
from wallboard.config import Configuration
from wallboard.events import decode_lines
from wallboard.facts.definitions import Settings
from wallboard.feeds.coverage import Span
from wallboard.metrics.answers import Answer
from wallboard.metrics.asked import Asked
from wallboard.metrics.catalogue import BY_SLUG
from wallboard.metrics.completeness import Completeness
from wallboard.metrics.engine import answers
from wallboard.reporting_time import Calendar

UTC = Calendar("UTC")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Two calls on a Monday, and ten events lost between 13 and 14 o'clock."""
    story = Story()
    for number, at in enumerate((0, 60)):
        call = f"c{number}"
        story.inbound(call, at)
        story.leg(call, "A", at, at + 5, at + 30, agent="ames")
        story.end(call, at + 30)
    path = tmp_path / "cache.sqlite"
    db = open_for_writing(path)
    try:
        ledger = Ledger(db, UTC, Settings())
        decoded = decode_lines(
            [json.dumps(event).encode() for event in story.events], message=ledger.next_message()
        )
        ledger.commit([Part("main", 1, b"", NOON, decoded, covers=False)], NOON)
        hour = 3_600_000
        ledger.record_lost("main", Span(100, 109), NOON + hour, NOON + 2 * hour, NOON + 3 * hour)
    finally:
        db.close()
    return path


def answer(path: Path, since: str, until: str) -> Answer:
    period = UTC.period(since, until, NOON + 2 * DAY)
    asked = Asked(period, UTC, Configuration().metrics, NOON + 2 * DAY)
    with reading(path) as connection:
        return answers(connection, [BY_SLUG["answer_rate"]], asked)["answer_rate"]


@pytest.mark.parametrize(
    ("since", "until", "complete"),
    [
        ("2025-11-10", "2025-11-10", False),
        ("2025-11-09", "2025-11-11", False),
        ("2025-11-10T13:30", "2025-11-10T13:31", False),
        ("2025-11-10T00:00", "2025-11-10T12:59", True),
        ("2025-11-10T14:01", "2025-11-11", True),
    ],
)
def test_only_what_the_gap_touches(path: Path, since: str, until: str, complete: bool) -> None:
    """The value is given either way; the note names the feed and the time."""
    found = answer(path, since, until)
    assert found.complete is complete
    if not complete:
        assert "feed main from 2025-11-10T13:00:00+00:00 to 2025-11-10T14:00:00" in found.note
    if since == "2025-11-10" == until:
        assert found.value == 1
        assert found.denominator == 2


@pytest.mark.parametrize(
    ("day", "told"),
    [("2025-11-09", "it begins at 2025-11-10T12:00"), ("2025-11-14", "has not begun")],
)
def test_what_lies_outside_is_not_complete(path: Path, day: str, told: str) -> None:
    """Before all that the cache knows, and after now: nothing is known of it."""
    found = answer(path, day, day)
    assert found.complete is False
    assert told in found.note


def test_types_that_never_came_are_listed_as_in_a_sentence() -> None:
    """One alone, two with `and`, more with commas before the last."""
    known = Completeness(frozenset({"call.started"}), "")
    assert known.missing(("call.started",)) == ""
    assert known.missing(("a",)) == "The feed never sent a."
    assert known.missing(("a", "b|c")) == "The feed never sent a, nor b or c."
    assert known.missing(("a", "call.started", "b", "c")) == "The feed never sent a, b and c."


@pytest.mark.parametrize(
    ("stage", "since", "complete"),
    [
        ("finished", "2025-11-11", False),
        ("disconnected", "2025-11-11", False),
        ("live", "2025-11-11", True),
        ("finished", "2025-11-10T12:00", True),
    ],
)
def test_nothing_is_known_after_the_last_event(
    path: Path, stage: str, since: str, complete: bool
) -> None:
    """Of a file that was taken in, or a feed that is gone: the days that follow are not empty."""
    db = open_for_writing(path)
    try:
        db.execute("DELETE FROM gaps")
        db.execute("UPDATE feeds SET stage = ?", [stage])
        db.conn.commit()
    finally:
        db.close()
    found = answer(path, since, "2025-11-11")
    assert found.complete is complete
    assert ("no feed goes on" in found.note) is not complete
