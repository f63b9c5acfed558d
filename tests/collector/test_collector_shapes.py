"""However messages are shaped, and whatever odd values they hold, the facts are the same."""

import asyncio
import json
from collections.abc import Callable
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.collector.books import RECEIVED, Books, Json, make
from tests.collector.messy import streams
from wallboard.collector.collector import Collector
from wallboard.feeds.intake import Delivery, Origin

NewBooks = Callable[..., Books]


async def deliver(books: Books, waiting: list[Json], random: Random) -> None:
    """Deliver events as single messages, batches, replay and lines of files, with restarts."""
    collector = Collector(books.ledger, lambda: RECEIVED)
    while waiting:
        size = random.randint(1, 6)
        batch, waiting = waiting[:size], waiting[size:]
        shape = random.randrange(5)
        origin = random.choice([Origin.LIVE, Origin.REPLAY])
        if shape == 0:
            await collector.take_lines("import", [json.dumps(one).encode() for one in batch])
        elif shape == 1:
            text = json.dumps(batch, indent=random.choice([None, 2])).encode()
            await collector.take(Delivery("main", text, RECEIVED, origin))
        else:
            for one in batch:
                text = json.dumps(one, indent=random.choice([None, 2])).encode()
                await collector.take(Delivery(f"feed {shape}", text, RECEIVED, origin))
        if random.random() < 0.2:
            await collector.flush()
        if random.random() < 0.1:
            await collector.flush()
            books.restart()
            collector = Collector(books.ledger, lambda: RECEIVED)
    await collector.flush()


@given(streams(invalid=False), st.randoms(use_true_random=False))
def test_any_shape_of_delivery_gives_the_same_facts(
    template: Path, stream: list[Json], random: Random
) -> None:
    mixed = [*stream, *random.choices(stream, k=5)]
    random.shuffle(mixed)
    with TemporaryDirectory() as folder:
        at_once, shaped = (make(template, Path(folder) / name) for name in ("1.db", "2.db"))
        try:
            at_once.feed(stream)
            asyncio.run(deliver(shaped, mixed, random))
            assert shaped.tables() == at_once.tables()
            totals = (
                "SELECT sum(events), sum(applied + repeated + unknown + quarantined) FROM feeds"
            )
            assert shaped.rows(totals) == [(len(mixed), len(mixed))]
        finally:
            at_once.close()
            shaped.close()


@pytest.mark.parametrize(
    ("kind", "data", "rest"),
    [
        ("call.started", {"call": "\ud800", "direction": "inbound"}, {}),
        ("call.started", {"call": "\U0001f600", "direction": "inbound"}, {}),
        ("call.started", {"call": "a\0b", "direction": "inbound"}, {}),
        ("call.started", {"call": "c", "direction": "inbound"}, {"id": "\udfff"}),
        ("call.started", {"call": "c", "direction": "inbound"}, {"source": "\0"}),
        ("call.started", {"call": "c" * 200_000, "direction": "inbound"}, {"id": "i" * 200_000}),
        ("call.started", {"call": "c", "direction": "inbound", "attempt": 2**53}, {}),
        ("call.started", {"call": "c", "direction": "inbound", "attempt": 2**70}, {}),
        ("call.started", {"call": "c", "direction": "inbound"}, {"sequence": "9" * 18}),
        ("call.started", {"call": "c", "direction": "inbound"}, {"sequence": "9" * 30}),
        ("call.wrapped", {"call": "c", "agent": "a", "seconds": 1e9}, {}),
        ("call.wrapped", {"call": "c", "agent": "a", "seconds": 1e300}, {}),
        ("leg.ended", {"call": "c", "leg": "l", "cause": "busy", "cost": 1e15}, {}),
        ("leg.ended", {"call": "c", "leg": "l", "cause": "busy", "code": 2**80}, {}),
        ("agent.changed", {"agent": "a", "queues": ["q"] * 10_000}, {}),
        ("\ud800", {}, {}),
        ("no.such.type" * 1_000, {}, {}),
    ],
    ids=lambda _: "odd",
)
async def test_odd_values_are_kept_or_set_aside(
    books: NewBooks, kind: str, data: dict[str, Any], rest: dict[str, Any]
) -> None:
    cache = books()
    event = {
        "specversion": "1.0",
        "id": "odd",
        "source": "/a",
        "type": kind,
        "time": "2026-03-02T10:00:00Z",
        "data": data,
        **rest,
    }
    collector = Collector(cache.ledger, lambda: RECEIVED)
    for _ in range(2):
        await collector.take(Delivery("main", json.dumps(event).encode(), RECEIVED))
        await collector.flush()
    counts = collector.counts("main")
    assert counts.events == 2
    assert counts.applied + counts.repeated + counts.unknown + counts.quarantined == 2
    before = cache.tables()
    cache.restart()
    assert cache.tables() == before
