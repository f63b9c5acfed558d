"""The calls that the collector works on: their events in memory, their facts to the cache.

A call's events are kept as a set, sorted by stamp; its facts are derived anew whenever the set
grew. What the call added to the rollups is kept beside it, so that a change adds the difference.
"""

import sqlite3
from bisect import bisect_left
from collections import OrderedDict
from collections.abc import Iterable
from typing import Any, Final, NamedTuple

import msgspec
from msgspec import UNSET, Struct

from wallboard.cache.entries import entries_of
from wallboard.collector.rollups import RollupDeltas
from wallboard.events import calls
from wallboard.facts.call import Call
from wallboard.facts.definitions import Definitions
from wallboard.facts.derive import derive
from wallboard.facts.entry import Entry, pack
from wallboard.facts.judgement import Judgement, judge
from wallboard.facts.measures import Bucket, Vector, bucket_of, measures

REMEMBERED: Final = 20_000
"""Calls kept in memory between batches; others are read back when an event of theirs comes."""

AFTERMATH: Final = frozenset(
    {
        calls.CallRecording,
        calls.CallAnalysed,
        calls.CallReviewed,
        calls.CallMatched,
        calls.CallExported,
        calls.CallChecked,
        calls.ConnectAttempted,
    }
)
"""Events that change no fact of a call that is over: they are kept, and nothing is derived anew."""

Row = tuple[Any, ...]
CallKey = tuple[int, str]
Measured = tuple[Bucket, Vector]


class CallLog(Struct, gc=False):
    """One call in the collector's memory."""

    number: int
    source: int
    id: str
    entries: list[Entry]
    parts: int
    fresh: list[Entry]
    measured: Measured | None
    legs: dict[str, Row]
    stays: list[Row]
    rejected: int = 0
    ended: bool = False
    dirty: bool = False
    grown: bool = False


class JudgedAnew(NamedTuple):
    """Calls to be judged anew for a changed definition: whose they are, when they started."""

    kind: str
    source: int
    entity: str
    start: int
    end: int


_MEASURED: Final = msgspec.msgpack.Decoder(tuple[Bucket, tuple[int, ...]])
_PACK: Final = msgspec.msgpack.Encoder().encode

_CALL_COLUMNS: Final = tuple(
    """
    call source id started first_event direction account campaign sub_campaign list contact
    attempt from_number to_number caller_id call_type first_queue agent answered connected ended
    end_reason ended_by result answer_ms wait_ms talk_ms hold_ms wrap_ms legs transfers
    disposition outcome amd billable_seconds cost rejected measured
    """.split()  # noqa: SIM905 - a column list reads best as one
)
_WRITE_CALL: Final = (
    f"INSERT INTO calls ({', '.join(_CALL_COLUMNS)}) "
    f"VALUES ({', '.join('?' * len(_CALL_COLUMNS))}) ON CONFLICT (call) DO UPDATE SET "
    + ", ".join(f"{name} = excluded.{name}" for name in _CALL_COLUMNS[3:])
)
_WRITE_EVENTS: Final = "INSERT INTO call_events (call, part, entries) VALUES (?, ?, ?)"
_WRITE_LEG: Final = f"INSERT OR REPLACE INTO legs VALUES ({', '.join('?' * 10)})"
_WRITE_STAY: Final = f"INSERT OR REPLACE INTO stays VALUES ({', '.join('?' * 9)})"


