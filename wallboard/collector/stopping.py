"""Being told to stop: by a signal, or by the end of standard input when the parent is gone."""

import asyncio
import os
import select
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Final

SIGNALS: Final = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)


class Stopped(Exception):
    """This process was told to stop in the middle of something that can be done again."""


class Stopping:
    """Whether this process was told to stop; `event` is set in the event loop when it is."""

    def __init__(self, *, with_parent: bool) -> None:
        self.event = asyncio.Event()
        self._with_parent = with_parent
        self._told = False
        self._loop = asyncio.get_running_loop()

    def check(self) -> None:
        """Raise Stopped when it was; for long work during which the event loop stands still."""
        if self._with_parent and select.select((sys.stdin,), (), (), 0)[0]:
            self.look_at_parent()
        if self._told:
            raise Stopped

    def look_at_parent(self) -> None:
        """Read standard input, on which nothing but its end is of interest."""
        if not os.read(sys.stdin.fileno(), 1):
            self.tell()

    def tell(self) -> None:
        """Stop; may be called within a signal's handler."""
        self._told = True
        self._loop.call_soon_threadsafe(self.event.set)


@contextmanager
def told_to_stop(*, with_parent: bool = False) -> Iterator[Stopping]:
    """Within this, signals to end are noted in what is given; `with_parent`: the parent's end too.

    Call it in the event loop of the main thread. A signal that is ignored, as SIGHUP is by nohup,
    stays ignored.
    """
    stopping = Stopping(with_parent=with_parent)
    loop = asyncio.get_running_loop()

    def handle(_: int, __: FrameType | None) -> None:
        stopping.tell()

    # Not the loop's own handlers: they would wait for long work to end.
    before = {
        number: signal.signal(number, handle)
        for number in SIGNALS
        if signal.getsignal(number) is not signal.SIG_IGN
    }
    if with_parent:
        loop.add_reader(sys.stdin.fileno(), stopping.look_at_parent)
    try:
        yield stopping
    finally:
        if with_parent:
            loop.remove_reader(sys.stdin.fileno())
        for number, handler in before.items():
            signal.signal(number, handler)
