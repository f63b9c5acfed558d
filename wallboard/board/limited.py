"""Reading with an end to it: what takes too long, or is no longer looked at, is stopped."""

import sqlite3
import time
from collections.abc import Callable
from typing import TypeVar

from wallboard.questions.stoppable import stoppable

T = TypeVar("T")


def limited(
    connection: sqlite3.Connection,
    seconds: float,
    is_wanted: Callable[[], bool],
    read: Callable[[], T],
) -> T | None:
    """What `read` gives; None when it took longer than `seconds`, or nobody wants it any more.

    Raises sqlite3.Error for anything else that stops it.
    """
    until = time.monotonic() + seconds
    return stoppable(connection, lambda: time.monotonic() > until or not is_wanted(), read)
