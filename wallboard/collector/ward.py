"""Watches the file of the cache while it is written: deleted, replaced, cut short or damaged."""

import asyncio
import logging
import sqlite3
from contextlib import closing, suppress
from enum import Enum
from pathlib import Path
from typing import Final, NamedTuple

from wallboard.cache.lock import CacheLock
from wallboard.cache.set_aside import (
    BegunAnew,
    damage_in,
    is_whole,
    logs_of,
    set_aside,
    to_inspect,
)
from wallboard.collector.collector import Collector
from wallboard.now import now_ms

log = logging.getLogger(__name__)

LOOK_SECONDS: Final = 1.0
INSPECT_AFTER_SECONDS: Final = 30.0
"""From the start, when boards open, to the first look through the whole file."""
INSPECT_EVERY_SECONDS: Final = 86_400.0


class Fate(Enum):
    """What has become of the file."""

    GONE = "gone"
    """Another file, or none, has its name: what is written now nobody will find."""
    CUT = "cut short"
    UNREADABLE = "unreadable"
    """It cannot be opened, for it is damaged."""
    DAMAGED = "damaged"
    """SQLite says so, of what it has read."""


class Loss(NamedTuple):
    """What has become of the file, and in words why it cannot be written any longer."""

    fate: Fate
    why: str


class Ward:
    """Looks after the cache that `collector` writes; made when it has been opened."""

    def __init__(
        self,
        cache: Path,
        lock: CacheLock,
        collector: Collector,
        *,
        inspect_after: float = INSPECT_AFTER_SECONDS,
    ) -> None:
        self._cache = cache
        self._lock = lock
        self._collector = collector
        found = cache.stat()
        self._file = found.st_dev, found.st_ino
        self._size = found.st_size
        self._logs = [(path, _number(path)) for path in logs_of(cache)]
        self._told = ""
        self._inspect_after = inspect_after

    async def watch(self) -> Loss:
        """Return when the cache is lost, within a second or two; leaves word of lesser trouble.

        Damage in what the collector does not read is found when the whole file is looked through.
        """
        inspecting = asyncio.create_task(self._inspect())
        try:
            return await self._watch(inspecting)
        finally:
            inspecting.cancel()
            await asyncio.wait((inspecting,))

    async def _inspect(self) -> None:
        """Look through the file, soon and then once a day; return when it is damaged."""
        await asyncio.sleep(self._inspect_after)
        while True:
            try:
                connection = to_inspect(self._cache)
            except sqlite3.Error as error:
                log.warning("The cache could not be looked through (%s).", error)
                await asyncio.sleep(self._inspect_after)
                continue
            try:
                if await asyncio.to_thread(_is_damaged, connection):
                    return
            except asyncio.CancelledError:
                connection.interrupt()
                raise
            await asyncio.sleep(INSPECT_EVERY_SECONDS)

    async def _watch(self, inspecting: "asyncio.Task[None]") -> Loss:
        while True:
            damaged = self._collector.damaged
            with suppress(TimeoutError):
                await asyncio.wait_for(damaged.wait(), LOOK_SECONDS)
            if (loss := self._look()) is not None:
                return loss
            if damaged.is_set() or inspecting.done():
                return Loss(Fate.DAMAGED, "the file before was found damaged while it was written")
            self._leave_word(self._collector.trouble)

    def part(self, connection: sqlite3.Connection) -> None:
        """Let go of a file that has another name now, or none, with all that was written in it.

        Its log must not stay behind: what has the name now would be read together with it.
        """
        with suppress(sqlite3.Error):
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()
        for path, number in self._logs:
            if number is not None and _number(path) == number:
                path.unlink(missing_ok=True)

    def _look(self) -> Loss | None:
        try:
            found = self._cache.stat()
        except OSError:
            return Loss(Fate.GONE, "the file was deleted or moved while it was written")
        if (found.st_dev, found.st_ino) != self._file:
            return Loss(Fate.GONE, "another file was put in its place while it was written")
        if not self._lock.is_held():
            return Loss(Fate.GONE, "its lock was deleted while it was written")
        # It is never shortened by its writer.
        if found.st_size < self._size:
            return Loss(Fate.CUT, "the file before was cut short while it was written")
        # Last, for who opens a file that was cut to nothing deletes its log.
        if any(number is not None and _number(path) != number for path, number in self._logs):
            # Others cannot read any more, and a board that writes would do it in another log.
            return Loss(Fate.GONE, "its log was deleted while it was written")
        self._size = found.st_size
        return None

    def _leave_word(self, trouble: str) -> None:
        """Others read it where the cache cannot tell them."""
        if trouble == self._told:
            return
        self._told = trouble
        try:
            self._lock.tell(trouble)
        except OSError as error:
            log.warning("That cannot be told in the lock of the cache: %s.", error.strerror)


def _is_damaged(connection: sqlite3.Connection) -> bool:
    with closing(connection):
        try:
            return damage_in(connection) != ""
        except sqlite3.Error:
            return False


def _number(path: Path) -> int | None:
    """The number of a file on its disk, None where there is no such file."""
    try:
        return path.stat().st_ino
    except OSError:
        return None


def begin_anew(cache: Path, loss: Loss, *, is_trusted: bool) -> BegunAnew | None:
    """Make room for another cache, after this one was closed; return what is to be said in it.

    A cache that reads whole is not set aside, if `is_trusted`: None then. One in whose place
    another file was put is not either: what is there now is opened. Raises CacheError when a
    damaged one cannot be set aside.
    """
    at = now_ms()
    if loss.fate is Fate.GONE:
        log.error("The cache %s is lost: %s. It is opened anew.", cache, loss.why)
        is_new = not cache.exists()
        return BegunAnew(at, loss.why, "") if is_new else None
    if loss.fate is Fate.DAMAGED and is_trusted and is_whole(cache):
        log.error("The cache %s was said to be damaged, but reads whole: once more.", cache)
        return None
    kept = set_aside(cache, at)
    log.error(
        "The cache %s is damaged: %s. It is kept as %s, and another is begun; what the feeds still "
        "hold is fetched anew.",
        cache, loss.why, kept.name,
    )  # fmt: skip
    return BegunAnew(at, loss.why, kept.name)
