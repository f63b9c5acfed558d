"""The collector takes in messages: single events, batches, several feeds at once."""

import asyncio
import json
import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing
from itertools import pairwise

import pytest

from tests.collector.books import RECEIVED, Books, Json
from tests.collector.simulated import simulated
from wallboard.cache.entries import entries_of
from wallboard.cache.raw import raw_text
from wallboard.collector.collector import BATCH_EVENTS, Collector
from wallboard.feeds.coverage import Span
from wallboard.feeds.intake import Condition, Delivery, Origin, Stage

NewBooks = Callable[..., Books]
BROKEN = "CREATE TEMP TRIGGER broken BEFORE INSERT ON main.seen BEGIN SELECT RAISE(ABORT, ''); END"


def collector_of(books: Books) -> Collector:
    return Collector(books.ledger, lambda: RECEIVED)


def message(text: bytes | Json | list[Json], feed: str = "main", **rest: Origin) -> Delivery:
    body = text if isinstance(text, bytes) else json.dumps(text).encode()
    return Delivery(feed, body, RECEIVED, **rest)


@pytest.fixture
def stream() -> list[Json]:
    return list(simulated(1, hours=8))[:900]


@pytest.fixture
def cache(books: NewBooks) -> Books:
    """A cache."""
    return books()


async def test_single_events_and_batches_give_the_same_facts(
    books: NewBooks, stream: list[Json]
) -> None:
    one, many, lines, spread = books(), books(), books(), books()
    by_one, by_many = collector_of(one), collector_of(many)
    by_lines, by_spread = collector_of(lines), collector_of(spread)
    for event in stream:
        await by_one.take(message(event))
    for at in range(0, len(stream), 70):
        await by_many.take(message(stream[at : at + 70]))
    await by_lines.take_lines("main", [json.dumps(event).encode() for event in stream])
    for at, event in enumerate(stream):
        text = json.dumps(event, indent=2).encode() if at % 2 else json.dumps([event]).encode()
        await by_spread.take(message(text))
    for collector in (by_one, by_many, by_lines, by_spread):
        await collector.flush()
    expected = one.tables()
    assert many.tables() == lines.tables() == spread.tables() == expected


async def test_the_text_of_every_event_of_a_call_is_found_again(
    cache: Books, stream: list[Json]
) -> None:
    collector = collector_of(cache)
    await collector.take(message({"specversion": "2.0"}))
    for at, event in enumerate(stream[:300]):
        indent = 1 if at % 3 == 0 else None
        await collector.take(message(json.dumps(event, indent=indent).encode()))
        if at % 40 == 0:
            await collector.flush()
    await collector.take(message(b"[" + b"nonsense," + json.dumps(stream[300:])[1:].encode()))
    await collector.flush()
    told = {event["id"]: event for event in stream}
    found = 0
    for (number,) in cache.rows("SELECT call FROM calls"):
        for entry in entries_of(cache.connection, number):
            text = raw_text(cache.connection, entry)
            assert text is not None
            assert json.loads(text) == told[entry.id]
            found += 1
    assert found > 500


async def test_numbers_of_messages_are_never_given_twice(cache: Books, stream: list[Json]) -> None:
    """Else an event whose text is deleted would be shown with the text of another."""
    cache.feed(stream[:10])
    (highest,) = cache.rows("SELECT max(message) FROM messages")[0]
    cache.connection.execute("DELETE FROM messages")
    cache.restart()
    assert cache.ledger.next_message() > highest


async def test_several_feeds_and_replay_at_once(books: NewBooks, stream: list[Json]) -> None:
    cache, apart = books(), books()
    collector = collector_of(cache)
    live, older, other = stream[500:], stream[:500], list(simulated(2, hours=8))[:900]

    async def feed(events: Iterable[Json], name: str, origin: Origin, size: int) -> None:
        waiting = list(events)
        for at in range(0, len(waiting), size):
            batch = waiting[at : at + size]
            body = batch[0] if size == 1 else batch
            taken = await collector.take(message(body, name, origin=origin))
            assert taken.events == len(batch)
            await asyncio.sleep(0)

    await asyncio.gather(
        feed(live, "main", Origin.LIVE, 1),
        feed(older[::-1], "main", Origin.REPLAY, 37),
        feed(live, "main", Origin.REPLAY, 200),
        feed([{**one, "source": "/2"} for one in other], "second", Origin.LIVE, 1),
    )
    await collector.flush()
    apart.feed(stream)
    apart.feed([{**one, "source": "/2"} for one in other], feed="second")
    assert cache.tables() == apart.tables()
    coverage = "SELECT feed, coverage FROM feeds ORDER BY feed"
    assert cache.rows(coverage) == [("main", "1-900"), ("second", "1-900")]
    assert collector.counts("main").repeated == len(live)


async def test_a_batch_larger_than_one_transaction(cache: Books) -> None:
    stream = list(simulated(1))[:3_500]
    collector = collector_of(cache)
    taken = await collector.take(message(stream))
    await collector.flush()
    assert (taken.events, taken.first, taken.last) == (3_500, 1, 3_500)
    assert cache.rows("SELECT coverage, applied FROM feeds") == [("1-3500", 3_500)]
    assert cache.rows("SELECT count(*) FROM messages") == [(1,)]


