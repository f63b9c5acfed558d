"""Everything that events led to in a cache, row for row, to be held against that of another."""

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Any, Final

from tests.collector.books import Books, Tables
from wallboard.events.calls import CallEnded
from wallboard.facts.entry import ConnectionLost, ConnectionSeen

Told = tuple[Any, Any]
"""The stamp of an entry, and what it says."""

BOOKKEEPING: Final = {
    "_sqlite_migrations": "when this file was made",
    "sqlite_sequence": "the last number given to a message",
    "sqlite_stat1": "what SQLite estimates of its tables",
    "meta": "the random key of this file's keyed hashes, and by what its rollups were reckoned",
    "call_spans": "numbers given to calls in the order of arrival: where to look",
    "messages": "how many events came in one message, and when, differs with every interruption",
    "sources": "numbers given to names in the order of arrival; rows are compared by the names",
    "attributions": "numbers given to contents; compared by their contents with the calls",
    "locations": "numbers given to contents; compared by their contents with the calls",
    "call_events": "parts are appended as they come; compared by the events in them",
    "feeds": "times of receipt; coverage and counts are compared by `feeds`",
    "reveals": "what people did, not what events told",
    "alarms": "what was so at this machine's clock",
    "alarm_acknowledgements": "what people did",
    "alarm_deliveries": "what was posted when",
    "alarm_evaluations": "when thresholds were looked at",
    "alarm_troubles": "when the configuration was found wrong",
    "file_numbers": "numbers in files; nothing is imported here",
    "quarantine": "when and how often it came; compared by text and reason, or by call and event",
    "unknown_types": "when the type came last; compared by type and number",
}
"""The tables that are not compared as they are, and why."""

_FEEDS: Final = (
    "SELECT feed, epoch, coverage, last_event, whole_since, events, applied, repeated, unknown,"
    " quarantined FROM feeds ORDER BY feed"
)
_LASTING: Final = """
SELECT name, id, lasting_calls.started, until FROM lasting_calls JOIN calls USING (call)
JOIN sources USING (source) ORDER BY 1, 2
"""


def _told(entries: Iterable[Told]) -> tuple[Told, ...]:
    """What the feed told of a call, and what was inferred where it never told the end.

    A snapshot may overtake the end of a call: the call is then lost until the end is there.
    """
    entries = tuple(entries)
    if not any(isinstance(data, CallEnded) for _, data in entries):
        return entries
    return tuple(one for one in entries if not isinstance(one[1], ConnectionLost | ConnectionSeen))


def rows(cache: Path) -> Tables:
    """All tables of a cache that nobody collects into, but for those of bookkeeping.

    A table that is neither compared nor named in BOOKKEEPING is a mistake here.
    """
    books = Books(cache)
    try:
        found = books.tables()
        found["entries"] = [(call, _told(entries)) for call, entries in found["entries"]]
        found["lasting_calls"] = books.rows(_LASTING)
        found["feeds"] = books.rows(_FEEDS)
        found["gaps"] = books.rows("SELECT * FROM gaps ORDER BY gap")
        names = books.rows("SELECT name FROM sqlite_master WHERE type = 'table'")
    finally:
        books.close()
    left_out = {name for (name,) in names} - set(found) - set(BOOKKEEPING)
    assert not left_out, f"Nobody compares {sorted(left_out)}."
    return found


def assert_equal(found: Tables, expected: Tables) -> None:
    """Fail with the rows that differ, table by table."""
    for name in sorted(set(found) | set(expected)):
        if found[name] == expected[name]:
            continue
        more = [row for row in found[name] if row not in expected[name]][:3]
        less = [row for row in expected[name] if row not in found[name]][:3]
        raise AssertionError(f"{name}: has {more}, lacks {less}")


def is_sound(cache: Path) -> bool:
    """Whether SQLite finds the file whole, its indexes included."""
    with closing(sqlite3.connect(cache)) as connection:
        return connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
