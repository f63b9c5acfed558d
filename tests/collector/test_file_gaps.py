"""Holes in files: what is recorded, what fills it, and that no order of arrival matters."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.collector.books import RECEIVED, Books, Json, make
from wallboard.collector.collector import Collector
from wallboard.feeds.coverage import Span
from wallboard.feeds.intake import Delivery, Origin

NewBooks = Callable[..., Books]
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
LACKS = "SELECT first, last, missing, started, ended FROM gaps WHERE recovered = 0 ORDER BY first"


def event(number: int | None, source: str = "/pbx", **rest: Any) -> Json:
    """A call that starts `number` seconds after noon."""
    made: Json = {
        "specversion": "1.0",
        "id": f"{source} {number}",
        "source": source,
        "type": "call.started",
        "time": (NOON + timedelta(seconds=(number or 0) % 1_000)).isoformat(),
        "data": {"call": f"c{number}", "direction": "inbound"},
    }
    return (made if number is None else {**made, "sequence": str(number)}) | rest


def at(second: float) -> int:
    """The time of an event."""
    return int(NOON.timestamp() * 1_000 + second * 1_000)


def hello(epoch: str) -> Json:
    """The first message of a recorded feed."""
    data = {"epoch": epoch, "oldest": "1", "newest": "9", "time": NOON.isoformat()}
    return {**event(None), "id": epoch, "type": "feed.hello", "data": data}


class Desk:
    """A collector with its cache, that is handed files and follows a feed."""

    def __init__(self, books: Books) -> None:
        self.books = books
        self.collector = Collector(books.ledger, lambda: RECEIVED)

    async def file(self, *batches: list[Json | bytes], feed: str = "import") -> None:
        """One file, in batches."""
        for batch in batches:
            lines = [one if isinstance(one, bytes) else json.dumps(one).encode() for one in batch]
            await self.collector.take_lines(feed, lines)
        await self.collector.end_file(feed)

    async def live(self, *numbers: int, origin: Origin = Origin.LIVE, source: str = "/pbx") -> None:
        """A message of the feed main, in its epoch one."""
        if self.collector.coverage("main").epoch is None:
            await self.collector.new_epoch("main", "one")
        text = json.dumps([event(number, source) for number in numbers]).encode()
        await self.collector.take(Delivery("main", text, RECEIVED, origin))
        await self.collector.flush()

    def lacks(self) -> list[tuple[Any, ...]]:
        """What is missing: numbers, how many, between when and when."""
        return self.books.rows(LACKS)

    def spans(self) -> list[tuple[int, int]]:
        """The numbers that are missing."""
        return [row[:2] for row in self.lacks()]

    def recovered(self) -> list[tuple[Any, ...]]:
        """What was missing once."""
        return self.books.rows("SELECT first, last FROM gaps WHERE recovered = 1 ORDER BY first")


@pytest.fixture
async def desk(books: NewBooks) -> Desk:
    return Desk(books())


def events(*numbers: int, source: str = "/pbx") -> list[Json | bytes]:
    return [event(number, source) for number in numbers]


async def test_a_hole_lies_between_the_events_on_either_side(desk: Desk) -> None:
    await desk.file(events(10, 11, 12, 16, 17), events(20))
    assert desk.lacks() == [(13, 15, 3, at(12), at(16)), (18, 19, 2, at(17), at(20))]
    ((feed, source, reason),) = set(
        desk.books.rows("SELECT feed, source, reason FROM gaps WHERE first = 13")
    )
    assert (feed, source) == ("import", "/pbx")
    assert reason == "The imported files lack the numbers 13 to 15 of /pbx."


async def test_before_and_after_a_file_nothing_is_missing(desk: Desk) -> None:
    """Two files that are apart are two extracts."""
    await desk.file(events(5, 6))
    await desk.file(events(100, 101))
    assert desk.lacks() == []


async def test_a_later_file_recovers_what_it_brings(desk: Desk) -> None:
    await desk.file(events(1, 10))
    await desk.file(events(5))
    assert desk.lacks() == [(2, 4, 3, at(1), at(5)), (6, 9, 4, at(5), at(10))]
    await desk.file(events(2, 3, 4))
    assert desk.spans() == [(6, 9)]
    assert desk.recovered() == [(2, 4)]
    await desk.file(events(9, 8, 7, 6))
    assert desk.lacks() == []
    assert desk.recovered() == [(2, 4), (6, 9)]


async def test_the_same_file_again_changes_nothing(desk: Desk) -> None:
    await desk.file(events(1, 4, 9))
    before = desk.books.rows("SELECT * FROM gaps ORDER BY gap")
    await desk.file(events(1, 4, 9))
    assert desk.books.rows("SELECT * FROM gaps ORDER BY gap") == before


async def test_what_is_wrong_or_unknown_uses_up_its_number(desk: Desk) -> None:
    wrong = event(2, type="call.started", data={"call": 12})
    unknown = event(3, type="weather.changed")
    await desk.file([event(1), wrong, unknown, b"{", event(5)])
    assert desk.spans() == [(4, 4)]


async def test_without_numbers_nothing_is_missing(desk: Desk) -> None:
    await desk.file([event(None), event(None, id="other")])
    assert desk.lacks() == []


async def test_sources_of_one_feed_share_its_numbers(desk: Desk) -> None:
    """A number that any of them used is not missing; one hole is one gap."""
    await desk.file(events(1, 3) + events(2, 7, source="/web") + events(8))
    assert desk.spans() == [(4, 6)]


async def test_sources_numbered_apart_are_not_joined(desk: Desk) -> None:
    """What lies between the numbers of the one and of the other is nobody's."""
    await desk.file(events(1, 2, 4) + events(5_000, 5_002, source="/web"))
    assert desk.spans() == [(3, 3), (5_001, 5_001)]


