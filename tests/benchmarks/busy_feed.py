"""A feed server in a process of its own: 1,000 events a second, with events to look for in them."""

import asyncio
import json
import multiprocessing
import random
import string
import time
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from typing import NamedTuple

from tests.benchmarks.center_stream import dated, definitions_and_events
from wallboard.now import now_ms
from wallboard.simulation.feed_server import FeedServer
from wallboard.simulation.history import History
from wallboard.simulation.outbox import rfc3339

RATE = 1_000
TICK = 0.02
PROBE_AGENTS = 4
"""Each is at fault, so that it stands at the top of the board, for a reason that is the mark."""
PROBE_SECONDS = 0.25
_PROBE = b'"subject":"probe-'
_REASON = b'"reason":"'


class Sent(NamedTuple):
    """A mark and when its event left the server, by the monotonic clock in seconds."""

    mark: str
    at: float


class _Watched(History):
    """A history that remembers when the events to look for were taken from it to be sent."""

    def __init__(self) -> None:
        super().__init__()
        self.sent: dict[str, float] = {}

    def read(self, after: int, limit: int) -> tuple[int, list[bytes]]:
        """As its base."""
        first, events = super().read(after, limit)
        for event in events:
            if _PROBE in event:
                mark = event.partition(_REASON)[2].partition(b'"')[0].decode()
                self.sent.setdefault(mark, time.monotonic())
        return first, events


class BusyFeed:
    """The other end of the server's process."""

    def __init__(self, port: int, orders: Connection) -> None:
        self.url = f"ws://127.0.0.1:{port}/events"
        self._orders = orders

    def send(self, seconds: float, *, probing: bool = False) -> list[Sent]:
        """Send 1,000 events a second for so long; returns what is to be looked for, if any."""
        self._orders.send((seconds, probing))
        answer: list[Sent] = self._orders.recv()
        return answer

    def start_sending(self, seconds: float) -> None:
        """The same without waiting; `finish` must follow."""
        self._orders.send((seconds, False))

    def finish(self) -> None:
        """Wait until what was started is over."""
        self._orders.recv()


@contextmanager
def busy_feed(seconds: float) -> Iterator[BusyFeed]:
    """A server with enough events for so many seconds; silent until it is told to send."""
    processes = multiprocessing.get_context("spawn")
    orders, told = processes.Pipe()
    process = processes.Process(target=_serve, args=(told, int(seconds * RATE)), daemon=True)
    process.start()
    told.close()  # so that a server that dies is noticed
    try:
        yield BusyFeed(orders.recv(), orders)
    finally:
        process.terminate()
        process.join()


def _serve(orders: Connection, events: int) -> None:
    asyncio.run(_run(orders, events))


async def _run(orders: Connection, events: int) -> None:
    defined, stream = definitions_and_events(events)
    history = _Watched()
    now = now_ms()
    history.append([dated(event, now) for event in defined])
    history.append([_probe(number, "starting", now) for number in range(PROBE_AGENTS)])
    coming = iter(stream)
    async with FeedServer(history).listen("127.0.0.1") as port:
        orders.send(port)
        while True:
            seconds, probing = await asyncio.to_thread(orders.recv)
            history.sent.clear()
            await _play(history, coming, seconds, probing)
            orders.send([Sent(mark, at) for mark, at in history.sent.items()])


async def _play(history: History, coming: Iterator[bytes], seconds: float, probing: bool) -> None:
    started = time.monotonic()
    marks = _marks()
    probe_due, probes, sent = 0.0, 0, 0
    while (elapsed := time.monotonic() - started) < seconds:
        now = now_ms()
        due = [dated(next(coming), now) for _ in range(int(elapsed * RATE) - sent)]
        sent += len(due)
        if probing and elapsed >= probe_due:
            due.append(_probe(probes % PROBE_AGENTS, next(marks), now))
            probes += 1
            # Not in step with anything that repeats on the way.
            probe_due = elapsed + PROBE_SECONDS * random.uniform(0.7, 1.3)
        history.append(due)
        await asyncio.sleep(TICK)


def _marks() -> Iterator[str]:
    """Words of which each differs from those before in every letter; five of them in turn.

    The board sends only what changed.
    """
    seen: set[str] = set()
    before: list[str] = ["-" * 8] * PROBE_AGENTS
    while True:
        mark = "".join(
            random.choice([letter for letter in string.ascii_lowercase if letter not in used])
            for used in zip(*before, strict=True)
        )
        if mark not in seen:
            seen.add(mark)
            before = [*before[1:], mark]
            yield mark


def _probe(agent: int, reason: str, now: int) -> bytes:
    name = f"probe-{agent}"
    said = {"agent": name, "presence": "paused", "reason": reason, "activity": "fault"}
    return json.dumps(
        {
            "id": f"{name}-{reason}",
            "source": "probe",
            "type": "agent.changed",
            "time": rfc3339(now),
            "subject": name,
            "data": said,
            "specversion": "1.0",
        },
        separators=(",", ":"),
    ).encode()
