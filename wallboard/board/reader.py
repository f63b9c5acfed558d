"""The thread that reads the cache, so that no query ever costs the board a frame."""

import os
import sqlite3
import sys
import threading
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final

from msgspec.structs import replace

from wallboard.attempt import attempt
from wallboard.board.asking import Asking
from wallboard.board.sameness import is_as_before
from wallboard.board.snapshot import Interest, Snapshot
from wallboard.cache.errors import CacheError
from wallboard.cache.opening import open_for_reading
from wallboard.config import Configuration

POLL_SECONDS: Final = 0.1
"""How often the cache is asked whether it changed, which costs next to nothing."""
BUSY_POLL_SECONDS: Final = 0.02
"""The same while it does: what is read soon after it was written is seen sooner."""
BUSY_SECONDS: Final = 1.0
"""How long after a change that brought something the next is expected."""
BETWEEN_READINGS: Final = 0.18
"""With a commit every 100 ms each second one is read."""
RETRY_SECONDS: Final = 1.0
NICE: Final = 5
"""By so much the priority of reading is below that of what collects and draws."""
MINUTE_MS: Final = 60_000
PAST_SECONDS: Final = 5.0
"""The past changes by late events alone: it is read again at most so often."""


class Reader:
    """Publishes a snapshot of what is of interest whenever the cache has changed.

    It owns a read-only connection, opens it anew after any failure, and says in words why it cannot
    read. A snapshot is published only once the one before has been drawn, so that a slow line makes
    fewer frames, never old ones. `publish` is called on the reader's thread.
    """

    def __init__(
        self,
        cache: Path,
        asking: Asking,
        clock: Callable[[], int],
        publish: Callable[[Snapshot], object],
        interest: Interest,
    ) -> None:
        self._cache = cache
        self._log = Path(f"{cache}-wal")
        self._asking = asking
        self._clock = clock
        self._publish = publish
        self._interest = interest
        self._latest: Snapshot | None = None
        self._woken = threading.Condition()
        self._is_drawn = True
        self._is_outdated = False
        self._is_stopped = False
        self._current = clock()
        self._thread = threading.Thread(target=self._run, name="reader", daemon=True)

    @property
    def current(self) -> int:
        """The last moment (UTC ms) at which what was published was all that there was to read."""
        return self._current

    def start(self) -> None:
        """Begin to read."""
        self._thread.start()

    def stop(self) -> None:
        """Stop reading and close the cache; returns when that is done, within seconds."""
        with self._woken:
            self._is_stopped = True
            self._woken.notify()
        if self._thread.is_alive():
            self._thread.join(timeout=10)

    def ask(self, interest: Interest) -> None:
        """Read `interest` from now on, beginning at once."""
        with self._woken:
            self._interest = interest
            self._woken.notify()

    def reckon_by(self, configuration: Configuration) -> None:
        """Read everything anew by other settings."""
        with self._woken:
            self._asking.reckon_by(configuration)
            self._is_outdated = True

    @property
    def is_outdated(self) -> bool:
        """Whether what was read last, was read by other settings than are in force."""
        return self._is_outdated

    def drawn(self) -> None:
        """The latest snapshot is on the screen: the next may come."""
        with self._woken:
            self._is_drawn = True
            self._woken.notify()

    def _run(self) -> None:
        _give_way()
        while not self._is_stopped:
            try:
                connection = open_for_reading(self._cache)
            except CacheError as error:
                self._fail(str(error))
                continue
            try:
                # A board that is silently dead is the worst.
                failure = attempt(partial(self._watch, connection)).error
                if isinstance(failure, sqlite3.Error):
                    self._fail(f"The cache {self._cache} cannot be read: {failure}.")
                elif failure is not None:
                    self._fail(f"The cache holds what this version cannot show: {failure!r}.")
            finally:
                connection.close()
                self._asking.forget()

    def _watch(self, connection: sqlite3.Connection) -> None:
        """Read again and again until stopped, or until the cache is another file."""
        file = self._identity()
        version = -1
        read_from = busy_from = 0.0
        took = 0.0
        while not self._is_stopped:
            interest = self._interest
            (found,) = connection.execute("PRAGMA data_version").fetchone()
            now = self._clock()
            latest = self._latest
            is_new = latest is None or latest.interest != interest or bool(latest.problem)
            is_new = is_new or self._is_outdated or (latest is not None and latest.is_unfinished)
            is_due = (
                is_new
                or found != version
                or (latest is not None and latest.at // MINUTE_MS != now // MINUTE_MS)
            )
            least = BETWEEN_READINGS if interest.at is None else PAST_SECONDS
            rested = time.monotonic() - read_from >= max(least, 2 * took)
            if is_due and self._is_drawn and (rested or is_new):
                read_from = time.monotonic()
                # Noted before reading: other settings that come while reading are read by again.
                self._is_outdated = False
                snapshot = self._read(connection, interest, now)
                if not is_as_before(latest, snapshot):
                    busy_from = read_from
                # Before it is sent: whoever shows it asks how far it reaches.
                self._current = now
                self._send(snapshot)
                version = found
                took = time.monotonic() - read_from
            elif self._identity() != file:
                return
            elif not is_due:
                self._current = now
            is_busy = time.monotonic() - busy_from < BUSY_SECONDS
            self._rest(interest, BUSY_POLL_SECONDS if is_busy else POLL_SECONDS)

    def _read(self, connection: sqlite3.Connection, interest: Interest, now: int) -> Snapshot:
        """Read everything from one state of the cache."""
        connection.execute("BEGIN")
        try:
            return self._asking.snapshot(connection, interest, now)
        finally:
            connection.execute("ROLLBACK")

    def _fail(self, problem: str) -> None:
        now = self._clock()
        latest, interest = self._latest, self._interest
        # Nothing can be read by any settings.
        was_outdated, self._is_outdated = self._is_outdated, False
        if latest is None:
            self._send(Snapshot(now, interest, problem))
        elif latest.interest != interest:
            # What was read for another screen or scope is not what is asked for now.
            self._send(
                Snapshot(latest.at, interest, problem, feeds=latest.feeds, names=latest.names)
            )
        elif latest.problem != problem or was_outdated:
            self._send(replace(latest, problem=problem, is_reading_on=False))
        self._rest(interest, RETRY_SECONDS)

    def _send(self, snapshot: Snapshot) -> None:
        with self._woken:
            self._latest = snapshot
            self._is_drawn = False
        self._publish(snapshot)

    def _rest(self, interest: Interest | None, seconds: float) -> None:
        """Wait, but not when something else than `interest` has come to be asked for."""
        with self._woken:
            self._woken.wait_for(
                lambda: (
                    self._is_stopped or (interest is not None and self._interest is not interest)
                ),
                timeout=seconds,
            )

    def _identity(self) -> tuple[tuple[int, int] | None, ...]:
        """Which files the cache and its log are: another log is that of another writer's file."""
        return _file(self._cache), _file(self._log)


def _give_way() -> None:
    """Let the collector, and the drawing, come before this thread where processors are scarce.

    In Linux a thread has a priority of its own; elsewhere nothing is changed.
    """
    if sys.platform == "linux":
        now = os.getpriority(os.PRIO_PROCESS, 0)
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), min(19, now + NICE))


def _file(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
