"""Reading that can be stopped: for the time it takes, or because nobody wants it any more."""

import sqlite3
from collections.abc import Callable
from typing import Final, TypeVar

STEPS: Final = 5_000
"""Steps of SQLite between two looks whether it is over, about a millisecond."""

T = TypeVar("T")


def stoppable(
    connection: sqlite3.Connection, is_over: Callable[[], bool], read: Callable[[], T]
) -> T | None:
    """What `read` gives by the connection; None when it was over before.

    Raises sqlite3.Error for anything else that stops it, such as an interruption from outside.
    """
    was_over = False

    def look() -> bool:
        nonlocal was_over
        was_over = is_over()
        return was_over

    connection.set_progress_handler(look, STEPS)
    try:
        return read()
    except sqlite3.OperationalError:
        # What stopped may be a statement of one of our functions; SQLite tells that otherwise.
        if not was_over:
            raise
        return None
    finally:
        connection.set_progress_handler(None, STEPS)
