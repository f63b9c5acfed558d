"""The events of a call in order, each with its raw text and the time since the one before."""

import sqlite3
from collections.abc import Iterable
from itertools import pairwise
from typing import Final

from wallboard.cache.raw import raw_text
from wallboard.events.vocabulary import NAMES
from wallboard.facts.call import Rejected
from wallboard.facts.entry import ConnectionLost, ConnectionSeen, Entry, Observed
from wallboard.questions.call_answers import EventLine

LOST = "wallboard.connection_lost"
"""What stands for the type where no event says so: a snapshot no longer knew the call."""
SEEN = "wallboard.connection_seen"
"""The same where a later snapshot knew it after all."""
OBSERVED: Final = {ConnectionLost: LOST, ConnectionSeen: SEEN}


def events_of(
    connection: sqlite3.Connection, entries: list[Entry], rejected: Iterable[Rejected]
) -> tuple[EventLine, ...]:
    """The events, which must be in order; with the reason where one was set aside."""
    reasons = {item.entry.stamp: item.reason for item in rejected}
    since = [None, *((b.time - a.time) / 1_000 for a, b in pairwise(entries))]
    return tuple(
        EventLine(
            entry.time,
            None if entry.sequence is None or entry.sequence < 0 else entry.sequence,
            entry.id,
            OBSERVED.get(type(entry.data)) or NAMES[type(entry.data)],
            _text(connection, entry),
            passed,
            reasons.get(entry.stamp, ""),
        )
        for entry, passed in zip(entries, since, strict=True)
    )


def _text(connection: sqlite3.Connection, entry: Entry) -> str | None:
    text = None if isinstance(entry.data, Observed) else raw_text(connection, entry)
    return None if text is None else text.decode("utf-8", "replace").strip()
