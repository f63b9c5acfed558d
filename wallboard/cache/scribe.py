"""A second process that writes transactions while the next are reckoned: a day's backlog sooner.

Only for a backlog: it is started when one is found, and ends some seconds after. Python has one
core; writing takes half of the time, and the other half waited for it. Nothing rests on it. What it
does not confirm to have written, for whatever reason, is written by the process that asked.
"""

import errno
import fcntl
import logging
import marshal
import os
import select
import subprocess
import time
from pathlib import Path
from struct import Struct
from typing import Final, Self

from wallboard.cache.lock import CacheLock
from wallboard.cache.tape import Statement
from wallboard.itself import command_of_itself

log = logging.getLogger(__name__)

LENGTH: Final = Struct("<Q")
"""Before each tape: its size in bytes."""
RECEIPT: Final = Struct("<q")
"""After each: how many rows it changed, negative where nothing was written."""
READY: Final = 1
"""The first receipt, before any tape: of which form tapes are, raised when they are made otherwise.
A program that was installed anew meanwhile starts a process of the new one."""

PIPE_BYTES: Final = 1 << 20
"""So that a tape of a thousand events is sent at once."""
IDLE_SECONDS: Final = 10.0
"""Ended after so long without a tape."""
AGAIN_SECONDS: Final = 60.0
"""Not started again for so long after it has failed."""
PATIENCE_SECONDS: Final = 5.0
"""How long it may take to take a tape, or to write it, before it is given up as one that hangs.
Less than a collector is given that is told to end."""
MARSHAL_VERSION: Final = 2
"""The last that does not look for values that repeat, which takes longer than sending them."""


class Scribe:
    """Writes tapes into the cache whose lock is held; a context at whose end the process ends.

    The process inherits the lock: while it writes nobody else holds the cache, even if the process
    that started it was killed.
    """

    def __init__(self, cache: Path, lock: CacheLock) -> None:
        self._cache = cache
        self.lock = lock
        found = cache.stat()
        self._file = found.st_dev, found.st_ino
        self.process: subprocess.Popen[bytes] | None = None
        """The process, be it one that cannot take tapes yet; None where none runs."""
        self._is_ready = False
        self._is_waited_for = False
        self._was_written = True
        self._used = self._not_before = 0.0
        self.changes = 0
        """How many rows the last tape changed."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.end()

    @property
    def is_waited_for(self) -> bool:
        """Whether a tape was sent whose receipt was not received."""
        return self._is_waited_for

    def is_ready(self, wait: float = 0.0) -> bool:
        """Whether it takes tapes; one that was just started is waited for so many seconds."""
        self._used = time.monotonic()
        if not self._is_ready and self._has_answered(wait):
            if self._answer() == READY:
                self._is_ready = True
            else:
                self._give_up("it could not begin")
        return self._is_ready

    def start(self, checkpoint_pages: int) -> None:
        """Start the process, if it can be of use; it is ready some moments later.

        `checkpoint_pages`: how long the log may grow before its writer moves it.
        """
        descriptor = self.lock.descriptor
        if descriptor is None or time.monotonic() < self._not_before or not _has_second_core():
            return
        words = (str(self._cache), *map(str, self._file), str(checkpoint_pages))
        try:
            self.process = subprocess.Popen(
                command_of_itself(*words, module="wallboard.cache.scribe_process"),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                bufsize=0,
                stderr=subprocess.DEVNULL,
                pass_fds=(descriptor,),
            )
        except OSError as error:
            log.debug("A second process cannot be started (%s): one writes alone.", error)
            self._not_before = time.monotonic() + AGAIN_SECONDS
            return
        if self.process.stdin is None:
            return
        # Else one that hangs would be waited for in the midst of a tape.
        os.set_blocking(self.process.stdin.fileno(), False)
        # Linux has it, and few others.
        set_size = getattr(fcntl, "F_SETPIPE_SZ", None)
        if set_size is not None:
            try:
                fcntl.fcntl(self.process.stdin, set_size, PIPE_BYTES)
            except OSError:
                log.debug("The pipe to the process that writes stays small.")

    def send(self, tape: list[Statement]) -> bool:
        """Have a tape written; False, and nothing is sent, where it holds what cannot be sent.

        The receipt of the one before has been received.
        """
        try:
            text = marshal.dumps(tape, MARSHAL_VERSION)
        except ValueError:
            return False
        process = self.process
        self._is_waited_for, self._was_written = True, False
        if process is not None and process.stdin is not None:
            try:
                for part in (LENGTH.pack(len(text)), text):
                    _pass_on(process.stdin.fileno(), part)
            except OSError as error:
                log.debug("The process that writes took no tape: %s.", error)
                process.kill()
            except BaseException:
                # Else it would wait for the rest.
                process.kill()
                raise
        return True

    def receive(self) -> bool:
        """Whether the last tape is in the cache; waits until it is, or is known not to be."""
        if self._is_waited_for:
            changes = self._answer()
            self._is_waited_for = False
            self._was_written = changes is not None and changes >= 0
            self.changes = changes or 0
            if changes is None:
                self._give_up("it is gone, or hangs")
        return self._was_written

    def made_good(self) -> None:
        """The last tape is in the cache by now, whoever wrote it."""
        self._was_written = True

    def rest(self) -> None:
        """End the process if nothing was asked of it for some time."""
        if self.process is not None and time.monotonic() - self._used > IDLE_SECONDS:
            self.end()

    def end(self) -> None:
        """End the process, once it has written what it has begun, or has been given up."""
        self.receive()
        process, self.process, self._is_ready = self.process, None, False
        if process is None:
            return
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except OSError:
                    log.debug("The process that writes was gone before its end.")
        # It is in no transaction that anybody waits for.
        process.kill()
        process.wait()

    def _has_answered(self, wait: float) -> bool:
        stdout = self.process.stdout if self.process is not None else None
        return stdout is not None and _is_ready(stdout.fileno(), select.POLLIN, wait)

    def _answer(self) -> int | None:
        """The next receipt; None where the process is gone, or gives none."""
        stdout = self.process.stdout if self.process is not None else None
        if stdout is None or not self._has_answered(PATIENCE_SECONDS):
            return None
        try:
            answer = stdout.read(RECEIPT.size)
        except OSError:
            return None
        if len(answer) < RECEIPT.size:
            return None
        number: int = RECEIPT.unpack(answer)[0]
        return number

    def _give_up(self, why: str) -> None:
        log.debug("The process that writes is given up: %s.", why)
        self._not_before = time.monotonic() + AGAIN_SECONDS
        self.end()


def _pass_on(pipe: int, text: bytes) -> None:
    """Write all of a text. Raises OSError where nobody takes it, be it for long."""
    rest = memoryview(text)
    while rest:
        if not _is_ready(pipe, select.POLLOUT, PATIENCE_SECONDS):
            raise TimeoutError(errno.ETIMEDOUT, os.strerror(errno.ETIMEDOUT))
        rest = rest[os.write(pipe, rest) :]


def _is_ready(pipe: int, event: int, wait: float) -> bool:
    """Whether a pipe can be read or written, or is at its end, within so many seconds."""
    poll = select.poll()
    poll.register(pipe, event)
    return bool(poll.poll(wait * 1_000))


def _has_second_core() -> bool:
    try:
        return len(os.sched_getaffinity(0)) > 1
    except (AttributeError, OSError):  # not of every system, or not told by it
        return (os.cpu_count() or 1) > 1
