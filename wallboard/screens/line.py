"""Whether the line to the terminal has taken what was drawn, and the far end has seen it.

A frame that is drawn before the last one has arrived is old by the time it is seen. Between the
board and the reader's eye stand Textual's queue of 30 writes, the pseudo-terminal, and over ssh
megabytes of buffers that no call here can see into. So the far end is asked: the terminal answers a
question that was sent behind the frame once it has drawn that. Terminals that never answer are
judged by the queue and the pseudo-terminal alone.
"""

import select
import time
from collections.abc import Callable
from typing import Any, Final

from textual.app import App

ASK: Final = "\x1b[?2026$p"
"""Asks for the state of synchronized output, which Textual asks for too and understands."""
ANSWER_SECONDS: Final = 10.0
"""A terminal that has not answered by then does not: another may have taken its place."""
SLOW_SECONDS: Final = 0.25
"""A frame that took longer has the line rest, for keys and for whatever else goes over it."""
MOST_REST: Final = 1.0


class Line:
    """The line of an application. `clock` gives seconds that never run backwards."""

    def __init__(self, app: App[Any], clock: Callable[[], float] = time.monotonic) -> None:
        self._app = app
        self._clock = clock
        self._answers = False
        self._asked: float | None = None
        self._rests_until = 0.0

    def ask(self) -> None:
        """Ask the far end to answer when it has come to here."""
        driver = self._app._driver  # noqa: SLF001 - as below
        if driver is not None and self._answers and self._asked is None:
            self._asked = self._clock()
            driver.write(ASK)

    def answered(self) -> None:
        """The far end has drawn all that was sent before the question."""
        self._answers = True
        if self._asked is not None:
            took = self._clock() - self._asked
            if took > SLOW_SECONDS:
                self._rests_until = self._clock() + min(MOST_REST, took / 2)
            self._asked = None

    @property
    def is_free(self) -> bool:
        """Whether what is drawn now is soon seen."""
        now = self._clock()
        if self._asked is not None:
            if now - self._asked < ANSWER_SECONDS:
                return False
            self._asked, self._answers = None, False
        return now >= self._rests_until and not _unsent(self._app)


def _unsent(app: App[Any]) -> bool:
    """Whether anything is still on its way into the terminal's line.

    Textual's driver writes in a thread, and blocks the application when 30 writes wait for it. The
    system calls a terminal writable when nobody is in the midst of writing to it and it has room.
    """
    driver = app._driver  # noqa: SLF001 - Textual tells this nowhere else; its version is pinned
    thread = getattr(driver, "_writer_thread", None)
    if thread is None:
        return False
    # The queue first: what leaves it is being written.
    if thread._queue.qsize():  # noqa: SLF001 - as above
        return True
    try:
        return not select.select((), (thread.fileno(),), (), 0)[1]
    except (OSError, ValueError):
        # No terminal of this system's kind, or one that has been closed.
        return False
