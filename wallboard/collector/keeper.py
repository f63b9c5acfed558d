"""Keeps a collector running for a board: starts one when nobody holds the cache, and again.

The collector is a process of its own, so that a burst of events never costs a frame; it ends when
the board does, whatever way the board ends, for it holds the other end of a pipe.
"""

import os
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from wallboard.cache.lock import holder_of, trouble_of
from wallboard.itself import command_of_itself

FIRST_PAUSE_SECONDS: Final = 0.5
LONGEST_PAUSE_SECONDS: Final = 30.0
STEADY_SECONDS: Final = 60.0
"""A collector that ran this long did not die of its start: the next is started without a pause."""

STOP_SECONDS: Final = 10.0


class CollectorKeeper:
    """Sees to it that somebody collects into a cache. Call `look` now and then."""

    def __init__(
        self,
        cache: Path,
        configuration: Path | None,
        log: Path,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._cache = cache
        self._configuration = configuration
        self._log = log
        self._clock = clock
        self._process: subprocess.Popen[bytes] | None = None
        self._started = 0.0
        self._not_before = 0.0
        self._pause = FIRST_PAUSE_SECONDS
        self.trouble = ""

    def look(self) -> None:
        """Start a collector when nobody holds the cache. Never waits.

        `trouble` says why none runs, or what hinders the one that does; empty when all is well.
        """
        if self._process is not None and self._process.poll() is not None:
            self._ended(self._process.returncode)
        if holder_of(self._cache) is not None:
            self.trouble = trouble_of(self._cache)
        elif self._process is None and self._clock() >= self._not_before:
            try:
                self._start()
            except OSError as error:
                self._wait_longer()
                where = f"{error.filename}: " if error.filename else ""
                self.trouble = f"No collector can be started: {where}{error.strerror or error}."

    def stop(self) -> None:
        """End the collector that this keeper started, and wait until everything is written."""
        if self._process is None:
            return
        self._process.terminate()
        try:
            self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        if self._process.stdin is not None:
            self._process.stdin.close()
        self._process = None

    def _start(self) -> None:
        command = command_of_itself("collect", "--with-parent", "--cache", str(self._cache))
        if self._configuration is not None:
            command += ["--config", str(self._configuration)]
        self._log.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC
        with os.fdopen(os.open(self._log, flags, 0o600), "ab") as log:
            # One of an earlier version may be open to others.
            os.fchmod(log.fileno(), 0o600)
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self._started = self._clock()

    def _ended(self, status: int) -> None:
        now = self._clock()
        if self._process is not None and self._process.stdin is not None:
            self._process.stdin.close()
        self._process = None
        if now - self._started >= STEADY_SECONDS:
            self._pause = FIRST_PAUSE_SECONDS
        self._wait_longer()
        self.trouble = f"The collector ended ({_how(status)}): {self._last_words()}"

    def _wait_longer(self) -> None:
        self._not_before = self._clock() + self._pause
        self._pause = min(self._pause * 2, LONGEST_PAUSE_SECONDS)

    def _last_words(self) -> str:
        """The last line that the collector wrote, which says why it ended."""
        try:
            with self._log.open("rb") as log:
                log.seek(max(0, self._log.stat().st_size - 4_096))
                lines = log.read().decode("utf-8", "replace").splitlines()
        except OSError:
            lines = []
        return next((line for line in reversed(lines) if line.strip()), "it said nothing.")


def _how(status: int) -> str:
    return f"by signal {-status}" if status < 0 else f"exit status {status}"
