"""How a collector ends: told to, or for the loss of its cache; it waits for no disk for ever."""

import asyncio
from typing import Final

from wallboard.collector.collector import Collector
from wallboard.collector.following import Following
from wallboard.collector.stopping import Stopping
from wallboard.collector.ward import Loss, Ward

PATIENCE_SECONDS: Final = 1.0
"""How long the end waits for a cache that cannot be written."""


async def until_stopped_or_lost(stopping: Stopping, ward: Ward) -> Loss | None:
    """Return None when told to stop, else what has become of the cache."""
    told = asyncio.create_task(stopping.event.wait())
    watching = asyncio.create_task(ward.watch())
    try:
        await asyncio.wait((told, watching), return_when=asyncio.FIRST_COMPLETED)
        return None if told.done() else watching.result()
    finally:
        for task in (told, watching):
            task.cancel()
        await asyncio.wait((told, watching))


async def end_feeds(following: Following, collector: Collector, *, is_lost: bool) -> bool:
    """End all feeds; tell whether what they had brought is written."""
    if is_lost:
        following.abandon()
    ending = asyncio.create_task(following.stop())
    while not ending.done():
        await asyncio.wait((ending,), timeout=PATIENCE_SECONDS)
        if collector.trouble:
            following.abandon()
    if is_lost:
        return False
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            await collector.flush()
    except TimeoutError:
        return False
    return True
