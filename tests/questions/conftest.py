"""A cache filled by the real ledger, with events made by hand or by the simulation."""

import io
import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from wallboard.cache.opening import open_for_reading
from wallboard.cache.writing import open_for_writing
from wallboard.collector.ledger import Ledger
from wallboard.collector.part import Part
from wallboard.events import decode_batch
from wallboard.facts.definitions import Settings
from wallboard.reporting_time import Calendar
from wallboard.simulation.plan import Plan
from wallboard.simulation.recording import write_events

NOON = int(datetime(2024, 6, 12, 12, 0, tzinfo=UTC).timestamp() * 1_000)
"""A Wednesday noon in UTC; the times of events made by hand are seconds from it."""

Json = dict[str, Any]


def iso(ms: int) -> str:
    """An instant in RFC 3339."""
    return datetime.fromtimestamp(ms / 1_000, UTC).isoformat(timespec="milliseconds")


@dataclass
class Cache:
    """A cache with its one writer and any number of readers."""

    path: Path
    ledger: Ledger
    calendar: Calendar
    readers: list[sqlite3.Connection] = field(default_factory=list)
    events: list[Json] = field(default_factory=list)
    now: int = NOON

    def say(self, event_type: str, seconds: float, /, **data: Any) -> Json:
        """Make an event so many seconds from noon; it is fed with the next `feed`."""
        number = len(self.events) + 1
        event = {
            "specversion": "1.0",
            "id": f"e{number}",
            "source": "test",
            "type": event_type,
            "time": iso(NOON + round(seconds * 1_000)),
            "sequence": str(number),
            "data": data,
        }
        self.events.append(event)
        return event

    def feed(self, events: Iterable[Json] | None = None, received: int = NOON) -> "Cache":
        """Commit events as one message of the feed `main`; by default all that were made."""
        body = json.dumps(list(self.events if events is None else events)).encode()
        number = self.ledger.next_message()
        decoded = decode_batch(body, number)
        assert not decoded.invalid
        assert not decoded.unknown
        part = Part("main", number, body, received, decoded)
        self.ledger.commit([part], received)
        return self

    def read(self) -> sqlite3.Connection:
        """A new reader of the cache."""
        connection = open_for_reading(self.path)
        self.readers.append(connection)
        return connection

    def close(self) -> None:
        """Close every connection."""
        for reader in self.readers:
            reader.close()


Make = Callable[..., Cache]


def make_cache(
    path: Path, calendar: Calendar | None = None, settings: Settings | None = None
) -> Cache:
    """An empty cache in its own folder."""
    path.mkdir(exist_ok=True)
    calendar = calendar or Calendar("UTC")
    ledger = Ledger(open_for_writing(path / "cache.db"), calendar, settings or Settings())
    return Cache(path / "cache.db", ledger, calendar)


@pytest.fixture
def make(tmp_path: Path) -> Iterator[Make]:
    """Make caches, each under its own name."""
    made: list[Cache] = []

    def one(name: str = "one", **options: Any) -> Cache:
        made.append(make_cache(tmp_path / name, **options))
        return made[-1]

    yield one
    for cache in made:
        cache.close()


@pytest.fixture
def cache(make: Make) -> Cache:
    """An empty cache."""
    return make()


@pytest.fixture(scope="session")
def simulated_events() -> list[Json]:
    """Eight days of a small simulated center, from a Wednesday to the next."""
    stream = io.BytesIO()
    write_events(Plan(agents=4, seed=3), datetime(2024, 6, 5, tzinfo=UTC), 8, stream)
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def time_of(event: Json) -> int:
    """The instant of an event in UTC ms."""
    return round(datetime.fromisoformat(event["time"]).timestamp() * 1_000)


def fed(cache: Cache, events: list[Json]) -> Cache:
    """The cache fed with many events, a few thousand at a time."""
    for at in range(0, len(events), 4_000):
        some = events[at : at + 4_000]
        cache.feed(some, max(map(time_of, some)))
    return cache


@pytest.fixture(scope="session")
def simulated(
    tmp_path_factory: pytest.TempPathFactory, simulated_events: list[Json]
) -> Iterator[Cache]:
    """A cache that holds the simulated days."""
    cache = fed(make_cache(tmp_path_factory.mktemp("simulated") / "all"), simulated_events)
    yield cache
    cache.close()
