"""A board without a screen: the real reader's thread, in a process of its own.

`python -m tests.reliability.watcher CACHE` reads as a board on the floor's screen does until its
standard input ends, then writes what it saw as a JSON object.
"""

import json
import sys
import time
from pathlib import Path
from typing import Final

from wallboard.board.asking import Asking
from wallboard.board.reader import Reader
from wallboard.board.snapshot import Interest, Snapshot
from wallboard.config import Configuration
from wallboard.now import now_ms
from wallboard.reporting_time import Calendar

READY: Final = "reading\n"


class Watcher:
    """Counts what is published; `longest` is the longest time between two snapshots in seconds."""

    def __init__(self, cache: Path) -> None:
        configuration = Configuration()
        asking = Asking(Calendar.of(configuration.reporting), configuration)
        self.snapshots = 0
        self.events = 0
        self.longest = 0.0
        self.problem = ""
        self._latest = time.monotonic()
        self.reader = Reader(cache, asking, now_ms, self._take, Interest(floor=True))

    def _take(self, snapshot: Snapshot) -> None:
        now = time.monotonic()
        if self.snapshots:
            self.longest = max(self.longest, now - self._latest)
        self._latest = now
        self.snapshots += 1
        self.events = sum(feed.events for feed in snapshot.feeds)
        if snapshot.problem and "yet" not in snapshot.problem:
            self.problem = snapshot.problem
        self.reader.drawn()


def main() -> None:
    """Read until nobody wants it any more."""
    watcher = Watcher(Path(sys.argv[1]))
    watcher.reader.start()
    sys.stdout.write(READY)
    sys.stdout.flush()
    sys.stdin.read()
    watcher.reader.stop()
    seen = {name: getattr(watcher, name) for name in ("snapshots", "events", "longest", "problem")}
    sys.stdout.write(json.dumps(seen))


if __name__ == "__main__":
    main()
