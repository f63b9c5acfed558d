"""New numbering, numbers that are lost, and snapshots."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.collector.books import RECEIVED, Books, Json
from wallboard.collector.collector import Collector
from wallboard.feeds.coverage import Span
from wallboard.feeds.intake import Delivery

NewBooks = Callable[..., Books]
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def event(kind: str, sequence: int | None, second: float, **data: Any) -> Json:
    made: Json = {
        "specversion": "1.0",
        "id": f"{kind} {sequence} {data.get('call')} {second}",
        "source": "/pbx",
        "type": kind,
        "time": (NOON + timedelta(seconds=second)).isoformat(),
        "data": data,
    }
    return made if sequence is None else {**made, "sequence": str(sequence)}


def started(call: str, sequence: int | None, second: float) -> Json:
    return event("call.started", sequence, second, call=call, direction="inbound")


def ended(call: str, sequence: int | None, second: float, reason: str = "completed") -> Json:
    return event("call.ended", sequence, second, call=call, reason=reason)


def at(second: float) -> int:
    return int(NOON.timestamp() * 1_000 + second * 1_000)


class Desk:
    """A collector with its cache."""

    def __init__(self, books: Books) -> None:
        self.books = books
        self.collector = Collector(books.ledger, lambda: RECEIVED)

    async def take(self, *events: Json) -> None:
        await self.collector.take(Delivery("main", json.dumps(events).encode(), RECEIVED))
        await self.collector.flush()

    async def snapshot(
        self, *events: Json, sequence: int | None, second: float, epoch: str = "one"
    ) -> None:
        await self.collector.take_snapshot(
            "main",
            epoch=epoch,
            sequence=sequence,
            time=at(second),
            events=json.dumps(events).encode(),
        )

    def ends(self) -> dict[str, str | None]:
        return dict(self.books.rows("SELECT id, end_reason FROM calls ORDER BY id"))

    def feed(self) -> tuple[Any, ...]:
        return self.books.rows("SELECT epoch, coverage FROM feeds WHERE feed = 'main'")[0]

    def gaps(self) -> list[tuple[Any, ...]]:
        return self.books.rows("SELECT epoch, first, last, started, ended FROM gaps")


@pytest.fixture
async def desk(books: NewBooks) -> Desk:
    return Desk(books())


async def test_open_calls_that_a_snapshot_omits_are_lost(desk: Desk) -> None:
    await desk.take(started("c", 1, 0), started("d", 2, 1), started("e", 3, 2), ended("e", 4, 3))
    await desk.snapshot(started("d", 2, 1), sequence=10, second=60)
    assert desk.ends() == {"c": "lost", "d": None, "e": "completed"}
    assert desk.books.rows("SELECT sum(missed), sum(ended), sum(calls) FROM hour_rollup") == [
        (1, 2, 3)
    ]


async def test_a_real_end_that_arrives_later_overrules(desk: Desk) -> None:
    await desk.take(started("c", 1, 0))
    await desk.snapshot(sequence=10, second=60)
    await desk.take(ended("c", 5, 30, "abandoned"))
    assert desk.ends() == {"c": "abandoned"}
    assert desk.books.rows("SELECT ended FROM calls") == [(at(30),)]
    never_lost = Desk(desk.books)
    assert never_lost.books.rows("SELECT sum(abandoned) FROM hour_rollup") == [(1,)]


async def test_a_later_snapshot_that_names_it_opens_it_again(desk: Desk) -> None:
    """A standby lagged behind: what it did not know yet was going on all the time."""
    await desk.take(started("c", 1, 0), started("d", 2, 1))
    await desk.snapshot(sequence=10, second=60)
    assert desk.ends() == {"c": "lost", "d": "lost"}
    await desk.snapshot(started("c", 1, 0), sequence=10, second=90)
    assert desk.ends() == {"c": None, "d": "lost"}
    assert desk.books.rows("SELECT sum(missed), sum(ended), sum(calls) FROM hour_rollup") == [
        (0, 1, 2)
    ]
    await desk.snapshot(started("c", 1, 0), sequence=10, second=120)
    again = Desk(desk.books)
    assert again.ends() == {"c": None, "d": "lost"}
    await again.snapshot(sequence=12, second=150)
    assert again.ends() == {"c": "lost", "d": "lost"}
    assert again.books.rows("SELECT ended FROM calls WHERE id = 'c'") == [(at(150),)]


async def test_an_older_snapshot_opens_nothing(desk: Desk) -> None:
    await desk.take(started("c", 1, 0))
    await desk.snapshot(sequence=10, second=60)
    await desk.snapshot(started("c", 1, 0), sequence=5, second=30)
    assert desk.ends() == {"c": "lost"}


async def test_a_later_event_of_its_course_opens_it_again(desk: Desk) -> None:
    """What was told late of before is no sign of life, and neither is what is said of a call."""
    await desk.take(started("c", 1, 0))
    await desk.snapshot(sequence=10, second=60)
    await desk.take(event("queue.entered", 2, 30, call="c", queue="q"))
    await desk.take(event("call.outcome", 11, 80, call="c", disposition="sold"))
    assert desk.ends() == {"c": "lost"}
    await desk.take(event("queue.left", 12, 70, call="c", queue="q", reason="abandoned"))
    assert desk.ends() == {"c": None}
    await desk.take(ended("c", 13, 71, "abandoned"))
    assert desk.ends() == {"c": "abandoned"}


async def test_newer_calls_are_untouched(desk: Desk) -> None:
    await desk.take(
        started("before", 1, 0),
        started("after by time", 2, 61),
        started("after by number", 11, 59),
        started("moved on", 3, 0),
        event("queue.entered", 12, 60, call="moved on", queue="q"),
    )
    await desk.snapshot(sequence=10, second=60)
    assert desk.ends() == {
        "before": "lost",
        "after by time": None,
        "after by number": None,
        "moved on": None,
    }


async def test_without_numbers_the_time_alone_tells(desk: Desk) -> None:
    await desk.take(started("before", None, 0), started("after", None, 61))
    await desk.snapshot(sequence=None, second=60)
    assert desk.ends() == {"before": "lost", "after": None}


async def test_numbers_of_an_earlier_epoch_hold_no_call_open(desk: Desk) -> None:
    await desk.collector.new_epoch("main", "one")
    await desk.take(started("old", 50_000, 0))
    await desk.collector.new_epoch("main", "two")
    await desk.take(started("new", 12, 59))
    await desk.snapshot(sequence=10, second=60, epoch="two")
    assert desk.ends() == {"old": "lost", "new": None}


async def test_a_call_whose_start_is_not_known_is_closed_as_well(desk: Desk) -> None:
    """Else it would wait in its queue for ever."""
    await desk.take(event("queue.entered", 1, 0, call="c", queue="q"))
    await desk.snapshot(sequence=10, second=60)
    assert desk.ends() == {"c": "lost"}
    assert desk.books.rows("SELECT count(*) FROM stays WHERE left IS NULL") == [(0,)]


async def test_a_snapshot_gives_what_was_missed(desk: Desk) -> None:
    await desk.snapshot(
        started("c", 5, 10),
        event("queue.entered", 6, 11, call="c", queue="q"),
        sequence=10,
        second=60,
    )
    assert desk.ends() == {"c": None}
    assert desk.feed() == ("one", "")


async def test_the_same_snapshot_twice_changes_nothing(desk: Desk) -> None:
    await desk.take(started("c", 1, 0), started("d", 2, 1))
    await desk.snapshot(started("d", 2, 1), sequence=10, second=60)
    before = desk.books.tables()
    await desk.snapshot(started("d", 2, 1), sequence=10, second=60)
    assert desk.books.tables() == before


@pytest.mark.parametrize("body", [b"", b"null", b"<html>busy</html>", b'[{"type": "call.started"'])
async def test_a_damaged_snapshot_closes_nothing(desk: Desk, body: bytes) -> None:
    await desk.take(started("c", 1, 0))
    await desk.collector.take_snapshot("main", epoch="one", sequence=10, time=at(60), events=body)
    assert desk.ends() == {"c": None}


async def test_a_call_that_is_named_by_an_invalid_event_alone_is_open(desk: Desk) -> None:
    await desk.take(started("c", 1, 0), started("d", 2, 0))
    wrong = event("call.started", 1, 0, call="c", direction="sideways")
    await desk.snapshot({**wrong, "id": "wrong"}, sequence=10, second=60)
    assert desk.ends() == {"c": None, "d": "lost"}


async def test_calls_of_other_feeds_are_left_alone(desk: Desk) -> None:
    other = {**started("x", 1, 0), "source": "/other"}
    await desk.collector.take(Delivery("second", json.dumps(other).encode(), RECEIVED))
    await desk.take(started("c", 1, 0))
    await desk.snapshot(sequence=10, second=60)
    assert desk.ends() == {"c": "lost", "x": None}


async def test_a_source_first_known_by_a_file_belongs_to_the_feed_whose_snapshot_names_it(
    desk: Desk,
) -> None:
    await desk.collector.take_lines("import", [json.dumps(started("c", 1, 0)).encode()])
    await desk.snapshot(started("d", 2, 1), sequence=10, second=60)
    assert desk.ends() == {"c": "lost", "d": None}


async def test_a_lost_call_stays_lost_after_a_restart(desk: Desk) -> None:
    await desk.take(started("c", 1, 0))
    await desk.snapshot(sequence=10, second=60)
    before = desk.books.tables()
    desk.books.restart()
    desk.books.feed([event("call.outcome", 20, 90, call="c", disposition="none")])
    assert desk.ends() == {"c": "lost"}
    assert desk.books.tables()["hour_rollup"] == before["hour_rollup"]


async def test_the_first_epoch_is_no_gap(desk: Desk) -> None:
    await desk.collector.new_epoch("main", "one")
    assert desk.feed() == ("one", "")
    assert desk.gaps() == []


async def test_a_new_epoch_is_a_gap_and_starts_the_coverage_anew(desk: Desk) -> None:
    await desk.collector.new_epoch("main", "one")
    await desk.take(started("c", 1, 5), ended("c", 2, 30))
    held = desk.collector.coverage("main")
    await desk.collector.new_epoch("main", "two")
    assert desk.collector.coverage("main") is held
    assert (held.epoch, str(held)) == ("two", "")
    assert desk.feed() == ("two", "")
    ((_, first, last, begins, ends),) = desk.gaps()
    assert (first, last, begins, ends) == (None, None, at(30), RECEIVED)


async def test_lost_numbers_are_a_gap_between_the_events_on_either_side(desk: Desk) -> None:
    await desk.collector.new_epoch("main", "one")
    await desk.take(started("c", 1, 5))
    await desk.take(ended("c", 9, 65))
    assert desk.collector.coverage("main").missing(1, 9) == [Span(2, 8)]
    await desk.collector.lost("main", Span(2, 4))
    await desk.collector.lost("main", Span(5, 8))
    assert desk.gaps() == [
        ("one", 2, 4, at(5), at(65)),
        ("one", 5, 8, at(5), at(65)),
    ]
    assert desk.feed() == ("one", "1-9")


async def test_gaps_and_coverage_are_known_after_a_restart(desk: Desk) -> None:
    await desk.collector.new_epoch("main", "one")
    await desk.take(started("c", 1, 5), started("d", 7, 6))
    desk.books.restart()
    coverage = desk.books.ledger.feeds["main"].coverage
    assert (coverage.epoch, str(coverage)) == ("one", "1-1,7-7")
