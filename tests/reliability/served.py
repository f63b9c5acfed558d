"""A feed server as a process of its own, which reveals a fixed stream little by little.

`python -m tests.reliability.served PORT BEGUN SECONDS`: started again, it goes on where its
stream is by then, under the same numbers, so that it can be killed at any instant. The port is
written to standard output once clients can connect.
"""

import asyncio
import json
import sys
import time
from typing import Final

from tests.collector.simulated import simulated
from wallboard.simulation.feed_server import FeedServer
from wallboard.simulation.history import History

HOURS: Final = 12
AGENTS: Final = 10
EPOCH: Final = "the-one"
TOKEN: Final = "a-token-of-the-tests"
TICK_SECONDS: Final = 0.02


def stream() -> list[bytes]:
    """The events, which the server numbers from 1 on."""
    events = ({**event, "sequence": None} for event in simulated(1, HOURS, AGENTS))
    return [
        json.dumps({name: value for name, value in event.items() if value is not None}).encode()
        for event in events
    ]


async def serve(port: int, begun: float, seconds: float) -> None:
    """Reveal the stream evenly over so many seconds from `begun` on (seconds since 1970)."""
    events = stream()
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


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), float(sys.argv[2]), float(sys.argv[3])))
