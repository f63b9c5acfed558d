"""What a collector knew at an instant: a cache fed with the events up to it, and its answers."""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from wallboard.cache.opening import open_for_reading
from wallboard.cache.writing import open_for_writing
from wallboard.collector.ledger import Ledger
from wallboard.collector.part import Part
from wallboard.config import Configuration, Metrics
from wallboard.events import decode_batch
from wallboard.facts.definitions import Settings
from wallboard.questions.asked_calls import asked_of
from wallboard.questions.call import whole_call
from wallboard.questions.call_answers import CallLine, WholeCall
from wallboard.questions.call_filter import CallFilter, CallPart
from wallboard.questions.call_parts import Cursor
from wallboard.questions.calls import calls, count_calls
from wallboard.questions.floor import floor
from wallboard.questions.floor_answers import Floor
from wallboard.questions.longest_calls import LongestCalls
from wallboard.questions.oldest_calls import oldest_calls
from wallboard.questions.queue_callers import WholeQueue, whole_queue
from wallboard.questions.scope import Scope
from wallboard.reporting_time import Calendar

Json = dict[str, Any]
CONFIGURATION = Configuration()
STATES = (
    *(None, "open", "waiting", "answered", "missed", "not_called_back", "abandoned"),
    *("short_abandoned", "dropped", "lost", "voicemail", "machine", "in_progress"),
)
FILTERS = (
    *(CallFilter(state=state) for state in STATES),
    *(CallFilter(text=text) for text in ("sold", "ann", "bob", "orders", "late", "c", "x")),
    *(CallFilter(text=text) for text in ("+1415", "+14155550100")),
    *(CallFilter(text="sold", state=state) for state in ("answered", "abandoned", "open")),
    *(CallFilter(queue="q"), CallFilter(agent="ann"), CallFilter(campaign="x")),
    *(CallFilter(disposition="sold"), CallFilter(disposition="")),
    *(CallFilter(direction="inbound"), CallFilter(direction="outbound", state="answered")),
    *(CallFilter(number="+14155550100"), CallFilter(text="5550100", masked=True)),
    *(CallFilter(part=CallPart("trunk", None)), CallFilter(part=CallPart("queue", "q"))),
)

SCOPES = (Scope(), Scope(campaign="x"), Scope(queue="q"), Scope(team="east"))


def time_of(event: Json) -> int:
    """The instant of an event in UTC ms."""
    return round(datetime.fromisoformat(event["time"]).timestamp() * 1_000)


def collected(path: Path, batches: Iterable[list[Json]], calendar: Calendar, now: int) -> Path:
    """A cache that a collector made of the batches, in their order."""
    db = open_for_writing(path)
    try:
        ledger = Ledger(db, calendar, Settings())
        for batch in batches:
            body = json.dumps(batch).encode()
            number = ledger.next_message()
            ledger.commit([Part("main", number, body, now, decode_batch(body, number))], now)
    finally:
        db.close()
    return path


def up_to(batches: Iterable[list[Json]], at: int) -> list[list[Json]]:
    """What of the batches had happened at an instant (UTC ms)."""
    return [[event for event in batch if time_of(event) <= at] for batch in batches]


@contextmanager
def reading(path: Path) -> Iterator[sqlite3.Connection]:
    """A reader of a cache."""
    connection = open_for_reading(path)
    try:
        yield connection
    finally:
        connection.close()


def known_at(
    connection: sqlite3.Connection,
    calendar: Calendar,
    at: int,
    scopes: Iterable[Scope] = SCOPES,
) -> dict[str, object]:
    """All that the screens show of an instant: floors, queues, calls and each of them whole."""
    known: dict[str, object] = {}
    for scope in scopes:
        known[f"floor {scope}"] = _floor(connection, calendar, scope, at)
    for row in floor(connection, calendar, CONFIGURATION, Scope(), at).queues:
        scope = Scope(queue=row.queue)
        whole = whole_queue(connection, calendar, CONFIGURATION, scope, row.source, at)
        known[f"queue {row.source} {row.queue}"] = _without_numbers_of_queue(whole)
    for line in calls(connection, CallFilter(), at, 40, patience=None).lines:
        call = whole_call(connection, line.number, at)
        known[f"call {line.source} {line.call}"] = _without_numbers(call)
    return known


def lists_at(
    connection: sqlite3.Connection,
    filters: Iterable[CallFilter],
    at: int,
    limit: int = 10_000,
    *,
    is_every_order: bool = True,
) -> dict[str, object]:
    """The lists of calls at an instant, by filter: in each order, and how many they are."""
    known: dict[str, object] = {}
    for wanted in filters:
        orders = (("newest", calls), ("oldest", oldest_calls))
        for order, asking in orders if is_every_order else orders[:1]:
            lines: list[CallLine] = []
            cursor: Cursor | None = None
            while True:
                page = asking(connection, wanted, at, limit, cursor, None)
                lines += page.lines
                cursor = page.next
                if cursor is None:
                    break
            known[f"{order} {wanted}"] = list(map(_without_number, lines))
            assert count_calls(connection, wanted, at, None).calls == len(lines), wanted
        if is_every_order:
            known[f"longest {wanted}"] = _longest(connection, wanted, at)
    return known


def _longest(connection: sqlite3.Connection, wanted: CallFilter, at: int) -> list[object]:
    """The longest calls that had ended, without the numbers that a cache gave them."""
    looking = LongestCalls(wanted, "time", at)
    with asked_of(connection, wanted, at, Metrics()) as asked:
        looking.take_known_otherwise(asked)
        while looking.reached is not None:
            looking.look_on(asked)
    return [call[:-1] for call in looking.found]


def _floor(connection: sqlite3.Connection, calendar: Calendar, scope: Scope, at: int) -> Floor:
    """A floor without the numbers that a cache gave to those who wait."""
    found = floor(connection, calendar, CONFIGURATION, scope, at)
    return replace(found, callers=tuple(replace(caller, call=0) for caller in found.callers))


def _without_number(line: CallLine) -> CallLine:
    """A line without the number that a cache gave its call."""
    return replace(line, number=0)


def _without_numbers_of_queue(whole: WholeQueue) -> WholeQueue:
    callers = tuple(replace(caller, line=_without_number(caller.line)) for caller in whole.callers)
    return replace(whole, callers=callers)


def _without_numbers(call: WholeCall | None) -> WholeCall | None:
    if call is None:
        return None
    attempts = tuple(sorted(map(_without_number, call.attempts), key=repr))
    return replace(call, line=_without_number(call.line), attempts=attempts)