class CallBook:
    """The calls of all sources, by source and id."""

    def __init__(self, connection: sqlite3.Connection, definitions: Definitions) -> None:
        self._db = connection
        self._definitions = definitions
        self._logs: OrderedDict[CallKey, CallLog] = OrderedDict()
        self._dirty: list[CallLog] = []
        self._grown: list[CallLog] = []
        self._next = 0
        self.forget()

    def forget(self) -> None:
        """Drop all memory, as after a failed write: the cache alone counts."""
        self._logs.clear()
        self._dirty.clear()
        self._grown.clear()
        (highest,) = self._db.execute("SELECT max(call) FROM calls").fetchone()
        self._next = (highest or 0) + 1

    def forget_before(self, time: int) -> None:
        """Drop the memory of calls that may have begun before a time: they are being deleted."""
        for key in [key for key, log in self._logs.items() if log.entries[0].time < time]:
            del self._logs[key]

    def add(self, source: int, call: str, entry: Entry) -> None:
        """Add an event to its call; the caller has made sure that it is new."""
        key = (source, call)
        log = self._logs.get(key)
        if log is None:
            log = self._logs[key] = self._load(source, call)
        entries = log.entries
        log.fresh.append(entry)
        last = entries[-1] if entries else entry
        if last.time < entry.time or last is entry or last.stamp < entry.stamp:
            entries.append(entry)
        else:
            entries.insert(bisect_left(entries, entry.stamp, key=lambda e: e.stamp), entry)
        if log.ended and type(entry.data) in AFTERMATH and entries[0] is not entry:
            if not log.grown:
                log.grown = True
                self._grown.append(log)
        elif not log.dirty:
            log.dirty = True
            self._dirty.append(log)

    def mark_judged(self, again: JudgedAnew, after: int, most: int) -> int:
        """Mark up to `most` calls whose terms changed, by number; return the last, 0 for none."""
        column = "campaign" if again.kind == "campaign" else "first_queue"
        found = self._db.execute(
            f"SELECT call, id FROM calls WHERE call > ? AND source = ? AND {column} = ? "
            "AND ifnull(started, first_event) >= ? AND ifnull(started, first_event) < ? "
            "ORDER BY call LIMIT ?",
            (after, again.source, again.entity, again.start, again.end, most),
        ).fetchall()
        for _, call in found:
            key = (again.source, call)
            log = self._logs.get(key)
            if log is None:
                log = self._logs[key] = self._load(*key)
            if not log.dirty:
                log.dirty = True
                self._dirty.append(log)
        return found[-1][0] if found else 0

    def mark_following(self, number: int, most: int) -> list[int]:
        """Mark up to `most` calls that come after a number for writing; return their numbers."""
        found = self._db.execute(
            "SELECT call, source, id FROM calls WHERE call > ? ORDER BY call LIMIT ?",
            (number, most),
        ).fetchall()
        for _, source, call in found:
            log = self._logs[source, call] = self._load(source, call)
            log.dirty = True
            self._dirty.append(log)
        return [row[0] for row in found]

    def _load(self, source: int, call: str) -> CallLog:
        """Read a call back from the cache, or begin a new one."""
        row = self._db.execute(
            "SELECT call, measured, rejected, ended FROM calls WHERE source = ? AND id = ?",
            (source, call),
        ).fetchone()
        if row is None:
            number, self._next = self._next, self._next + 1
            return CallLog(number, source, call, [], 0, [], None, {}, [])
        number, measured, rejected, ended = row
        (parts,) = self._db.execute(
            "SELECT max(part) + 1 FROM call_events WHERE call = ?", (number,)
        ).fetchone()
        entries = entries_of(self._db, number)
        known = _MEASURED.decode(measured) if measured else None
        over = ended is not None
        return CallLog(number, source, call, entries, parts, [], known, {}, [], rejected, over)

    def write(self, rollups: RollupDeltas) -> "list[tuple[CallLog, Call]]":
        """Write the facts of every changed call and add what changed to the rollups.

        Returns the calls that have, or had, events that contradict them, for the quarantine.
        """
        rows, events, legs, stays, contradicted = [], [], [], [], []
        shorter: list[tuple[int, int]] = []
        for log in self._grown:
            log.grown = False
            if not log.dirty:
                events.append(_next_part(log))
        self._grown.clear()
        for log in self._dirty:
            log.dirty = False
            call = derive(log.id, log.entries)
            started = call.started if call.started is not None else call.first_event
            said = call.said
            terms = self._definitions.terms(
                log.source,
                said.campaign if said is not None and isinstance(said.campaign, str) else "",
                call.stays[0].queue if call.stays else "",
                started,
            )
            verdict = judge(call, terms)
            bucket = bucket_of(call, verdict, log.source)
            before = log.measured
            log.measured = (bucket, measures(call, verdict, terms)) if bucket else None
            if log.measured != before:
                rollups.change(before, log.measured)
            if call.rejected or log.rejected:
                contradicted.append((log, call))
            log.rejected = len(call.rejected)
            log.ended = call.ended is not None
            rows.append(_call_row(log, call, verdict))
            if log.fresh:
                events.append(_next_part(log))
            for row in _leg_rows(log.number, call):
                if log.legs.get(row[1]) != row:
                    log.legs[row[1]] = row
                    legs.append(row)
            stayed = _stay_rows(log, call)
            if stayed != log.stays:
                stays.extend(stayed)
                if len(stayed) < len(log.stays) or not log.stays:
                    shorter.append((log.number, len(stayed)))
                log.stays = stayed
        self._dirty.clear()
        db = self._db
        db.executemany(_WRITE_CALL, rows)
        db.executemany(_WRITE_EVENTS, events)
        db.executemany(_WRITE_LEG, legs)
        if shorter:
            db.executemany("DELETE FROM stays WHERE call = ? AND stay >= ?", shorter)
        db.executemany(_WRITE_STAY, stays)
        return contradicted

    def trim(self) -> None:
        """Forget the calls untouched for longest, so that memory stays bounded."""
        while len(self._logs) > REMEMBERED:
            self._logs.popitem(last=False)

    def sequences(self, source: int, call: str) -> list[int]:
        """The sequence numbers of the events of a call."""
        log = self._logs.get((source, call)) or self._load(source, call)
        return [entry.sequence for entry in log.entries if entry.sequence is not None]

    def open_calls(self, source: int, before: int) -> list[str]:
        """The ids of the calls of a source that began before a time and have not ended."""
        return [
            call
            for (call,) in self._db.execute(
                "SELECT id FROM calls WHERE source = ? AND ended IS NULL "
                "AND ifnull(started, first_event) < ?",
                (source, before),
            )
        ]


