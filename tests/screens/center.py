"""A cache as a collector leaves it: simulated days up to a fixed moment, in a fixed time zone."""

import json
import os
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from wallboard.cache.writing import open_for_writing
from wallboard.collector.ledger import Ledger
from wallboard.collector.part import Part
from wallboard.config import Configuration, Feed, Reporting
from wallboard.events import decode_batch
from wallboard.facts.definitions import Settings
from wallboard.feeds.intake import Condition, Stage
from wallboard.reporting_time import Calendar
from wallboard.simulation.blocks import block_at
from wallboard.simulation.center import Center
from wallboard.simulation.outbox import numbered
from wallboard.simulation.plan import Plan

ZONE = "America/New_York"
NOW = int(datetime(2026, 6, 9, 14, 5, 32, tzinfo=ZoneInfo(ZONE)).timestamp() * 1000)
"""A Tuesday afternoon."""
CONFIGURATION = Configuration(
    reporting=Reporting(time_zone=ZONE),
    feeds=(Feed(name="main", url="ws://127.0.0.1:8765/events"),),
)
CALENDAR = Calendar.of(CONFIGURATION.reporting)
PIECE = 2_000


def simulated(until: int, agents: int = 64, seed: int = 1) -> Iterator[bytes]:
    """The encoded events of the day that holds `until`, up to it."""
    block = block_at(until, ZONE)
    center = Center(Plan(agents=agents, seed=seed, time_zone=ZONE), block)
    for number, encoded in enumerate(center.advance(until), 1):
        yield numbered(encoded, number)


def two_days_before(until: int, folder: Path, *, agents: int) -> Path:
    """A cache in `folder` of the day that holds `until`, up to it, and of the day before."""
    path = folder / "cache.sqlite"
    today = CALENDAR.day_of(until)
    yesterday = CALENDAR.day_bounds(today - timedelta(days=1))[1] - 1_000
    fill(path, [*simulated(yesterday, agents=agents), *simulated(until, agents=agents)])
    return path


def fill(
    cache: Path,
    events: Iterable[bytes],
    *,
    now: int = NOW,
    condition: Condition | None = None,
    lost: str = "",
) -> None:
    """Write `events` into `cache` as the collector would, its feed in `condition` (live if None).

    `lost` is the reason of a gap to record, empty for none.
    """
    db = open_for_writing(cache)
    try:
        ledger = Ledger(db, CALENDAR, Settings())
        record = ledger.feeds["main"]
        pieces = list(_pieces(events)) or [[]]
        for piece in pieces:
            body = b"[" + b",".join(piece) + b"]"
            number = ledger.next_message()
            decoded = decode_batch(body, message=number)
            part = Part("main", number, body, now - 300, decoded)
            ledger.commit([part], now)
        record.condition = condition or Condition(Stage.LIVE, now - 3_600_000, heard=now - 300)
        record.heard = record.condition.heard
        record.changed = True
        if lost:
            ledger.feeds.record_gap("main", None, now - 1_200_000, now - 600_000, lost)
        ledger.commit([], now)
    finally:
        db.close()


def sized(cache: Path, size: int = 8 << 20) -> None:
    """Give a cache that nobody has open a size (bytes) that no change of the schema alters.

    SQLite passes over what stands behind its last page.
    """
    with cache.open("r+b") as file:
        if file.seek(0, os.SEEK_END) < size:
            file.truncate(size)


def _pieces(events: Iterable[bytes]) -> Iterator[Sequence[bytes]]:
    piece: list[bytes] = []
    for event in events:
        piece.append(event)
        if len(piece) == PIECE:
            yield piece
            piece = []
    if piece:
        yield piece


def event(kind: str, at: int, data: dict[str, Any], number: int) -> bytes:
    """One event as the feed encodes it; `at` is UTC ms."""
    time = CALENDAR.local(at).isoformat(timespec="milliseconds")
    return json.dumps(
        {
            "specversion": "1.0", "id": f"e{number}", "source": "test", "type": kind,
            "time": time, "sequence": str(number), "data": data,
        }
    ).encode()  # fmt: skip