async def test_an_epoch_in_the_file_numbers_anew(desk: Desk) -> None:
    """In the middle of a batch; each keeps its own holes."""
    await desk.file([*events(1, 3), hello("two"), *events(500, 502)], events(503))
    assert desk.spans() == [(2, 2), (501, 501)]
    assert desk.books.rows("SELECT epoch FROM gaps ORDER BY first") == [("",), ("two",)]


async def test_one_wild_number_is_one_gap_of_unknown_size(desk: Desk) -> None:
    """Not of a hundred quadrillion events; and it costs no memory."""
    await desk.file(events(*range(1, 500), 10**17, *range(500, 900)))
    ((first, last, missing, started, ended),) = desk.lacks()
    assert (first, last, missing) == (900, 10**17 - 1, None)
    assert at(0) <= started <= ended <= at(999)
    assert desk.books.rows("SELECT length(stretches) < 300 FROM file_numbers") == [(1,)]


async def test_a_file_full_of_holes_keeps_the_table_small(desk: Desk) -> None:
    """Neighbours are told as one gap, and the sum of what is missing stays right."""
    odd = events(*range(1, 10_000, 2))
    await desk.file(*(odd[at : at + 1_000] for at in range(0, len(odd), 1_000)))
    lacks = desk.lacks()
    assert 500 <= len(lacks) <= 1_000
    assert sum(row[2] for row in lacks) == 4_999
    await desk.file(events(*range(2, 10_000, 2)))
    assert desk.lacks() == []


