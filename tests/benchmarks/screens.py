"""How long it takes from a key to the screen, and to its figures, on a cache of a million calls.

    python -m tests.benchmarks.screens [calls] [cache]

A board runs in this process without a terminal; `screen` is the time until the first frame of what
the key opened was composed, `figures` until all that it asks for was read and drawn. Each screen is
opened twice: what is looked up once for a process comes with the first time. `processor` is how
long the process was at work until the figures were there, which load changes less. Garbage is
collected as in a board. An existing cache is only read, as it stood at its newest event.
"""

import asyncio
import os
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from textual import events
from textual.pilot import Pilot

from tests.benchmarks.large_cache import write_full
from wallboard.app import Board
from wallboard.board.garbage import collect_seldom
from wallboard.cache.opening import open_for_reading
from wallboard.config import Configuration, Reporting
from wallboard.now import now_ms
from widgets.rows import Rows

SIZE: Final = (160, 45)
CALLS: Final = 1_000_000
TARGET: Final = 0.3
PATIENCE: Final = 20.0
NOTHING_NEW: Final = 0.3
"""A key that asks for nothing else by then moved within what was known."""
CONFIGURATION: Final = Configuration(reporting=Reporting(time_zone="UTC"))


@dataclass(frozen=True, slots=True)
class Opened:
    """What a key opened, and after how many seconds it was there, empty and filled."""

    what: str
    screen: float
    figures: float
    processor: float


SCREENS: Final = {
    "CallsScreen": ("2",),
    "CallScreen": ("2", "down", "enter"),
    "AgentsScreen": ("3",),
    "AgentScreen": ("3", "down", "enter"),
    "CampaignsScreen": ("4",),
    "CampaignScreen": ("4", "down", "enter"),
    "MetricsScreen": ("5",),
    "FigureScreen": ("5", "down", "enter"),
    "ReportsScreen": ("6",),
    "FeedScreen": ("7",),
    "FloorScreen": ("1",),
    "QueueScreen": ("1", "enter"),
}
"""The keys to each; the last is the one that is measured."""
FOCUSED: Final = {"QueueScreen": "#queues"}
"""Where the cursor has to be before that."""

IN_CALLS: Final = (
    ("page down", ("pagedown",)),
    ("end", ("end",)),
    ("page up", ("pageup",)),
    ("home", ("home",)),
    ("a number", ("slash", "plus", *"1415", "enter")),
    ("clear", ("x",)),
    ("a name", ("slash", *"ames", "enter")),
    ("clear", ("x",)),
    ("an id", ("slash", *"0a1b2c3d", "enter")),
    ("clear", ("x",)),
    ("not called back", ("a",)),
    ("inbound of these", ("d",)),
    ("clear", ("x",)),
    ("state: live", ("s",)),
    ("state: answered", ("s",)),
    ("state: missed", ("s",)),
)
"""Keys in the list of calls; the time is that of the last."""


@asynccontextmanager
async def on(cache: Path, now: int) -> AsyncIterator[Pilot[None]]:
    """A board on the cache, as it stood at `now`."""
    board = Board(cache, CONFIGURATION, clock=lambda: now)
    async with board.run_test(size=SIZE) as pilot:
        await settled(board)
        yield pilot


async def settled(board: Board) -> None:
    """Wait for the figures."""
    async with asyncio.timeout(PATIENCE):
        await board.settled()


async def drawn(board: Board) -> None:
    """Wait until what was asked of the application has been composed."""
    done = asyncio.Event()
    board.screen.call_after_refresh(board.screen.call_after_refresh, done.set)
    await done.wait()


def press(board: Board, key: str) -> None:
    """Press a key as a terminal does."""
    board.post_message(events.Key(key, key if len(key) == 1 else None))


def asked(board: Board) -> object:
    """What the screen asks for, and where the cursor of its list is."""
    screen = board.board_screen
    assert screen is not None
    lists = [rows.cursor for rows in screen.query(Rows)]
    return board.interest_of(screen), lists


async def pressed(pilot: Pilot[None], what: str, keys: Sequence[str]) -> Opened:
    """Press all keys, and measure the last: it opens the screen `what` or asks for other calls."""
    board = pilot.app
    assert isinstance(board, Board)
    for key in keys[:-1]:
        press(board, key)
        await pilot.pause(0.1)
        await settled(board)
    if what in FOCUSED:
        board.screen.query_one(FOCUSED[what]).focus()
    await pilot.pause()
    here = board.board_screen
    assert here is not None
    before = asked(board)
    began, worked = time.monotonic(), time.process_time()
    press(board, keys[-1])
    wanted = what if what in SCREENS else type(here).__name__
    while time.monotonic() < began + (PATIENCE if what in SCREENS else NOTHING_NEW):
        now = board.board_screen
        is_there = now is not None and type(now).__name__ == wanted
        if is_there and (what in SCREENS or asked(board) != before):
            break
        await asyncio.sleep(0.001)
    await drawn(board)
    screen = time.monotonic() - began
    await settled(board)
    await drawn(board)
    return Opened(what, screen, time.monotonic() - began, time.process_time() - worked)


async def measured(cache: Path, now: int) -> None:
    """Open every screen twice, then walk through the calls."""
    async with on(cache, now) as pilot:
        say("screen, first")
        for what, keys in SCREENS.items():
            show(await pressed(pilot, what, keys))
        say("screen, again")
        for what, keys in SCREENS.items():
            show(await pressed(pilot, what, keys))
    async with on(cache, now) as pilot:
        await pressed(pilot, "Calls", ("2",))
        say("in the calls")
        for what, keys in IN_CALLS:
            show(await pressed(pilot, what, keys))


def say(what: str) -> None:
    """Print the head of a table."""
    print(f"{what:<24} {'screen':>9} {'figures':>9} {'processor':>9}", flush=True)


def show(found: Opened) -> None:
    """Print one line of it."""
    times = (found.screen, found.figures, found.processor)
    late = "" if found.screen < TARGET else f"  target: under {TARGET * 1000:.0f} ms"
    print(f"{found.what:<24} " + " ".join(f"{each * 1000:>6,.0f} ms" for each in times) + late,
          flush=True)  # fmt: skip


def newest(cache: Path) -> int:
    """The moment of the last that is known (UTC ms): before it lies the past."""
    connection = open_for_reading(cache)
    try:
        (call,) = connection.execute("SELECT max(started) FROM calls").fetchone()
        (ended,) = connection.execute("SELECT max(ended) FROM calls").fetchone()
        (event,) = connection.execute("SELECT max(last_event) FROM feeds").fetchone()
        moments: list[int] = [at for at in (call, ended, event) if at is not None]
        return max(moments)
    finally:
        connection.close()


def main() -> None:
    """Measure and print."""
    calls = int(sys.argv[1]) if len(sys.argv) > 1 else CALLS
    with tempfile.TemporaryDirectory() as name:
        cache = Path(sys.argv[2]) if len(sys.argv) > 2 else Path(name) / "cache.sqlite"
        if not cache.exists():
            write_full(cache, calls, now_ms())
        print(f"load {os.getloadavg()[0]:.1f}")
        collect_seldom()
        asyncio.run(measured(cache, newest(cache)))


if __name__ == "__main__":
    main()
