"""The calls of which more came to be known after an instant in the past, as they were known then.

A row of a call holds all that became known of it. What of it was known at an instant is derived
anew from its events up to then. That is done for the calls that may differ: those in progress,
those just over, and the few that were told of for unusually long (wallboard.facts.lasting). So the
cost depends on how much went on at the instant, and not on how long ago that was.
"""

import json
import sqlite3
from collections.abc import Iterable
from typing import Final, NamedTuple, TypeAlias

from wallboard.facts.call import Call
from wallboard.facts.derive import derive
from wallboard.facts.entry import Entry, unpack
from wallboard.facts.lasting import LATE_MS, LONG_MS
from wallboard.questions.sums import end_of_minute

_LATER: Final = """
SELECT (SELECT coalesce(max(last_event), 0) FROM feeds) > :now
    OR EXISTS (SELECT 1 FROM calls WHERE ended > :now)
"""
_MAY_DIFFER: Final = """
SELECT call, source, id FROM calls WHERE started > :now - :long AND started <= :now
    AND (+ended IS NULL OR +ended > :now - :late OR EXISTS (
        SELECT 1 FROM wrap_ups WHERE wrap_ups.call = calls.call AND wrap_ups.ended > :now))
UNION SELECT call, source, id FROM calls WHERE ended IS NULL AND started <= :now
UNION SELECT calls.call, calls.source, calls.id FROM lasting_calls CROSS JOIN calls USING (call)
    WHERE lasting_calls.started <= :now AND lasting_calls.until > :now
UNION SELECT call, source, id FROM calls WHERE started > :now AND started < :end
"""
_EVENTS: Final = (
    "SELECT call, entries FROM call_events WHERE call IN (SELECT value FROM json_each(?))"
    " ORDER BY call"
)


class KnownCall(NamedTuple):
    """A call at an instant; `facts` is None where nothing was known of it.

    `is_same`: nothing has become known of it since.
    """

    call: int
    source: int
    facts: Call | None
    is_same: bool


PastCalls: TypeAlias = tuple[KnownCall, ...]


def is_past(connection: sqlite3.Connection, now: int) -> bool:
    """Whether anything is known of what happened after `now` (UTC ms)."""
    (found,) = connection.execute(_LATER, {"now": now}).fetchone()
    return bool(found)


def past_calls(connection: sqlite3.Connection, now: int) -> PastCalls | None:
    """The calls in progress at `now` (UTC ms), and all others that were not known as they now are.

    None where the instant is live: then the rows of the cache tell it.
    """
    if not is_past(connection, now):
        return None
    values = {"now": now, "end": end_of_minute(now), "long": LONG_MS, "late": LATE_MS}
    return known_calls(connection, connection.execute(_MAY_DIFFER, values).fetchall(), now)


def known_calls(
    connection: sqlite3.Connection, calls: Iterable[tuple[int, int, str]], now: int
) -> PastCalls:
    """Calls (their numbers, sources and ids) as they were known at `now` (UTC ms)."""
    named = {call: (source, name) for call, source, name in calls}
    events = entries_of_all(connection, named)
    return tuple(
        _known(call, source, name, events.get(call, []), now)
        for call, (source, name) in sorted(named.items())
    )


def entries_of_all(connection: sqlite3.Connection, calls: Iterable[int]) -> dict[int, list[Entry]]:
    """Every event of the calls of these numbers, in no order."""
    events: dict[int, list[Entry]] = {}
    for call, stored in connection.execute(_EVENTS, (json.dumps(sorted(calls)),)):
        events.setdefault(call, []).extend(unpack(stored))
    return events


def _known(call: int, source: int, name: str, entries: list[Entry], now: int) -> KnownCall:
    known = sorted((entry for entry in entries if entry.time <= now), key=lambda e: e.stamp)
    facts = derive(name, known) if known else None
    return KnownCall(call, source, facts, len(known) == len(entries))