def _next_part(log: CallLog) -> Row:
    """The events of a call that are not in the cache yet, as the next part of them."""
    part, log.parts = log.parts, log.parts + 1
    row = (log.number, part, pack(log.fresh))
    log.fresh.clear()
    return row


def _optional(value: Any) -> Any:  # noqa: ANN401 - any optional field
    return None if value is UNSET else value


def _call_row(log: CallLog, call: Call, verdict: Judgement) -> Row:
    said, outcome = call.said, call.outcome
    billable: float | None = None
    cost: float | None = None
    for leg in call.legs:
        if leg.billable_seconds is not None:
            billable = (billable or 0.0) + leg.billable_seconds
        if leg.cost is not None:
            cost = (cost or 0.0) + leg.cost
    if said is None:
        head: Row = (None,) * 11
    else:
        told = (
            said.direction,
            said.account,
            said.campaign,
            said.sub_campaign,
            said.list,
            said.contact,
            said.attempt,
            said.from_number,
            said.to_number,
            said.caller_id,
            said.call_type,
        )
        head = tuple([None if value is UNSET else value for value in told])
    return (
        log.number,
        log.source,
        log.id,
        call.started,
        call.first_event,
        *head,
        verdict.first_queue,
        verdict.agent,
        verdict.answered_at,
        verdict.connected,
        call.ended,
        call.end_reason,
        call.ended_by,
        verdict.result,
        verdict.answer_ms,
        verdict.wait_ms,
        verdict.talk_ms,
        verdict.hold_ms,
        verdict.wrap_ms,
        len(call.legs),
        len(call.transfers),
        _optional(outcome.disposition) if outcome else None,
        _optional(outcome.outcome) if outcome else None,
        verdict.amd,
        billable,
        cost,
        log.rejected,
        log.measured and _PACK(log.measured),
    )


def _leg_rows(number: int, call: Call) -> Iterable[Row]:
    for leg in call.legs:
        yield (
            number,
            leg.leg,
            leg.kind,
            leg.agent,
            leg.started,
            leg.answered,
            leg.ended,
            leg.cause,
            leg.hold_ms,
            leg.talk_ms,
        )


def _stay_rows(log: CallLog, call: Call) -> list[Row]:
    return [
        (
            log.number,
            at,
            log.source,
            stay.queue,
            stay.entered,
            stay.left,
            stay.reason,
            stay.agent,
            stay.position,
        )
        for at, stay in enumerate(call.stays)
    ]
