"""A feed followed by the real client and collector into a cache, and what a board says of it."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, closing
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final

from msgspec.structs import replace

from tests.collector.books import Tables
from tests.feeds.stand import FEED
from tests.feeds.stand import QUICK as STAND_QUICK
from tests.reliability.rows import assert_equal, rows
from wallboard.board.snapshot import Interest, Snapshot
from wallboard.board.trust import State, Verdict, judge
from wallboard.cache.opening import open_for_reading
from wallboard.cache.writing import open_for_writing
from wallboard.collector.collector import Collector
from wallboard.collector.ledger import Ledger
from wallboard.config import Feed
from wallboard.facts.definitions import Settings
from wallboard.feeds.native import follow
from wallboard.feeds.tuning import Tuning
from wallboard.now import now_ms
from wallboard.questions.feed_answers import FeedHealth
from wallboard.questions.feeds import feeds
from wallboard.questions.gaps import Gap, gaps
from wallboard.reporting_time import Calendar
from wallboard.simulation.blocks import block_of
from wallboard.simulation.center import Center
from wallboard.simulation.feed_server import FeedServer
from wallboard.simulation.history import History
from wallboard.simulation.plan import Plan

TOKEN: Final = "a-token-of-the-tests"
EPOCH: Final = "the-one"
LOOK_SECONDS: Final = 0.02
LOOKS: Final = 1_500
"""How often something is looked for before a test gives up: for half a minute."""
DAY: Final = date(2026, 3, 3)
BEAT_SECONDS: Final = 0.1
QUICK: Final = replace(
    STAND_QUICK,
    hello_seconds=0.5,
    ping_after_seconds=0.25,
    ping_seconds=0.25,
    stale_seconds=0.5,
    dead_seconds=1.5,
    refused_seconds=0.2,
    http_seconds=0.5,
    open_seconds=0.5,
    many_held=20_000,
    behind=500,
    chunk=1_000,
)
"""The times of a test; the sizes are those of every day."""


@cache
def stream() -> list[bytes]:
    """The events of a morning of a small center."""
    block = block_of(DAY, "UTC")
    return Center(Plan(agents=6, seed=3), block).advance(block.begins + 6 * 3_600_000)


class Followed:
    """One feed on one cache. `shift` is added to this machine's clock, in milliseconds."""

    def __init__(self, path: Path, url: str, tuning: Tuning, token_file: Path | None) -> None:
        self.path = path
        self.shift = 0
        self.token_file = token_file
        self._url = url
        self._tuning = tuning

    def clock(self) -> int:
        """This machine's clock as the collector and the board are told, UTC milliseconds."""
        return now_ms() + self.shift

    @property
    def feed(self) -> Feed:
        """As configured."""
        return Feed(name=FEED, url=self._url, token_file=self.token_file)

    @asynccontextmanager
    async def running(self) -> AsyncIterator["Followed"]:
        """Follow while the context lasts; what was received is in the cache after it."""
        with closing(open_for_writing(self.path)) as db:
            ledger = Ledger(db, Calendar("UTC"), Settings())
            collector = Collector(ledger, self.clock)
            stop = asyncio.Event()
            work = asyncio.create_task(
                follow(self.feed, collector, stop=stop, clock=self.clock, tuning=self._tuning)
            )
            try:
                yield self
            finally:
                stop.set()
                await work
                await collector.flush()

    @property
    def health(self) -> FeedHealth | None:
        """What the cache tells of the feed, None while it does not know it."""
        with closing(open_for_reading(self.path)) as connection:
            found = feeds(connection, self.clock())
        return found[0] if found else None

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """What was lost for good."""
        with closing(open_for_reading(self.path)) as connection:
            return gaps(connection, 0, 2**60)

    @property
    def coverage(self) -> str:
        """Which numbers the cache holds, or knows to be lost."""
        with closing(open_for_reading(self.path)) as connection:
            row = connection.execute("SELECT coverage FROM feeds").fetchone()
        return "" if row is None else str(row[0])

    @property
    def verdict(self) -> Verdict:
        """What a board and `wallboard status` say now, in a state and in words."""
        health = self.health
        now = self.clock()
        found = () if health is None else (health,)
        return judge(
            Snapshot(at=now, interest=Interest(), feeds=found),
            now,
            configured=[(FEED, self._url)],
            clock=str,
        )

    async def until(self, is_true: Callable[[], object], what: str) -> None:
        """Wait until something is true; fail, saying `what` did not come, when it is late."""
        # Looks are counted, not seconds: a machine that stood still for a minute fails nothing.
        for _ in range(LOOKS):
            if is_true():
                return
            await asyncio.sleep(LOOK_SECONDS)
        raise AssertionError(f"There was no {what}: {self.verdict}, {self.coverage}, {self.health}")

    async def until_state(self, state: State, words: str = "") -> Verdict:
        """Wait until a board shows this state and says these words; return all that it says."""
        found: list[Verdict] = []

        def is_so() -> bool:
            verdict = self.verdict
            found[:] = [verdict]
            return verdict.state is state and words in verdict.detail

        await self.until(is_so, f"{state.name} ({words})")
        return found[0]

    async def until_whole(self, newest: int | None = None) -> None:
        """Wait until everything is held and live, with nothing left to say."""
        last = len(stream()) if newest is None else newest
        await self.until(lambda: self.coverage == f"1-{last}", "whole stream")
        await self.until(
            lambda: self.verdict.state is State.LIVE and not self.reason, "quiet live feed"
        )

    @property
    def heard(self) -> int:
        """When the server was last heard (UTC ms), 0 for never."""
        health = self.health
        return 0 if health is None else health.heard or 0

    @property
    def reason(self) -> str:
        """Why not all is well with the feed, empty while it is."""
        health = self.health
        return "" if health is None else health.reason


@asynccontextmanager
async def serving(
    events: list[bytes] | None = None, *, epoch: str = EPOCH, token: str = TOKEN, port: int = 0
) -> AsyncIterator[tuple[int, History]]:
    """A feed server with these events; the value is its port and its history."""
    history = History(epoch=epoch)
    history.append(stream() if events is None else events)
    server = FeedServer(history, token, heartbeat=BEAT_SECONDS)
    async with server.listen("127.0.0.1", port) as bound:
        yield bound, history


def without(tables: Tables, *names: str) -> Tables:
    """All tables but these."""
    return {name: table for name, table in tables.items() if name not in names}


def assert_nothing_lost(
    followed: Followed, expected: Tables, *, is_repeated: bool = False, but: Sequence[str] = ()
) -> None:
    """Row for row what an undisturbed run has, no gap, and nothing counted twice.

    `is_repeated`: events may have come more than once, which is counted and changes nothing else.
    `but`: tables that are not compared.
    """
    assert followed.gaps == ()
    found = rows(followed.path)
    if is_repeated:
        ((*known, events, applied, repeated, unknown, quarantined),) = found["feeds"]
        assert events == applied + repeated + unknown + quarantined
        found["feeds"] = [(*known, applied, applied, 0, unknown, quarantined)]
    assert_equal(without(found, *but), without(expected, *but))


async def undisturbed(path: Path, token_file: Path) -> Tables:
    """The rows of a cache that was fed without a fault."""
    async with serving() as (port, _):
        followed = Followed(path, f"ws://127.0.0.1:{port}/events", QUICK, token_file)
        async with followed.running():
            await followed.until_whole()
    return rows(path)
