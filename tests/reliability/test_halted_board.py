"""A board that is halted and goes on, is told both to end and to go on, or loses its terminal."""

import os
import pty
import select
import signal
import subprocess
import sys
import termios
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from tests.endtoend.stage import PROJECT, SECONDS

BOARD: Final = """
import sys
from pathlib import Path
from wallboard.app import Board
from wallboard.commands.ending import Ending
from wallboard.config import load

with Ending() as ending:
    ending.run(Board(Path(sys.argv[1]) / "none.sqlite", load(None)))
"""
PICTURE: Final = b"wallboard demo"
BEGUN: Final = b"\x1b[?1049h"
LFLAG: Final = 3


class Seat:
    """A terminal with a board on it."""

    def __init__(self, folder: Path) -> None:
        self.master, self._line = pty.openpty()
        termios.tcsetwinsize(self._line, (24, 80))
        self.found = termios.tcgetattr(self._line)
        self.process = subprocess.Popen(
            [sys.executable, "-c", BOARD, folder],
            stdin=self._line,
            stdout=self._line,
            stderr=self._line,
            env={**os.environ, "PYTHONPATH": str(PROJECT), "TERM": "xterm-256color"},
            start_new_session=True,
        )

    def until_seen(self, wanted: bytes) -> bytes:
        """What the board writes until this is among it."""
        written = bytearray()
        until = time.monotonic() + SECONDS
        while wanted not in written:
            left = until - time.monotonic()
            assert select.select((self.master,), (), (), max(0, left))[0], bytes(written[-500:])
            written += os.read(self.master, 65_536)
        return bytes(written)

    def ended(self) -> int:
        """The exit status, once it has ended."""
        until = time.monotonic() + SECONDS
        while self.process.poll() is None and time.monotonic() < until:
            if select.select((self.master,), (), (), 0.05)[0]:
                os.read(self.master, 65_536)
        return self.process.wait(1)

    def leave(self) -> None:
        """Take the terminal away from the board, which is told of it by nobody."""
        os.close(self._line)
        os.close(self.master)
        self._line, self.master = pty.openpty()

    @property
    def modes(self) -> list[object]:
        """What the terminal is set to now."""
        return list(termios.tcgetattr(self._line))

    def close(self) -> None:
        """End what is left."""
        self.process.kill()
        self.process.wait()
        os.close(self._line)
        os.close(self.master)


@pytest.fixture
def seat(tmp_path: Path) -> Iterator[Seat]:
    seat = Seat(tmp_path)
    try:
        seat.until_seen(PICTURE)
        assert not int(str(seat.modes[LFLAG])) & termios.ECHO
        yield seat
    finally:
        seat.close()


def test_told_to_end_and_to_go_on(seat: Seat) -> None:
    """As systemd does it."""
    seat.process.send_signal(signal.SIGTERM)
    seat.process.send_signal(signal.SIGCONT)
    assert seat.ended() == 0
    assert seat.modes == seat.found


@pytest.mark.parametrize("halting", [signal.SIGSTOP, signal.SIGTSTP, None])
def test_it_goes_on(seat: Seat, halting: signal.Signals | None) -> None:
    """All is drawn anew, since a shell may have written over it, and keys are read by one."""
    if halting is not None:
        seat.process.send_signal(halting)
        _, status = os.waitpid(seat.process.pid, os.WUNTRACED)
        assert os.WIFSTOPPED(status)
        termios.tcsetattr(seat.master, termios.TCSANOW, seat.found)  # as a shell does
    seat.process.send_signal(signal.SIGCONT)
    if PICTURE not in seat.until_seen(BEGUN).rpartition(BEGUN)[2]:
        seat.until_seen(PICTURE)
    assert not int(str(seat.modes[LFLAG])) & termios.ECHO
    os.write(seat.master, b"q")
    assert seat.ended() == 0
    assert seat.modes == seat.found


def test_a_terminal_that_vanishes_ends_it(seat: Seat) -> None:
    """As after nohup or disown: no signal comes, and reading on would take half of a core."""
    seat.leave()
    assert seat.process.wait(SECONDS) == 0
