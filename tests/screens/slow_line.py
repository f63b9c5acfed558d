"""A terminal behind a line of 64 kbit/s, and a floor on which everything changes all the time."""

import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import sys
import termios
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Final

from tests.screens.center import event
from wallboard.cache.writing import open_for_writing
from wallboard.collector.ledger import Ledger
from wallboard.collector.part import Part
from wallboard.events import decode_batch
from wallboard.facts.definitions import Settings
from wallboard.now import now_ms
from wallboard.reporting_time import Calendar

BYTES_PER_SECOND: Final = 8_000
STEP_SECONDS: Final = 0.02
AGENTS: Final = 60
SIZE: Final = (120, 40)
_ASKED: Final = b"\x1b[?2026$p"
_ANSWER: Final = b"\x1b[?2026;2$y"
_CLOCK: Final = re.compile(rb"(\d\d):(\d\d):(\d\d) UTC")
_DAY: Final = 86_400


def age_of(clock: re.Match[bytes]) -> float:
    """How many seconds ago the board's clock showed this."""
    hours, minutes, seconds = (int(part) for part in clock.groups())
    shown = hours * 3_600 + minutes * 60 + seconds
    now = datetime.now(UTC)
    moment = now.hour * 3_600 + now.minute * 60 + now.second + now.microsecond / 1e6
    return (moment - shown + _DAY / 2) % _DAY - _DAY / 2


class SlowTerminal:
    """A board's terminal that sees 8,000 bytes a second.

    `answers`: the line has room for any number of bytes, as an ssh connection does, and the
    terminal answers what it is asked once it comes to the question. Else the bytes stay in the
    pseudo-terminal until they are seen, and nothing is ever answered.
    """

    def __init__(self, cache: Path, config: Path, *, answers: bool) -> None:
        self.ages: list[float] = []
        """How old each clock of the board was when it was seen, in seconds."""
        self.longest = 0.0
        """The longest time between two clocks: for so long nothing new was seen."""
        self._last: float | None = None
        self.most_waiting = 0
        self.seen = 0
        self._answers = answers
        self._waiting = bytearray()
        self._tail = b""
        self._master, line = pty.openpty()
        fcntl.ioctl(line, termios.TIOCSWINSZ, struct.pack("HHHH", SIZE[1], SIZE[0], 0, 0))
        environment = os.environ | {"TERM": "xterm-256color", "COLORTERM": "truecolor"}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "wallboard", "--config", config, "--cache", cache],
            stdin=line, stdout=line, stderr=line, env=environment, start_new_session=True,
        )  # fmt: skip
        os.close(line)
        self._is_stopped = False
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def _look(self) -> None:
        due = time.monotonic()
        while not self._is_stopped:
            # As many bytes as the time since the last look has room for, in small steps.
            due += STEP_SECONDS
            time.sleep(max(0.0, due - time.monotonic()))
            self._take(int(BYTES_PER_SECOND * STEP_SECONDS))

    def _take(self, room: int) -> None:
        while select.select((self._master,), (), (), 0)[0]:
            try:
                self._waiting += os.read(self._master, 65_536 if self._answers else room)
            except OSError:
                return
            if not self._answers:
                break
        self.most_waiting = max(self.most_waiting, len(self._waiting))
        piece, self._waiting = self._waiting[:room], self._waiting[room:]
        self.seen += len(piece)
        text = self._tail + piece
        for _ in range(text.count(_ASKED) if self._answers else 0):
            os.write(self._master, _ANSWER)
        for clock in _CLOCK.finditer(text):
            self.ages.append(age_of(clock))
            now = time.monotonic()
            self.longest = max(self.longest, now - (self._last or now))
            self._last = now
        # What is not whole yet is looked at again with what follows.
        ended = max(text.rfind(b"UTC") + 3, text.rfind(_ASKED) + len(_ASKED), len(text) - 12, 0)
        self._tail = bytes(text[ended:])

    def close(self) -> None:
        """End the board."""
        self._process.kill()
        self._process.wait()
        self._is_stopped = True
        self._thread.join()
        os.close(self._master)


@contextmanager
def restless(cache: Path) -> Iterator[None]:
    """A cache into which ten times a second a change of every agent is committed."""
    stopped = threading.Event()
    ready = threading.Event()

    def run() -> None:
        db = open_for_writing(cache)
        try:
            ledger = Ledger(db, Calendar("UTC"), Settings())
            numbers = count(1)
            states = [("available", "idle"), ("available", "on_call"), ("paused", "idle")]
            while not stopped.wait(0.1 if ready.is_set() else 0):
                now = now_ms()
                events = []
                for agent in range(AGENTS):
                    number = next(numbers)
                    presence, activity = states[(number * 7 + number // AGENTS) % 3]
                    said = {"agent": f"agent-{agent}", "presence": presence, "activity": activity}
                    events.append(event("agent.changed", now, said, number))
                body = b"[" + b",".join(events) + b"]"
                message = ledger.next_message()
                decoded = decode_batch(body, message=message)
                ledger.commit([Part("main", message, body, now, decoded)], now)
                ready.set()
        finally:
            db.close()

    thread = threading.Thread(target=run)
    thread.start()
    try:
        assert ready.wait(30)
        yield
    finally:
        stopped.set()
        thread.join()
