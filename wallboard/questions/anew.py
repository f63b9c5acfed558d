"""Whether the cache is one that was begun anew, for the one before was lost or damaged."""

import sqlite3
from typing import Final

from wallboard.cache.set_aside import begun_anew

LATELY_MS: Final = 86_400_000
"""So long it is said on the first screen; `wallboard check` says it for ever."""


def lately_anew(connection: sqlite3.Connection, now: int) -> str:
    """That the cache was begun anew in the day before `now` (UTC ms), in words; empty if not."""
    found = begun_anew(connection)
    return found.words if found is not None and 0 <= now - found.at <= LATELY_MS else ""


def why_anew(connection: sqlite3.Connection) -> str:
    """When and why the cache was begun anew, and where the one before is; empty if it was not."""
    found = begun_anew(connection)
    return "" if found is None else found.sentence
