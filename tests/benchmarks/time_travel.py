"""The floor as it stood at any instant, on 1,000,000 calls and 90 days of states of 500 agents.

    python -m tests.benchmarks.time_travel [calls] [folder]

Makes the cache in a folder that is removed afterwards, or in the one that is named, where a second
run finds it (making it takes some minutes). Instants are drawn over all that the cache holds; at
each, what a screen shows is read as the board reads it after a step: from a state of the cache that
is opened already, with nothing kept of the instant.
"""

import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from sqlite3 import Connection

from tests.benchmarks.large_cache import DAY_MS, HOUR_MS, write_full
from wallboard.board.asking import Asking
from wallboard.board.snapshot import CallsWanted, Interest
from wallboard.cache.opening import open_for_reading
from wallboard.config import Configuration
from wallboard.now import now_ms
from wallboard.questions.scope import Scope
from wallboard.reporting_time import Calendar

AGENT_DAYS = 90
INSTANTS = 60
TARGET_MS = 200


def milliseconds(connection: Connection, interest: Interest, now: int) -> float:
    """How long a snapshot takes."""
    asking = Asking(Calendar("UTC"), Configuration())
    began = time.perf_counter()
    asking.snapshot(connection, interest, now)
    return (time.perf_counter() - began) * 1_000


def measure(connection: Connection) -> None:
    """Time each screen at instants of all ages."""
    oldest, now = connection.execute("SELECT min(time), max(time) FROM agent_changes").fetchone()
    (first,) = connection.execute("SELECT min(started) FROM calls").fetchone()
    (queue,) = connection.execute("SELECT min(queue) FROM queues").fetchone()
    (calls,) = connection.execute("SELECT count(*) FROM calls").fetchone()
    days = (now - oldest) / DAY_MS
    print(f"{calls:,} calls since {(now - first) / DAY_MS:.0f} days, agents {days:.0f} days")
    drawn = random.Random(1)
    # Half of them where there are calls, which are dearer.
    instants = [
        drawn.randrange(since, now) for since in (oldest, first) for _ in range(INSTANTS // 2)
    ]
    busiest = [now - day * DAY_MS - 2 * HOUR_MS for day in range(0, 20, 4)]
    screens: dict[str, Callable[[int], Interest]] = {
        "floor": lambda at: Interest(floor=True, at=at),
        "floor of one queue": lambda at: Interest(Scope(queue=queue), floor=True, at=at),
        "calls": lambda at: Interest(calls=CallsWanted(), at=at),
    }
    for name, interest in screens.items():
        milliseconds(connection, interest(now - HOUR_MS), now)
        took = [milliseconds(connection, interest(at), now) for at in (*instants, *busiest)]
        print(f"{name:<20} {in_words(took)}")


def in_words(took: Iterable[float]) -> str:
    """The middle and the worst of what was measured."""
    sorted_ms = sorted(took)
    return (
        f"median {statistics.median(sorted_ms):.0f} ms, 95 % under "
        f"{sorted_ms[int(len(sorted_ms) * 0.95)]:.0f} ms, worst {sorted_ms[-1]:.0f} ms "
        f"(target: {TARGET_MS})"
    )


def main(calls: int, folder: Path) -> None:
    """Make the cache where there is none, and measure."""
    path = folder / "time_travel.sqlite"
    if not path.exists():
        write_full(path, calls, now_ms(), agent_days=AGENT_DAYS)
    connection = open_for_reading(path)
    try:
        measure(connection)
    finally:
        connection.close()


if __name__ == "__main__":
    WANTED = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    if len(sys.argv) > 2:
        main(WANTED, Path(sys.argv[2]))
    else:
        with tempfile.TemporaryDirectory() as made:
            main(WANTED, Path(made))