@pytest.mark.parametrize("size", [1, 7, 400, 1_000, 3_500])
async def test_no_transaction_has_more_than_a_thousand_events(cache: Books, size: int) -> None:
    """However the messages are cut, and with nothing left to wait for."""
    stream = list(simulated(1))[:3_500]
    committed: list[int] = []

    def told(statement: str) -> None:
        if statement == "COMMIT":
            (sofar,) = reader.execute("SELECT ifnull(max(events), 0) FROM feeds").fetchone()
            committed.append(sofar)

    with closing(sqlite3.connect(cache.path)) as reader:
        cache.connection.set_trace_callback(told)
        collector = collector_of(cache)
        for at in range(0, len(stream), size):
            await collector.take(message(stream[at : at + size]))
        await collector.flush()
        cache.connection.set_trace_callback(None)
    # What was committed before each, and in the end.
    committed.append(cache.rows("SELECT events FROM feeds")[0][0])
    assert committed[-1] == 3_500
    assert max(after - before for before, after in pairwise(committed)) <= BATCH_EVENTS == 1_000


async def test_what_comes_waits_a_tenth_of_a_second_at_most(
    cache: Books, stream: list[Json]
) -> None:
    """Whatever comes after it: who sets an alarm for then finds it committed, on any machine."""
    loop = asyncio.get_running_loop()
    collector = collector_of(cache)
    await collector.take(message(stream[:5]))
    is_due = asyncio.Event()
    loop.call_later(0.1, is_due.set)
    for event in stream[5:9]:
        await asyncio.sleep(0.02)
        await collector.take(message(event))
    await is_due.wait()
    assert cache.rows("SELECT events >= 5 FROM feeds") == [(1,)]
    await collector.flush()


async def test_what_waits_is_committed_by_itself(cache: Books, stream: list[Json]) -> None:
    collector = collector_of(cache)
    await collector.take(message(stream[:5]))
    async with asyncio.timeout(5):
        # The collector tells nobody when it has committed.
        while not cache.rows("SELECT count(*) FROM seen")[0][0]:  # noqa: ASYNC110 - a state, told by no event
            await asyncio.sleep(0.01)
    assert cache.rows("SELECT coverage FROM feeds") == [("1-5",)]


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"  ",
        b"[",
        b"[]",
        b"null",
        b"{}",
        b"[[]]",
        b"\xff\xfe",
        b"[1,2,{}]",
        b"\n\n",
        b'{"specversion":"1.0"}',
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b'"' + b"x" * 100_000,
        '{"id": "\ud800"}'.encode("utf-8", "surrogatepass"),
    ],
)
async def test_no_message_stops_the_collector(
    cache: Books, stream: list[Json], text: bytes
) -> None:
    """Invariant 4."""
    collector = collector_of(cache)
    for origin in (Origin.LIVE, Origin.REPLAY):
        await collector.take(message(text, origin=origin))
    await collector.take_lines("main", [text.replace(b"\n", b" ")])
    await collector.take(message(stream[:3]))
    await collector.flush()
    counts = collector.counts("main")
    assert counts.applied == 3
    assert counts.quarantined >= 1
    assert counts.events == counts.applied + counts.repeated + counts.quarantined


async def test_coverage_is_never_ahead_of_the_facts(cache: Books, stream: list[Json]) -> None:
    """What cannot be written yet is not in the cache's coverage, and is not lost."""
    collector = collector_of(cache)
    await collector.take(message(stream[:10]))
    await collector.flush()
    cache.connection.execute(BROKEN)
    for event in stream[10:20]:
        await collector.take(message(event))
    flushing = asyncio.create_task(collector.flush())
    await asyncio.sleep(0)
    assert "cannot be written" in collector.trouble
    for event in stream[20:30]:
        await collector.take(message(event))
    assert cache.rows("SELECT coverage FROM feeds") == [("1-10",)]
    cache.connection.execute("DROP TRIGGER broken")
    await flushing
    with sqlite3.connect(cache.path) as other:
        ((held,),) = other.execute("SELECT coverage FROM feeds").fetchall()
        known = other.execute("SELECT count(*) FROM seen").fetchone()[0]
    other.close()
    assert held == f"1-{known}"
    await collector.flush()
    assert cache.rows("SELECT coverage, applied, repeated FROM feeds") == [("1-30", 30, 0)]
    assert str(collector.coverage("main")) == "1-30"
    assert collector.trouble == ""


async def test_other_writes_wait_for_the_cache_as_well(cache: Books, stream: list[Json]) -> None:
    collector = collector_of(cache)
    await collector.take(message(stream[:10]))
    await collector.flush()
    cache.connection.execute(BROKEN.replace("main.seen", "main.gaps"))
    losing = asyncio.create_task(collector.lost("main", Span(11, 14)))
    await asyncio.sleep(0)
    assert "cannot be written" in collector.trouble
    assert cache.rows("SELECT coverage FROM feeds") == [("1-10",)]
    cache.connection.execute("DROP TRIGGER broken")
    await losing
    assert cache.rows("SELECT coverage FROM feeds") == [("1-14",)]
    assert str(collector.coverage("main")) == "1-14"
    assert cache.rows("SELECT first, last FROM gaps") == [(11, 14)]


async def test_a_condition_outlives_a_write_that_failed(cache: Books, stream: list[Json]) -> None:
    collector = collector_of(cache)
    collector.report("second", Condition(Stage.LIVE, RECEIVED, "All is well."))
    cache.connection.execute(BROKEN)
    await collector.take(message(stream[:1]))
    flushing = asyncio.create_task(collector.flush())
    await asyncio.sleep(0)
    cache.connection.execute("DROP TRIGGER broken")
    await flushing
    assert cache.rows("SELECT reason FROM feeds WHERE feed = 'second'") == [("All is well.",)]
