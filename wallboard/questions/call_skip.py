"""Where in the list of all calls an offset lies, without reading the calls before it."""

import sqlite3
from typing import Final, NamedTuple

from wallboard.questions.open_calls import open_calls
from wallboard.questions.past_calls import past_calls
from wallboard.questions.scope import Scope

WINDOW: Final = 64
"""So many calls before the offset are looked at for one that started alone."""

_STARTS: Final = (
    "SELECT started FROM calls WHERE started <= ? ORDER BY started DESC LIMIT ? OFFSET ?"
)


class Skipped(NamedTuple):
    """The calls from `offset` on are those that started at `started` (UTC ms) or before."""

    offset: int
    started: int


def skip_to(connection: sqlite3.Connection, now: int, offset: int) -> Skipped | None:
    """A place at `offset` of the list as of `now` (UTC ms), or a little before it.

    Only the index of starts is walked, which takes some 30 ms for a million calls. None where the
    list has no such offset, where calls in progress lie further down, or where more calls started
    in one millisecond than are looked at.
    """
    live = open_calls(connection, Scope(), now, past_calls(connection, now))
    first = max(0, offset - WINDOW)
    rows = connection.execute(_STARTS, (now, WINDOW + 1, first)).fetchall()
    starts = [started for (started,) in rows]
    oldest = min((call.started for call in live), default=None)
    for at in range(min(len(starts) - 1, offset - first), 0, -1):
        # All that started at the same time begin here: those after them by id are among them.
        if starts[at] != starts[at - 1] and (oldest is None or starts[at] < oldest):
            return Skipped(first + at, starts[at])
    return None
