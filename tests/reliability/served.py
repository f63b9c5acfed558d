"""A feed server as a process of its own, which reveals the events of a file little by little.

`python -m tests.reliability.served FILE PORT`: as many events as the file FILE.due says by and by.
Started again, it has all of them at once, under the same numbers, so that it can be killed at any
instant. The port is written to standard output once clients can connect.
"""

import asyncio
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from wallboard.simulation.blocks import block_of
from wallboard.simulation.center import Center
from wallboard.simulation.feed_server import FeedServer
from wallboard.simulation.history import History
from wallboard.simulation.plan import Plan

ZONE: Final = "Europe/Paris"
EPOCH: Final = "the-one"
TOKEN: Final = "a-token-of-the-tests"
TICK_SECONDS: Final = 0.02
TICK_EVENTS: Final = 30
"""In a tick at most: so a stream goes on for a while."""


def write_stream(path: Path, *, hours: int = 12, agents: int = 10, seed: int = 1) -> int:
    """Write the events of a simulated center's day; return how many.

    The day is of the last week: of what is older, retention deletes the minutes.
    """
    block = block_of(datetime.now(UTC).date() - timedelta(days=3), ZONE)
    center = Center(Plan(agents=agents, seed=seed, time_zone=ZONE), block)
    events = center.advance(block.begins + hours * 3_600_000)
    path.write_bytes(b"\n".join(events))
    return len(events)


def reveal(path: Path, events: int) -> None:
    """Let the servers of the file `path` reveal so many of its events."""
    due = path.with_suffix(".due")
    new = due.with_suffix(".new")
    new.write_text(str(events), encoding="utf-8")
    new.replace(due)


async def serve(path: Path, events: list[bytes], port: int) -> None:
    """Serve for ever."""
    due = path.with_suffix(".due")
    history = History(epoch=EPOCH)
    history.append(events[: int(due.read_text(encoding="utf-8"))])
    async with FeedServer(history, TOKEN, heartbeat=1.0).listen("127.0.0.1", port) as bound:
        sys.stdout.write(f"{bound}\n")
        sys.stdout.flush()
        while True:
            await asyncio.sleep(TICK_SECONDS)
            upto = min(int(due.read_text(encoding="utf-8")), history.newest + TICK_EVENTS)
            history.append(events[history.newest : upto])


def main() -> None:
    """Serve until killed."""
    path = Path(sys.argv[1])
    asyncio.run(serve(path, path.read_bytes().split(b"\n"), int(sys.argv[2])))


if __name__ == "__main__":
    main()
