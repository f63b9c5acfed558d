"""Many boards on one cache beside a collector that takes in events as fast as it can.

`python -m tests.reliability.boards 20` measures the rate with none and with so many, and what each
of them saw.
"""

import json
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from typing import Final, NamedTuple

from tests.endtoend.stage import PROJECT, Stage, until
from tests.reliability.feeding import feeding

WHOLE: Final = "SELECT 1 FROM feeds WHERE coverage = ?"
LINGER_SECONDS: Final = 3.0


class Seen(NamedTuple):
    """What a board saw: how many snapshots, the last one's events, the longest pause, a fault."""

    snapshots: int
    events: int
    longest: float
    problem: str


class Measured(NamedTuple):
    """Events in all, seconds until they were committed, the collector's processor time, boards."""

    events: int
    seconds: float
    processor: float
    boards: list[Seen]
    said: str


def measured(boards: int, *, hours: int, agents: int) -> Measured:
    """Collect a day that the server holds already, with so many boards reading meanwhile."""
    stage = Stage()
    with tempfile.TemporaryDirectory() as folder, ExitStack() as ending:
        ending.callback(stage.close)
        day = feeding(stage, Path(folder), hours=hours, agents=agents, whole=True)
        fed = ending.enter_context(day)
        watching = [_watch(stage) for _ in range(boards)]
        for process in watching:
            assert process.stdout is not None
            process.stdout.readline()
        began = time.monotonic()
        collector = stage.start("collect")
        until(lambda: stage.ask(WHOLE, fed.coverage), "whole stream", 300)
        took = time.monotonic() - began
        time.sleep(LINGER_SECONDS)
        seen = [Seen(**json.loads(process.communicate(b"")[0])) for process in watching]
        ticks = Path(f"/proc/{collector.pid}/stat").read_text().rpartition(")")[2].split()
        collector.end()
        assert collector.process.returncode == 0, collector.err
        return Measured(
            fed.total, took, (int(ticks[11]) + int(ticks[12])) / 100, seen, collector.err
        )


def _watch(stage: Stage) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [sys.executable, "-m", "tests.reliability.watcher", str(stage.cache)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=PROJECT,
        env=stage.environment,
    )


def main() -> None:
    """Measure with none and with many, in turn."""
    many = int(sys.argv[1])
    for boards in (0, many, 0, many):
        found = measured(boards, hours=20, agents=30)
        rate = found.events / found.seconds
        own = found.events / found.processor
        print(f"{boards} boards: {found.events:,} events in {found.seconds:.1f} s ({rate:,.0f}/s)")
        print(f"  the collector's processor time {found.processor:.1f} s ({own:,.0f}/s of it)")
        if found.boards:
            least = min(found.boards, key=lambda seen: seen.snapshots)
            longest = max(seen.longest for seen in found.boards)
            print(f"  fewest snapshots {least.snapshots}, longest pause {longest:.1f} s")


if __name__ == "__main__":
    main()