async def test_an_extract_is_told_as_one(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """With more holes than are remembered nobody counts, and nothing is taken to be recovered."""
    monkeypatch.setattr("wallboard.collector.file_gaps.MOST_STRETCHES", 20)
    await desk.file(events(*range(1, 100, 2)))
    assert desk.lacks() == [(2, 98, None, at(1), at(99))]
    await desk.file(events(*range(2, 100, 4)))
    assert desk.spans()
    assert desk.recovered() == []


async def test_a_feed_fills_the_hole_of_a_file(desk: Desk) -> None:
    await desk.file(events(1, 2, 8, 9))
    await desk.live(4, 5, 10)
    assert desk.spans() == [(3, 3), (6, 7)]
    await desk.live(3, 6, 7, origin=Origin.REPLAY)
    assert desk.lacks() == []
    assert desk.recovered()


async def test_a_file_does_not_miss_what_the_feed_brought_before(desk: Desk) -> None:
    await desk.live(*range(1, 8))
    await desk.file(events(1, 2, 6, 10))
    assert desk.spans() == [(8, 9)]


async def test_what_a_feed_lost_and_a_file_brings_is_recovered(desk: Desk) -> None:
    """In parts; and what the file lacks as well stays."""
    await desk.live(1, 9)
    await desk.collector.lost("main", Span(2, 8))
    await desk.file(events(3, 4, 5))
    assert desk.spans() == [(2, 2), (6, 8)]
    await desk.file(events(2, 6, 7, 8))
    assert desk.lacks() == []


async def test_what_files_had_before_a_feed_lost_it_is_no_gap(desk: Desk) -> None:
    await desk.file(events(2, 3, 4))
    await desk.live(1, 9)
    await desk.collector.lost("main", Span(2, 8))
    assert desk.spans() == [(5, 8)]


async def test_what_a_feed_lost_and_brings_after_all_is_recovered(desk: Desk) -> None:
    """Late on the stream, by asking for it, or in a snapshot."""
    await desk.live(1, 9)
    await desk.collector.lost("main", Span(2, 8))
    await desk.live(4)
    await desk.live(2, 3, origin=Origin.REPLAY)
    assert desk.spans() == [(5, 8)]
    text = json.dumps(events(5, 6, 7, 8)).encode()
    await desk.collector.take_snapshot("main", epoch="one", sequence=9, time=at(60), events=text)
    assert desk.lacks() == []
    assert desk.recovered() == [(2, 3), (5, 8)]


async def test_another_epoch_recovers_nothing(desk: Desk) -> None:
    """The same numbers are other events then."""
    await desk.live(1, 9)
    await desk.collector.lost("main", Span(2, 8))
    await desk.collector.new_epoch("main", "two")
    await desk.live(2, 3)
    assert (2, 8) in desk.spans()


async def test_gaps_are_filled_after_a_restart(desk: Desk) -> None:
    await desk.file(events(1, 4))
    await desk.live(9, 12)
    await desk.collector.lost("main", Span(10, 11))
    desk.books.restart()
    again = Desk(desk.books)
    await again.live(2, 3, 10, 11)
    assert again.lacks() == []


async def test_a_failed_write_forgets_nothing(desk: Desk) -> None:
    """The gap is recorded once the cache can be written again."""
    desk.books.connection.execute("PRAGMA query_only = 1")
    await desk.collector.take_lines("import", [json.dumps(one).encode() for one in events(1, 4)])
    desk.books.connection.execute("PRAGMA query_only = 0")
    await desk.collector.end_file("import")
    assert desk.spans() == [(2, 3)]


FILES = st.lists(st.lists(st.integers(1, 25), min_size=1, max_size=8), min_size=1, max_size=4)
CACHES = count()


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(FILES, st.randoms(use_true_random=False), st.integers(1, 4))
async def test_no_order_of_files_and_lines_matters(
    template: Path, tmp_path: Path, files: list[list[int]], random: Random, size: int
) -> None:
    """The gaps are those that follow from the sets, whatever comes first, and however cut."""
    told = []
    for is_shuffled in (False, True):
        books = make(template, tmp_path / f"order-{next(CACHES)}.db")
        desk = Desk(books)
        mine = [list(numbers) for numbers in files]
        if is_shuffled:
            random.shuffle(mine)
            for numbers in mine:
                random.shuffle(numbers)
        for numbers in mine:
            cut = size if is_shuffled else len(numbers)
            lines = events(*numbers)
            await desk.file(*(lines[at : at + cut] for at in range(0, len(lines), cut)))
        told.append(desk.lacks())
        books.close()
    seen = {number for numbers in files for number in numbers}
    reached = {number for numbers in files for number in range(min(numbers), max(numbers) + 1)}
    missing = {number for first, last, *_ in told[0] for number in range(first, last + 1)}
    assert missing == reached - seen
    assert told[0] == told[1]


STEPS = st.lists(
    st.tuples(st.booleans(), st.sets(st.integers(1, 20), min_size=1)), min_size=1, max_size=5
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS, st.randoms(use_true_random=False))
async def test_no_order_of_files_and_feed_matters(
    template: Path, tmp_path: Path, steps: list[tuple[bool, set[int]]], random: Random
) -> None:
    """A feed that lost a part of its numbers, and files, in any order: the same is missing."""
    told = []
    for is_shuffled in (False, True):
        books = make(template, tmp_path / f"both-{next(CACHES)}.db")
        desk = Desk(books)
        await desk.live(0, 21)
        lost = [Span(1, 7), Span(8, 20)]
        mine: list[Span | tuple[bool, set[int]]] = [*lost, *steps]
        if is_shuffled:
            random.shuffle(mine)
        for step in mine:
            if isinstance(step, Span):
                # What has arrived by then is not lost.
                for span in desk.collector.coverage("main").missing(*step):
                    await desk.collector.lost("main", span)
            elif step[0]:
                await desk.live(*step[1])
            else:
                await desk.file(events(*step[1]))
        numbers = {n for first, last in desk.spans() for n in range(first, last + 1)}
        told.append(numbers)
        books.close()
    arrived = {number for _, numbers in steps for number in numbers}
    assert told[0] == told[1] == set(range(1, 21)) - arrived
