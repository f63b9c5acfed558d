"""Deleting what is over its time, beside the feeds and a little at a time."""

import asyncio
import logging
import sqlite3
import time
from collections.abc import Callable
from typing import Final

from wallboard.collector.clock import why_doubted
from wallboard.collector.ledger import Ledger
from wallboard.config import Cache
from wallboard.now import now_ms

log = logging.getLogger(__name__)

EVERY_SECONDS: Final = 3_600.0
PAUSE_SECONDS: Final = 0.05
"""Between two slices: the feeds have their turn."""

AGAIN_SECONDS: Final = 30.0
"""How often a clock that is doubted is looked at again."""
SET_IT: Final = (
    "Look at the clock (`date`). It is deleted once a feed's clock agrees, or, where none is "
    "heard, a day after the start."
)

LOG_SECONDS: Final = 1.0
LOG_TRIES: Final = 60
"""How often in a row the log is tried to be emptied; boards read for milliseconds at a time."""

DAY_MS: Final = 86_400_000


async def keep_house(ledger: Ledger, keep: Callable[[], Cache]) -> None:
    """Delete what is over its time, now and every hour, for ever.

    By the ledger alone: what is deleted must leave its memory too, and not cut into a transaction.
    Nothing is deleted by a clock that cannot be believed.
    """
    day, began, told = -1, time.monotonic(), False
    while True:
        now, kept = now_ms(), keep()
        feeds = ledger.feeds
        running = time.monotonic() - began
        try:
            if why := why_doubted(now, feeds.newest_event(), feeds.clocks(), running):
                if not told:
                    log.warning("Nothing is deleted that is over its time: %s. %s", why, SET_IT)
                    told = True
                await asyncio.sleep(AGAIN_SECONDS)
                continue
            told = False
            while ledger.forget_old(now, kept.keep_days, kept.keep_event_days):  # noqa: ASYNC110 - it is work, no waiting
                await asyncio.sleep(PAUSE_SECONDS)
            if now // DAY_MS != day:
                while ledger.sweep(now, kept.keep_days):  # noqa: ASYNC110 - it is work, no waiting
                    await asyncio.sleep(PAUSE_SECONDS)
                day = now // DAY_MS
            await _empty_log(ledger)
        except sqlite3.Error as error:
            log.warning("What is over its time could not be deleted (%s): later again.", error)
        await asyncio.sleep(EVERY_SECONDS)


async def _empty_log(ledger: Ledger) -> None:
    """Empty the log as soon as no reader needs it; else what was deleted lives on in it."""
    for _ in range(LOG_TRIES):
        if ledger.truncate_log():
            return
        await asyncio.sleep(LOG_SECONDS)
    log.info("The log of the cache is read all the time: it is emptied within the next hours.")
