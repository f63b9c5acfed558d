"""A terminal of the tests' own, and a board in it."""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import threading
import time
from collections.abc import Sequence
from typing import Final

from tests.endtoend.stage import COMMAND, LOOK_SECONDS, SECONDS, Stage

COLUMNS: Final = 120
ROWS: Final = 40
ESCAPES: Final = re.compile(
    r"\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[@-Z\\-_=>]"
)
TAKE_TERMINAL: Final = (
    "import fcntl, os, sys, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0);"
    "os.execv(sys.argv[1], sys.argv[1:])"
)
CONTROLLED: Final = (sys.executable, "-ISc", TAKE_TERMINAL)
"""Makes the terminal the one that controls the session, then becomes the command."""

ALTERNATE: Final = "\x1b[?1049h"
USUAL: Final = "\x1b[?1049l"
CURSOR: Final = "\x1b[?25h"


class Terminal:
    """A pseudo-terminal with one command in it, which it controls as a shell's terminal would.

    `command`: another program than wallboard, such as a client of SSH.
    """

    def __init__(
        self, stage: Stage, *words: str, usual: bool = True, command: Sequence[str] | None = None
    ) -> None:
        self._master, line = pty.openpty()
        fcntl.ioctl(line, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
        self.before = termios.tcgetattr(line)
        self._line = line
        self._drawn = bytearray()
        self._reads = True
        self._closed = False
        self.started = time.monotonic()
        self.process = subprocess.Popen(
            [*CONTROLLED, *(command or (*COMMAND, *(stage.usual if usual else ()))), *words],
            stdin=line,
            stdout=line,
            stderr=line,
            env=stage.environment,
            cwd=stage.folder,
            start_new_session=True,
        )
        self._reading = threading.Thread(target=self._read, daemon=True)
        self._reading.start()

    @property
    def pid(self) -> int:
        """The number of the board's process."""
        return self.process.pid

    @property
    def raw(self) -> str:
        """Everything that was written to the terminal so far."""
        return bytes(self._drawn).decode("utf-8", "replace")

    @property
    def text(self) -> str:
        """The same without what moves and colours."""
        return ESCAPES.sub("", self.raw)

    def shows(self, text: str, seconds: float = SECONDS) -> float:
        """Wait until `text` is drawn; return how many seconds after the start that was."""
        deadline = time.monotonic() + seconds
        while text not in self.text and self.process.poll() is None:
            assert time.monotonic() < deadline, f"{text!r} is not in {self.text[-4_000:]}"
            time.sleep(LOOK_SECONDS)
        assert text in self.text, f"{text!r} is not in {self.text[-4_000:]}"
        return time.monotonic() - self.started

    def type(self, keys: str) -> None:
        """Press keys."""
        os.write(self._master, keys.encode())

    def end(self, number: signal.Signals) -> float:
        """Send a signal to the board; return how many seconds it took to end."""
        asked = time.monotonic()
        self.process.send_signal(number)
        self.process.wait(SECONDS)
        return time.monotonic() - asked

    def stall(self) -> None:
        """Take nothing any more, as a connection that is frozen, until nothing more goes in."""
        self._stop_reading()
        wide = True
        # Each change of its size makes the board draw all of itself.
        while select.select((), (self._line,), (), 0)[1] and self.process.poll() is None:
            wide = not wide
            self.resize(COLUMNS if wide else COLUMNS - 1)
            time.sleep(LOOK_SECONDS)

    def resize(self, columns: int) -> None:
        """Make the terminal so wide, and tell who is in it."""
        size = struct.pack("HHHH", ROWS, columns, 0, 0)
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, size)

    def hang_up(self) -> None:
        """Close the terminal, as when its window is closed or its connection breaks."""
        self._closed = True
        self._stop_reading()
        os.close(self._line)
        os.close(self._master)

    def is_put_right(self) -> bool:
        """Whether the usual screen and the cursor are back, and keys are echoed as before."""
        if self.process.poll() is not None:
            self.finish()
        raw = self.raw
        return (
            raw.rfind(USUAL) > raw.rfind(ALTERNATE)
            and raw.rfind(CURSOR) > raw.rfind("\x1b[?25l")
            and termios.tcgetattr(self._line)[3] == self.before[3]
        )

    def draws(self, seconds: float = 1.0) -> None:
        """Wait until something more is drawn, or for so long: a key may have nothing to do."""
        drawn = len(self._drawn)
        deadline = time.monotonic() + seconds
        while len(self._drawn) == drawn and time.monotonic() < deadline:
            time.sleep(LOOK_SECONDS)

    def finish(self) -> None:
        """Take what a process that has ended still had written."""
        while select.select((self._master,), (), (), 0)[0]:
            time.sleep(LOOK_SECONDS)
        self._stop_reading()

    def close(self) -> None:
        """Let go of the terminal."""
        if not self._closed:
            self.hang_up()

    def _stop_reading(self) -> None:
        self._reads = False
        self._reading.join(SECONDS)

    def _read(self) -> None:
        while self._reads:
            if not select.select((self._master,), (), (), LOOK_SECONDS)[0]:
                continue
            self._drawn += os.read(self._master, 65_536)
