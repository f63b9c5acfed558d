"""Caches for the first paint: one with a center's agents and no call, one with a million calls.

The large one begins with the last 24 hours of a simulated center of 500 agents, put through the
real ledger. Its calls with their events, legs and stays, the changes of its agents and the rollups
are then repeated by SQL, day by day into the past, until there are as many calls as wanted.
Identities against repetition and the text of messages, which no board reads, are not repeated.
"""

import sqlite3
import sys
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

import msgspec

from tests.benchmarks.center_stream import AGENTS
from wallboard.cache.writing import open_for_writing
from wallboard.collector.ledger import Ledger
from wallboard.collector.part import Part
from wallboard.events import decode_batch
from wallboard.facts.definitions import Settings
from wallboard.feeds.intake import Condition, Stage
from wallboard.reporting_time import Calendar
from wallboard.simulation.blocks import Block
from wallboard.simulation.center import simulate
from wallboard.simulation.outbox import numbered, rfc3339
from wallboard.simulation.plan import Plan

HOUR_MS = 3_600_000
DAY_MS = 24 * HOUR_MS
FEED = "busy"
PIECE = 1_000
REPEATED = (
    "calls",
    "call_events",
    "legs",
    "stays",
    "wrap_ups",
    "lasting_calls",
    "late_outcomes",
    "call_outcomes",
    "call_quality",
    "agent_changes",
    "minute_rollup",
    "hour_rollup",
    "direct_connects",
    "engagements",
    "exposures",
    "goals",
    "number_displays",
    "opportunities",
    "opportunity_stages",
    "outbound_messages",
    "pool_samples",
    "report_deliveries",
    "sales",
    "service_uses",
    "spends",
    "touches",
    "visit_campaigns",
    "visits",
)
MOMENTS = (
    "started", "first_event", "answered", "ended", "entered", "left", "until", "time", "since",
    "bucket", "at", "due", "delivered", "delivered_at", "failed_at",
)  # fmt: skip
NAMED = (
    "id", "visit", "visitor", "opportunity", "sale", "message", "touch", "connect", "shown", "use",
    "delivery", "spend",
)  # fmt: skip
"""Columns of ids: those of a day before are others."""

_EVENTS = msgspec.msgpack.Decoder(list[tuple[int, int | None, str, int, int, int, msgspec.Raw]])
"""As wallboard.facts.entry packs them; of each only the time is looked at."""

PHONES = ("from_number", "to_number", "phone")
"""Columns of numbers: their sixth and seventh digit are the day, so that each has its callers."""


def write_empty(path: Path, now: int) -> None:
    """A cache that knows the center's agents and what they do, and has never seen a call."""
    kept = (event for event in _day(now) if b".defined" in event or b'"agent.changed"' in event)
    _through_ledger(path, kept, now)


def write_full(path: Path, wanted: int, now: int, agents: int = AGENTS, agent_days: int = 0) -> int:
    """A cache of at least so many calls up to `now` (UTC ms); returns how many there are.

    The states of agents are of as many days, or of `agent_days` where that is more.
    """
    _through_ledger(path, _day(now, agents), now)
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("PRAGMA synchronous = OFF")
    db.create_function("earlier", 2, earlier, deterministic=True)
    for table in REPEATED:
        db.execute(f"CREATE TEMP TABLE first_{table} AS SELECT * FROM {table}")
    calls, highest = db.execute("SELECT count(*), max(call) FROM calls").fetchone()
    days = -(-wanted // calls)
    for day in range(1, days):
        _say(f"day {day + 1} of {days}")
        db.execute("BEGIN")
        for table in REPEATED:
            _repeat(db, table, day, day * highest)
        db.execute("COMMIT")
    for day in range(days, agent_days):
        _say(f"agents of day {day + 1} of {agent_days}")
        _repeat(db, "agent_changes", day, 0)
    # Everything was defined before all of it.
    past = max(days, agent_days) * DAY_MS
    db.execute("UPDATE definitions SET time = time - ?", (past,))
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    db.close()
    _say("")
    return int(calls * days)


def _repeat(db: sqlite3.Connection, table: str, day: int, calls_before: int) -> None:
    """Insert the rows of the first day again, so many days earlier, with numbers of their own."""
    columns = {name: kind for _, name, kind, *_ in db.execute(f"PRAGMA table_info({table})")}
    # In a rollup `answered` and `ended` are counts.
    moments = ("bucket",) if table.endswith("_rollup") else MOMENTS
    changed = {name: f"{name} - {day * DAY_MS}" for name in moments}
    changed |= {name: f"{name} || '-{day}'" for name in NAMED}
    changed |= {
        name: f"substr({name}, 1, 5) || printf('%02d', {day}) || substr({name}, 8)"
        for name in PHONES
    }
    changed["day"] = f"date(day, '-{day} days')"
    changed["entries"] = f"earlier(entries, {day * DAY_MS})"
    if table != "agent_changes":
        numbered = columns.get("call") == "INTEGER"
        changed["call"] = f"call + {calls_before}" if numbered else f"call || '-{day}'"
    values = ", ".join(changed.get(name, f'"{name}"') for name in columns)
    into = ", ".join(f'"{name}"' for name in columns)
    db.execute(f"INSERT INTO {table} ({into}) SELECT {values} FROM temp.first_{table}")


def earlier(entries: bytes, by: int) -> bytes:
    """The packed events of a call, so many milliseconds earlier."""
    events = _EVENTS.decode(entries)
    return msgspec.msgpack.encode([(time - by, *rest) for time, *rest in events])


def _day(now: int, agents: int = AGENTS) -> Iterator[bytes]:
    """The encoded events of 24 hours, which begin with a whole hour, as far as they have come."""
    ends = now - now % HOUR_MS + HOUR_MS
    plan = Plan(agents=agents, time_zone="UTC")
    until = rfc3339(now).encode()
    for event in simulate(plan, Block(ends - DAY_MS, ends, "UTC")):
        if event.partition(b'"time":"')[2][: len(until)] > until:
            return
        yield event


def _through_ledger(path: Path, events: Iterable[bytes], now: int) -> None:
    db = open_for_writing(path)
    try:
        ledger = Ledger(db, Calendar("UTC"), Settings())
        # Numbered here, for a feed has no holes.
        coming = (numbered(event, number) for number, event in enumerate(events, 1))
        taken = 0
        while piece := list(islice(coming, PIECE)):
            body = b"[" + b",".join(piece) + b"]"
            number = ledger.next_message()
            ledger.commit([Part(FEED, number, body, now, decode_batch(body, message=number))], now)
            taken += len(piece)
            _say(f"{taken:,} events")
        record = ledger.feeds[FEED]
        record.condition = Condition(Stage.LIVE, now - DAY_MS, heard=now)
        record.heard = now
        record.changed = True
        ledger.commit([], now)
    finally:
        db.close()


def _say(words: str) -> None:
    """Show on one line how far it is."""
    print(f"\r{words:<40}\r", end="", file=sys.stderr, flush=True)
