"""A pseudo-terminal with a program on it, and what arrives there when."""

import fcntl
import os
import pty
import re
import signal
import struct
import subprocess
import termios
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

COLUMNS, LINES = 160, 45
STOP_SECONDS = 15.0
_SYNC_ASKED = b"\x1b[?2026$p"
_SYNC_KNOWN = b"\x1b[?2026;2$y"
_CODES = re.compile(rb"\x1b\[[0-9;?<>=$]*[a-zA-Z]|\x1b[()][A-Z0-9]|\x1b[>=78]")
_TICKS = os.sysconf("SC_CLK_TCK")


class Terminal:
    """What a program wrote, piece by piece, with the monotonic time in seconds of each."""

    def __init__(self, process: subprocess.Popen[bytes], master: int, started: float) -> None:
        self.process = process
        self.started = started
        self.pieces: list[tuple[float, bytes]] = []
        self._master = master
        self._grown = threading.Condition()
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()

    def _read(self) -> None:
        while True:
            try:
                piece = os.read(self._master, 1 << 16)
            except OSError:  # Linux: the program is gone
                piece = b""
            at = time.monotonic()
            if not piece:
                return
            if _SYNC_ASKED in piece:
                os.write(self._master, _SYNC_KNOWN)
            with self._grown:
                self.pieces.append((at, piece))
                self._grown.notify_all()

    @property
    def written(self) -> int:
        """Bytes that the program has written so far."""
        return sum(len(piece) for _, piece in self.pieces)

    @property
    def processor_seconds(self) -> float:
        """Processor time of the program so far, in its own code and in the kernel for it."""
        with open(f"/proc/{self.process.pid}/stat", "rb") as file:  # noqa: PTH123 - read like a file
            fields = file.read().rpartition(b")")[2].split()
        return (int(fields[11]) + int(fields[12])) / _TICKS

    def wait_for(self, *marks: str, seconds: float = 60.0) -> float:
        """Return when the last of the marks had arrived, in seconds since the program's start.

        Raises TimeoutError with what was seen instead.
        """
        wanted = [mark.encode() for mark in marks]
        deadline = time.monotonic() + seconds
        seen = b""
        taken = 0
        with self._grown:
            while True:
                for at, piece in self.pieces[taken:]:
                    taken += 1
                    seen += piece
                    shown = _CODES.sub(b"", seen)
                    if all(mark in shown for mark in wanted):
                        return at - self.started
                if not self._grown.wait(max(0.0, deadline - time.monotonic())):
                    raise TimeoutError(f"{marks} did not come; seen: {shown_text(seen)[-2_000:]}")

    def arrivals(self, marks: Sequence[str]) -> dict[str, float]:
        """When each mark that came was there in whole, by the monotonic clock."""
        waiting = {mark.encode(): mark for mark in marks}
        found: dict[str, float] = {}
        tail = b""
        for at, piece in list(self.pieces):
            text = tail + piece
            for mark in [mark for mark in waiting if mark in text]:
                found[waiting.pop(mark)] = at
            tail = text[-64:]
        return found

    def close(self) -> None:
        """End the program and wait for it."""
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self._thread.join(5)
        os.close(self._master)


def shown_text(written: bytes) -> str:
    """What was written without its codes."""
    return _CODES.sub(b"", written).decode(errors="replace")


@contextmanager
def terminal(
    command: Sequence[str], size: tuple[int, int] = (COLUMNS, LINES)
) -> Iterator[Terminal]:
    """A program on a terminal of so many columns and lines for as long as the context lasts."""
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
    environment = os.environ | {"TERM": "xterm-256color", "COLORTERM": "truecolor"}
    environment.pop("NO_COLOR", None)
    started = time.monotonic()
    process = subprocess.Popen(
        command, stdin=slave, stdout=slave, stderr=slave, env=environment, start_new_session=True
    )
    os.close(slave)
    found = Terminal(process, master, started)
    try:
        yield found
    finally:
        found.close()
