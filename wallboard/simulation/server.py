"""The whole simulated center as a feed: today at once, then live, and the days before it."""

import asyncio
import logging
from collections.abc import Callable

from wallboard.now import now_ms
from wallboard.simulation.backfill import earlier_blocks
from wallboard.simulation.feed_server import FeedServer
from wallboard.simulation.history import History
from wallboard.simulation.live import Live
from wallboard.simulation.plan import Plan

BASE = 1_000_000_000
"""The sequence of the first event of the block that is current when serving begins."""
TICK = 0.05
"""Seconds between two looks at the clock."""
STRIDE = 1_800_000
"""Milliseconds of the past that are generated at a time before serving begins."""


log = logging.getLogger(__name__)


async def serve_center(
    plan: Plan,
    *,
    host: str,
    port: int,
    token: str | None,
    days: int,
    speed: float,
    anchor: int | None = None,
    ready: Callable[[int], None] | None = None,
    stop: asyncio.Event | None = None,
) -> None:
    """Serve a simulated center until ``stop`` is set or this is cancelled.

    ``ready`` is called with the port (asked for 0: a free one) once clients can connect; the
    current day is then held up to now, and ``days`` more are put before it, newest first.
    From then on simulated time runs ``speed`` times as fast as the clock: from ``anchor`` on
    (UTC milliseconds; now), so that a center that is started again with the anchor of its first
    start makes the same events under the same numbers. Raises OSError when the port cannot be
    had, ValueError for an impossible speed.
    """
    anchor = now_ms() if anchor is None else min(anchor, now_ms())
    live = Live(plan, anchor, speed)
    history = History(first=BASE, epoch=live.epoch)
    for moment in range(live.block.begins, anchor, STRIDE):
        history.append(live.due(moment))
        await asyncio.sleep(0)
    history.append(live.due(now_ms()))
    async with FeedServer(history, token).listen(host, port) as bound:
        if ready:
            ready(bound)
        running = asyncio.create_task(_run(live, history))
        filling = asyncio.create_task(_fill(plan, live, history, days))
        stopping = asyncio.create_task((stop or asyncio.Event()).wait())
        try:
            await asyncio.wait((running, stopping), return_when=asyncio.FIRST_COMPLETED)
            if running.done():
                running.result()
        finally:
            tasks = (running, filling, stopping)
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)


async def _run(live: Live, history: History) -> None:
    while True:
        history.append(live.due(now_ms()))
        await asyncio.sleep(TICK)


async def _fill(plan: Plan, live: Live, history: History, days: int) -> None:
    blocks = earlier_blocks(plan, live.block, days)
    try:
        async for packs in blocks:
            history.prepend(packs)
    except (RuntimeError, OSError) as error:
        # The board works without its past; whoever runs the demo learns why it is short.
        log.warning("%s", error)
    finally:
        await blocks.aclose()
