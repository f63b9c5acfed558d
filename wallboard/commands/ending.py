"""Ending a board by a signal as by its own key: children end, the terminal is put right."""

import asyncio
import errno
import os
import signal
import termios
import threading
import time
from collections.abc import Callable
from types import FrameType
from typing import TYPE_CHECKING, Any, Final, Self

if TYPE_CHECKING:
    from textual.app import App

SIGNALS: Final = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)

INTERRUPT: Final = signal.SIGUSR1
"""Does nothing but interrupt what a thread waits for in the system."""

STUCK_SECONDS: Final = 5.0
"""A board that has not closed this long after a signal waits for a terminal that takes nothing."""

LOOK_SECONDS: Final = 1.0
"""How often it is looked whether the terminal is still there."""

REST_SECONDS: Final = 0.1
"""How soon a rest ends that a signal came into."""


class Ending:
    """What signals do while this context lasts: the first ends the program, more change nothing.

    Signals come in twos and threes when a terminal is closed or a machine goes down; the second
    must not cut short what the first began. A signal that is ignored, as by nohup, stays ignored.
    """

    def __init__(self) -> None:
        self._close: Callable[[], object] = _exit
        self._told = False
        self._before: dict[signal.Signals, Any] = {}

    def __enter__(self) -> Self:
        for number in SIGNALS:
            if signal.getsignal(number) is not signal.SIG_IGN:
                self._before[number] = signal.signal(number, self._end)
        self._before[INTERRUPT] = signal.signal(INTERRUPT, _interrupted)
        return self

    def __exit__(self, *_: object) -> None:
        for number, before in self._before.items():
            signal.signal(number, before)

    def rest(self, seconds: float) -> bool:
        """Wait so long, or until a signal comes; return whether one has told the program to end."""
        until = time.monotonic() + seconds
        while not self._told and time.monotonic() < until:
            time.sleep(REST_SECONDS)
        return self._told

    def run(self, app: "App[Any]") -> int:
        """Run an application until it closes by itself or by a signal; return its exit status."""

        async def running() -> None:
            loop = asyncio.get_running_loop()
            self._close = lambda: loop.call_soon_threadsafe(app.exit)
            looking = asyncio.create_task(self._end_with_the_terminal())
            try:
                await app.run_async()
            finally:
                looking.cancel()
                self._close = _nothing

        asyncio.run(running())
        return app.return_code or 0

    async def _end_with_the_terminal(self) -> None:
        """End as by a hang-up once the terminal is gone: without one of its own nobody is told."""
        while not _is_gone():  # noqa: ASYNC110 - it tells nobody
            await asyncio.sleep(LOOK_SECONDS)
        self._end(signal.SIGHUP, None)

    def _end(self, number: int, _: FrameType | None) -> None:
        if number == signal.SIGHUP:
            _let_go_of_the_terminal()
        if self._told:
            return
        self._told = True
        watch = threading.Timer(STUCK_SECONDS, _let_go_of_the_terminal)
        watch.daemon = True
        watch.start()
        self._close()


def _interrupted(_: int, __: FrameType | None) -> None:
    """A system call was interrupted, which is all that was wanted."""


def _is_gone() -> bool:
    """Whether standard input is a terminal that nobody holds the other end of any more."""
    try:
        termios.tcgetattr(0)
    except termios.error as error:
        return bool(error.args[0] == errno.EIO)
    return False


def _exit() -> None:
    raise SystemExit(0)


def _nothing() -> None:
    """The application has closed; what comes after it takes its course."""


def _let_go_of_the_terminal() -> None:
    """Write to nowhere from now on, so that nothing waits for a terminal that is gone or stuck."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(nowhere, descriptor)
    os.close(nowhere)
    # A thread in the middle of a write to the terminal still waits there: interrupted, it writes
    # again, and to where its descriptor leads now.
    for thread in threading.enumerate():
        if thread.ident is not None and thread is not threading.current_thread():
            signal.pthread_kill(thread.ident, INTERRUPT)
