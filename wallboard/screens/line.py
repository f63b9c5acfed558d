"""Whether the terminal's line has taken what was drawn."""

from typing import Any

from textual.app import App


def unsent(app: App[Any]) -> int:
    """How many writes wait behind the one that the terminal has not taken yet.

    Textual's driver writes in a thread, from a queue of 30, and blocks the application when that
    is full: thirty old frames. Whoever draws only while nothing waits here shows what is true now.
    """
    driver = app._driver  # noqa: SLF001 - Textual tells this nowhere else; its version is pinned
    queue = getattr(getattr(driver, "_writer_thread", None), "_queue", None)
    return int(queue.qsize()) if queue is not None else 0
