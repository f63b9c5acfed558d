"""Who holds the cache: one collector at a time, told by a lock that dies with its process."""

import errno
import fcntl
import os
import time
from pathlib import Path
from typing import Final, Self

from wallboard.cache.errors import CacheError

ATTEMPTS: Final = 5
"""Tries at the lock, 10 ms apart: one who only asks who holds it has it for an instant."""

LONGEST_WORD: Final = 1_000
"""In bytes; far less than the block of the disk that the lock's file has in any case."""


SILENT_SECONDS: Final = 15.0
"""A collector writes something every 5 s."""

READ_ONLY: Final = (
    "The cache cannot be written: its disk is read-only, as one becomes that fails. Look at it "
    "(`dmesg`, `mount`), and mount it for writing again; a collector that runs may have to be "
    "ended for that. Nothing is lost: what the feeds send waits, or is fetched again."
)


class CacheHeld(Exception):
    """Another process collects into the cache; `holder` is its process id where known."""

    def __init__(self, path: Path, holder: int | None) -> None:
        who = f"process {holder}" if holder else "another process"
        super().__init__(f"The cache {path} is held by {who}, which collects into it.")
        self.holder = holder


class CacheLock:
    """An exclusive lock on a file beside the cache. The kernel frees it when the holder dies."""

    def __init__(self, cache: Path) -> None:
        self._cache = cache
        self._path = _beside(cache)
        self._descriptor: int | None = None

    def acquire(self) -> Self:
        """Take the lock. Raises CacheHeld when another has it, CacheError when none can be made."""
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as error:
            reason = error.strerror or type(error).__name__
            raise CacheError(
                f"The cache {self._cache} cannot be held, for its lock {self._path} cannot be "
                f"made: {reason}."
            ) from error
        for attempt in range(ATTEMPTS):
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if attempt + 1 < ATTEMPTS:
                    time.sleep(0.01)
                    continue
                holder = _number_in(descriptor)
                os.close(descriptor)
                raise CacheHeld(self._cache, holder) from None
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, str(os.getpid()).encode(), 0)
        self._descriptor = descriptor
        return self

    @property
    def descriptor(self) -> int | None:
        """The open file that is locked, which a process may inherit; None where none is."""
        return self._descriptor

    def is_held(self) -> bool:
        """Whether the lock is what others look at: its file may have been deleted meanwhile."""
        if self._descriptor is None:
            return False
        mine = os.fstat(self._descriptor)
        try:
            found = self._path.stat()
        except OSError:
            return False
        return (mine.st_dev, mine.st_ino) == (found.st_dev, found.st_ino)

    def tell(self, trouble: str) -> None:
        """Leave word of what is wrong with the cache, empty when nothing is.

        It stands in the lock, which has its place on the disk already: on a full disk nothing else
        can be written. Raises OSError when that cannot be either.
        """
        if self._descriptor is not None:
            text = f"{os.getpid()}\n{trouble}".encode()[:LONGEST_WORD]
            os.pwrite(self._descriptor, text, 0)
            os.ftruncate(self._descriptor, len(text))

    def release(self) -> None:
        """Give the lock back; does nothing when it is not held."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def __enter__(self) -> Self:
        return self.acquire()

    def __exit__(self, *_: object) -> None:
        self.release()


def holder_of(cache: Path) -> int | None:
    """The process id of the collector that holds the cache; 0 if unknown, None if nobody does."""
    path = _beside(cache)
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return _number_in(descriptor) or 0
    else:
        return None
    finally:
        os.close(descriptor)


def trouble_of(cache: Path) -> str:
    """What the collector that holds the cache says is wrong with it; empty when nothing is."""
    if not holder_of(cache):
        return ""
    try:
        text = _beside(cache).read_bytes()[:LONGEST_WORD]
    except OSError:
        return ""
    told = text.partition(b"\n")[2].decode("utf-8", "replace")
    return told or (READ_ONLY if _is_stopped_by_its_disk(cache) else "")


def _is_stopped_by_its_disk(cache: Path) -> bool:
    """Whether a collector cannot even leave word: its disk has become read-only.

    One that is read-only only for who looks is still written to by the collector.
    """
    try:
        times = [path.stat().st_mtime for path in (cache, Path(f"{cache}-wal")) if path.exists()]
        if time.time() - max(times, default=0.0) <= SILENT_SECONDS:
            return False
        beside = _beside(cache)
        found = beside.stat()
        # Its own times once more: what a disk that failed takes from nobody, whatever it says.
        os.utime(beside, ns=(found.st_atime_ns, found.st_mtime_ns))
    except OSError as error:
        return error.errno == errno.EROFS
    return False


def _beside(cache: Path) -> Path:
    """Where the lock is: beside the file itself, whatever links lead to it."""
    found = cache.resolve()
    return found.with_name(found.name + ".lock")


def _number_in(descriptor: int) -> int | None:
    text = os.pread(descriptor, 20, 0).partition(b"\n")[0]
    return int(text) if text.isdigit() else None
