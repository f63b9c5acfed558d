"""A feed server as a process of its own, which reveals the events of a file little by little.

`python -m tests.reliability.served FILE PORT BEGUN SECONDS`: started again, it goes on where its
stream is by then, under the same numbers, so that it can be killed at any instant. The port is
written to standard output once clients can connect.
"""

import asyncio
import sys
import time
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


def write_stream(path: Path, *, hours: int = 12, agents: int = 10, seed: int = 1) -> int:
    """Write the events of a simulated center's day; return how many.

    The day is of the last week: of what is older, retention deletes the minutes.
    """
    block = block_of(datetime.now(UTC).date() - timedelta(days=3), ZONE)
    center = Center(Plan(agents=agents, seed=seed, time_zone=ZONE), block)
    events = center.advance(block.begins + hours * 3_600_000)
    path.write_bytes(b"\n".join(events))
    return len(events)


async def serve(events: list[bytes], port: int, begun: float, seconds: float) -> None:
    """Reveal the events evenly over so many seconds from `begun` on (seconds since 1970)."""
    history = History(epoch=EPOCH)

    def due() -> list[bytes]:
        share = 1.0 if not seconds else min(1.0, max(0.0, (time.time() - begun) / seconds))
        return events[history.newest : int(share * len(events))]

    history.append(due())
    async with FeedServer(history, TOKEN, heartbeat=1.0).listen("127.0.0.1", port) as bound:
        sys.stdout.write(f"{bound}\n")
        sys.stdout.flush()
        while True:
            await asyncio.sleep(TICK_SECONDS)
            history.append(due())


def main() -> None:
    """Serve until killed."""
    file, port, begun, seconds = sys.argv[1:]
    events = Path(file).read_bytes().split(b"\n")
    asyncio.run(serve(events, int(port), float(begun), float(seconds)))


if __name__ == "__main__":
    main()
