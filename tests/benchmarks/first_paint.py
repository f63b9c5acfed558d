"""From the start of the process to the first whole frame, on an empty and on a large cache.

    python -m tests.benchmarks.first_paint [calls] [folder]

Makes a cache of 1,000,000 calls and one without a call, both of a center of 500 agents, in a folder
that is removed afterwards, or in the one that is named, where a second run finds them (making them
takes some minutes). Starts `wallboard` on each in turn, on a pseudo-terminal of 160 by 45, and
takes the time until rates, queues and agents with their numbers have arrived there. No collector
runs. `cold`: the large cache is not in the system's memory.
"""

import os
import statistics
import sys
import tempfile
from pathlib import Path

from tests.benchmarks.large_cache import write_empty, write_full
from tests.benchmarks.running import board, configure
from wallboard.now import now_ms

ROUNDS = 5
MARKS = ("SERVICE LEVEL", "QUEUES", "AGENTS", "on call", "quit")
LIMIT = 1.0


def forget(cache: Path) -> None:
    """Have the system drop what it holds of the file in memory."""
    with cache.open("rb") as file:
        os.fsync(file.fileno())
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def painted(folder: Path) -> tuple[float, float]:
    """Seconds until the first whole frame, and those of the processor that it took."""
    with board(folder) as shown:
        return shown.wait_for(*MARKS), shown.processor_seconds


def make(folder: Path, calls: int) -> None:
    """Make what is not there yet."""
    for name in ("empty", "full"):
        cache = folder / name / "cache.sqlite"
        if cache.exists():
            continue
        cache.parent.mkdir()
        configure(cache.parent, None)
        if name == "empty":
            write_empty(cache, now_ms())
        else:
            print(f"a cache of {write_full(cache, calls, now_ms()):,} calls was made")


def main() -> None:
    """Measure and print."""
    calls = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with tempfile.TemporaryDirectory() as name:
        folder = Path(sys.argv[2] if len(sys.argv) > 2 else name)
        make(folder, calls)
        full = folder / "full" / "cache.sqlite"
        found: dict[str, list[tuple[float, float]]] = {"empty": [], "full": [], "full, cold": []}
        for _ in range(ROUNDS):
            found["empty"].append(painted(folder / "empty"))
            found["full"].append(painted(folder / "full"))
            forget(full)
            found["full, cold"].append(painted(folder / "full"))
        print(f"{full.stat().st_size / 2**20:,.0f} MiB; load {os.getloadavg()[0]:.1f}")
    middle = {}
    for kind, runs in found.items():
        seconds, used = zip(*runs, strict=True)
        middle[kind] = (statistics.median(seconds), statistics.median(used))
        print(f"{kind:<12} {middle[kind][0]:>6.2f} s  (of {min(seconds):.2f} to", end="")
        print(f" {max(seconds):.2f}; target: below {LIMIT:g} s)", end="")
        print(f"  processor {middle[kind][1]:.2f} s")
    pairs = zip(middle["full"], middle["empty"], strict=True)
    clock, processor = (large / small for large, small in pairs)
    print(f"full to empty {clock:.2f}, by processor time {processor:.2f}  (target: 1)")


if __name__ == "__main__":
    main()
