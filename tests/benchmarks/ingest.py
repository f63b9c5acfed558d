"""Feed to committed cache, against a floor: the same batches written as one raw row per event.

    python -m tests.benchmarks.ingest [rounds] [days]

A server in a process of its own sends the demo's mix of events in batches of 1,000 as fast as the
other side takes them. Ours is the real feed client and collector with facts, rollups and coverage;
the floor receives and decodes the same messages and writes each event as one row (unique source and
id) by executemany. Both use the same settings of SQLite. Rounds alternate; medians are printed.
"""

import asyncio
import io
import json
import multiprocessing
import sqlite3
import statistics
import sys
import tempfile
import time
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from pathlib import Path

import msgspec
from websockets.asyncio.client import connect
from websockets.asyncio.server import ServerConnection, serve
from websockets.typing import Subprotocol

from wallboard.cache.lock import CacheLock
from wallboard.cache.log_mover import LogMover
from wallboard.cache.scribe import Scribe
from wallboard.cache.tuning import CHECKPOINT_PAGES
from wallboard.cache.writing import open_for_writing
from wallboard.collector.collector import Collector
from wallboard.collector.garbage import calm_garbage_collection
from wallboard.collector.ledger import Ledger
from wallboard.config import Feed
from wallboard.events import decode_batch
from wallboard.events.vocabulary import NAMES
from wallboard.facts.definitions import Settings
from wallboard.feeds.native import follow
from wallboard.reporting_time import Calendar
from wallboard.simulation.plan import Plan
from wallboard.simulation.recording import write_events

BATCH = Subprotocol("wallboard.batch.json")
RAW = msgspec.json.Decoder(list[msgspec.Raw])


def messages(days: int) -> list[bytes]:
    """The demo's events of so many days, as messages of 1,000."""
    stream = io.BytesIO()
    write_events(Plan(time_zone="UTC"), datetime(2026, 11, 16, tzinfo=UTC), days, stream)
    lines = stream.getvalue().splitlines()
    return [b"[" + b",".join(lines[at : at + 1_000]) + b"]" for at in range(0, len(lines), 1_000)]


def control(kind: str, number: int, newest: int) -> bytes:
    """A hello or a heartbeat."""
    now = datetime.now(UTC).isoformat()
    data = {"epoch": "bench", "oldest": 1, "newest": newest, "time": now}
    event = {"specversion": "1.0", "id": f"c{number}", "source": "bench", "type": kind}
    return json.dumps([event | {"time": now, "data": data}]).encode()


def server(bodies: list[bytes], newest: int, ready: Connection) -> None:
    """Serve the messages to whoever connects; runs until it is terminated."""

    async def handle(connection: ServerConnection) -> None:
        await connection.send(control("feed.hello", 0, newest), text=True)
        for body in bodies:
            await connection.send(body, text=True)
        await connection.send(control("feed.heartbeat", 1, newest), text=True)
        await connection.wait_closed()

    async def run() -> None:
        async with serve(
            handle, "127.0.0.1", 0, subprotocols=[BATCH], compression=None, max_size=None
        ) as listening:
            ready.send(next(iter(listening.sockets)).getsockname()[1])
            await asyncio.Future()

    asyncio.run(run())


def ours(port: int, newest: int, folder: Path, answer: Connection) -> None:
    """The real client and collector; answers with the seconds up to the last commit."""
    cache = folder / "ours.sqlite"
    lock = CacheLock(cache).acquire()
    db = open_for_writing(cache)
    mover, scribe = LogMover(cache, db.conn), Scribe(cache, lock)
    collector = Collector(Ledger(db, Calendar("UTC"), Settings(), mover.written, scribe))
    # As after a restart, so that everything comes over the websocket.
    collector.coverage("bench").epoch = "bench"
    collector.coverage("bench").add(1, 1)
    calm_garbage_collection()
    feed = Feed(name="bench", url=f"ws://127.0.0.1:{port}/events", compression=False)

    async def run() -> float:
        stop = asyncio.Event()
        started = time.perf_counter()
        following = asyncio.create_task(follow(feed, collector, stop=stop))
        while collector.coverage("bench").newest != newest:  # noqa: ASYNC110 - it tells nobody
            await asyncio.sleep(0.005)
        await collector.flush()
        seconds = time.perf_counter() - started
        stop.set()
        await following
        return seconds

    with mover, scribe:
        answer.send(asyncio.run(run()))
    db.close()


def floor(port: int, newest: int, folder: Path, answer: Connection) -> None:
    """Receive, decode, one raw row per event; answers with the seconds it took."""
    db = sqlite3.connect(folder / "floor.sqlite", isolation_level=None)
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA synchronous = NORMAL")
    db.execute("PRAGMA cache_size = -65536")
    db.execute(f"PRAGMA wal_autocheckpoint = {CHECKPOINT_PAGES}")
    db.execute(
        "CREATE TABLE events (source TEXT, id TEXT, time INTEGER, sequence INTEGER, type TEXT, "
        "body BLOB, UNIQUE (source, id))"
    )
    calm_garbage_collection()

    async def run() -> float:
        started = time.perf_counter()
        reached = 0
        url = f"ws://127.0.0.1:{port}/events"
        async with connect(url, subprotocols=[BATCH], compression=None, max_size=None) as feed:
            while reached < newest:
                body = await feed.recv(decode=False)
                events = decode_batch(body).events
                if not events:
                    continue
                raw = map(bytes, RAW.decode(body))
                db.execute("BEGIN IMMEDIATE")
                db.executemany(
                    "INSERT INTO events VALUES (?, ?, ?, ?, ?, ?)",
                    [
                        (e.source, e.id, e.time, e.sequence, NAMES[type(e.data)], text)
                        for e, text in zip(events, raw, strict=True)
                    ],
                )
                db.execute("COMMIT")
                reached = events[-1].sequence or 0
            return time.perf_counter() - started

    answer.send(asyncio.run(run()))
    db.close()


def main() -> None:
    """Run both in turn and print rates and their ratio."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    bodies = messages(int(sys.argv[2]) if len(sys.argv) > 2 else 2)
    newest = decode_batch(bodies[-1]).events[-1].sequence or 0
    processes = multiprocessing.get_context("spawn")
    ready, told = processes.Pipe(duplex=False)
    serving = processes.Process(target=server, args=(bodies, newest, told), daemon=True)
    serving.start()
    port = ready.recv()
    rates: dict[str, list[float]] = {"ours": [], "floor": []}
    for _ in range(rounds):
        for name, work in (("floor", floor), ("ours", ours)):
            with tempfile.TemporaryDirectory() as folder:
                answer, give = processes.Pipe(duplex=False)
                process = processes.Process(target=work, args=(port, newest, Path(folder), give))
                process.start()
                rates[name].append(newest / answer.recv())
                process.join()
    serving.terminate()
    ratios = [mine / base for mine, base in zip(rates["ours"], rates["floor"], strict=True)]
    for name, found in rates.items():
        print(f"{name:<6} {statistics.median(found):>10,.0f} events/s  (of {newest:,} events)")
    print(f"ratio  {statistics.median(ratios):>10.2f}  (target: 0.50, and 25,000 events/s)")


if __name__ == "__main__":
    main()
