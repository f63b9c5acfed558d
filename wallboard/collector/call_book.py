"""The calls that the collector works on: their events in memory, their facts to the cache.

A call's events are kept as a set, sorted by stamp; its facts are derived anew whenever the set
grew. What the call added to the rollups is kept beside it, so that a change adds the difference.
"""

from bisect import bisect_left
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final, NamedTuple

import msgspec

from wallboard.cache.entries import entries_of
from wallboard.cache.writer_connection import WriterConnection
from wallboard.collector.call_log import UNKNOWN, CallKey, CallLog, Measured
from wallboard.collector.call_spans import CallSpans, Stretch
from wallboard.collector.call_writer import CallWriter
from wallboard.collector.identities import NULL_CHARACTER
from wallboard.collector.rollups import RollupDeltas
from wallboard.events import calls
from wallboard.facts import quality
from wallboard.facts.call import Call
from wallboard.facts.definitions import Definitions
from wallboard.facts.derive import derive
from wallboard.facts.entry import ConnectionLost, ConnectionSeen, Entry
from wallboard.facts.judgement import Judgement, judge
from wallboard.facts.measures import MEASURES, Bucket, bucket_of, measures

REMEMBERED: Final = 20_000
"""Calls kept in memory between batches; others are read back when an event of theirs comes."""

MOST_EVENTS: Final = 20_000
"""Events of one call. Its facts are derived from all of them whenever one comes, so that a feed
that gives one id to everything would else take all memory and time. A transfer a minute all day
long makes some 7,000."""

TOO_MANY: Final = (
    f"Its call has {MOST_EVENTS:,} events already, more than a call has: what comes beyond is not "
    "used, but for its end. Does the feed give one id to several calls?"
)

AFTERMATH: Final = quality.KINDS | {calls.ConnectAttempted}
"""Events that change nothing of the course of a call that is over: nothing is derived anew."""

_MEASURED: Final = (
    f"SELECT started, source, direction, campaign, queue, {', '.join(MEASURES)} "
    "FROM call_measures WHERE call = ?"
)
_KNOWN: Final = "SELECT id FROM calls WHERE source = ? AND id IN (SELECT value FROM json_each(?))"
_ENDED: Final = "SELECT end_reason, ended FROM calls WHERE source = ? AND id = ?"
_ENCODE: Final = msgspec.json.Encoder().encode


class JudgedAnew(NamedTuple):
    """Calls to be judged anew for changed definitions: whose they are, and when they started."""

    kind: str
    source: int
    spans: dict[str, tuple[int, int]]
    """By campaign or queue: from when, and up to when (UTC ms)."""


class CallBook:
    """The calls of all sources, by source and id.

    `after_hours` tells whether an instant (UTC ms) lies outside business hours.
    """

    def __init__(
        self,
        connection: WriterConnection,
        definitions: Definitions,
        after_hours: Callable[[int], bool],
    ) -> None:
        self._db = connection
        self._definitions = definitions
        self._after_hours = after_hours
        self._writer = CallWriter(connection)
        self._spans = CallSpans(connection)
        self._logs: OrderedDict[CallKey, CallLog] = OrderedDict()
        self._dirty: list[CallLog] = []
        self._grown: list[CallLog] = []
        self.beyond: list[Entry] = []
        """Of this transaction, events of calls that have too many: whoever writes it takes them."""
        self._next = 0
        self.forget()

    def forget(self) -> None:
        """Drop all memory, as after a failed write: the cache alone counts."""
        self._logs.clear()
        self._dirty.clear()
        self._grown.clear()
        self.beyond.clear()
        self._writer.forget()
        self._spans.forget()
        (highest,) = self._db.execute("SELECT max(call) FROM calls").fetchone()
        self._next = (highest or 0) + 1

    def forget_before(self, time: int) -> None:
        """Drop the memory of calls that may have begun before a time: they are being deleted."""
        for key in [key for key, log in self._logs.items() if log.entries[0].time < time]:
            del self._logs[key]

    def forget_contents(self) -> None:
        """Drop the memory of what many calls say alike: what is no longer said is being deleted."""
        self._writer.forget()

    def foresee(self, source: int, entries: Iterable[Entry]) -> None:
        """Look for the calls that these events begin, all at once: most of them are new."""
        logs = self._logs
        wanted = [
            entry.data.call
            for entry in entries
            if type(entry.data) is calls.CallStarted and (source, entry.data.call) not in logs
        ]
        text = _ENCODE(wanted)
        if not wanted or NULL_CHARACTER in text:
            return
        known: set[str] = set()
        # Dictated, one that is known is found out when it is written: no two calls have one id.
        if not self._db.is_dictating:
            known = {name for (name,) in self._db.execute(_KNOWN, (source, text.decode()))}
        for call in wanted:
            if call not in known:
                logs[source, call] = self._begun(source, call)

    def add(self, source: int, entries: Iterable[Entry]) -> list[Entry]:
        """Add events of calls of a source; return those that were known, which change nothing."""
        known: list[Entry] = []
        logs = self._logs
        for entry in entries:
            data: Any = entry.data
            key = (source, data.call)
            log = logs.get(key)
            if log is None:
                log = logs[key] = self._load(*key)
            ids, identity, stored = log.ids, entry.id, log.entries
            if identity in ids:
                known.append(entry)
                continue
            if len(stored) >= MOST_EVENTS and not _may_be_more(stored, entry):
                self.beyond.append(entry)
                continue
            ids.add(identity)
            if not stored or stored[-1].time < entry.time:
                stored.append(entry)
            else:
                _put_in_order(stored, entry)
            log.fresh.append(entry)
            if type(data) in AFTERMATH:
                log.beside = True
                if log.ended and log.entries[0] is not entry:
                    if not log.grown:
                        log.grown = True
                        self._grown.append(log)
                    continue
            if not log.dirty:
                log.dirty = True
                self._dirty.append(log)
        return known

    def mark_judged(self, group: JudgedAnew, most: int) -> Iterator[None]:
        """Mark the calls whose terms changed; each time that it stops, they are to be written.

        It stops after about `most`, and in the end.
        """
        marked = 0
        for stretch in self._spans.stretches(group.kind, group.source, group.spans):
            after = stretch.first - 1
            while found := self._mark_stretch(group, stretch, after, most):
                after = found[-1]
                marked += len(found)
                if marked >= most:
                    yield
                    marked = 0
        if marked:
            yield

    def _mark_stretch(
        self, group: JudgedAnew, stretch: Stretch, after: int, most: int
    ) -> list[int]:
        """Mark up to `most` calls of a stretch whose terms may have changed; their numbers."""
        column = "campaign" if group.kind == "campaign" else "first_queue"
        marks = ", ".join("?" * len(stretch.entities))
        # By their numbers: the index of sources, which the plus keeps out, has all calls of one.
        found = self._db.execute(
            f"SELECT call, id, {column}, ifnull(started, first_event) FROM calls "
            f"WHERE call > ? AND call <= ? AND +source = ? AND {column} IN ({marks}) "
            "ORDER BY call LIMIT ?",
            (after, stretch.last, group.source, *stretch.entities, most),
        ).fetchall()
        for _, call, entity, started in found:
            start, end = group.spans[entity]
            if not start <= started < end:
                continue
            key = (group.source, call)
            log = self._logs.get(key)
            if log is None:
                log = self._logs[key] = self._load(*key)
            if not log.dirty:
                log.dirty = True
                self._dirty.append(log)
        return [number for number, *_ in found]

    def mark_following(self, number: int, most: int) -> list[int]:
        """Mark up to `most` calls after a number, counted nowhere yet, for writing all of them.

        Returns their numbers.
        """
        found = self._db.execute(
            "SELECT call, source, id FROM calls WHERE call > ? ORDER BY call LIMIT ?",
            (number, most),
        ).fetchall()
        for _, source, call in found:
            log = self._logs[source, call] = self._load(source, call)
            log.measured = None
            log.dirty = log.beside = True
            self._dirty.append(log)
        return [row[0] for row in found]

    def _load(self, source: int, call: str) -> CallLog:
        """Read a call back from the cache, or begin a new one."""
        row = self._db.execute(
            "SELECT call, rejected, ended FROM calls WHERE source = ? AND id = ?", (source, call)
        ).fetchone()
        if row is None:
            return self._begun(source, call)
        number, rejected, ended = row
        (parts,) = self._db.execute(
            "SELECT max(part) + 1 FROM call_events WHERE call = ?", (number,)
        ).fetchone()
        log = CallLog(number, source, call, [], set(), parts, [], None, {}, [], [], is_stored=True)
        log.entries = entries_of(self._db, number)
        log.ids = {entry.id for entry in log.entries}
        log.is_whole = False
        log.lasts = UNKNOWN
        log.measured = self._measured(number)
        log.rejected = rejected
        log.ended = ended is not None
        return log

    def _begun(self, source: int, call: str) -> CallLog:
        """A call that the cache does not know."""
        number, self._next = self._next, self._next + 1
        return CallLog(number, source, call, [], set(), 0, [], None, {}, [], [])

    def _measured(self, number: int) -> Measured | None:
        """What a call counts as, and where, as the rollups have it."""
        row = self._db.execute(_MEASURED, (number,)).fetchone()
        return None if row is None else (Bucket(*row[:5]), row[5:])

    def write(self, rollups: RollupDeltas) -> "list[tuple[CallLog, Call]]":
        """Write the facts of every changed call and add what changed to the rollups.

        Returns the calls that have, or had, events that contradict them, for the quarantine.
        """
        contradicted: list[tuple[CallLog, Call]] = []
        writer = self._writer
        for log in self._grown:
            log.grown = False
            if not log.dirty:
                writer.add_beside(log)
        self._grown.clear()
        for log in self._dirty:
            log.dirty = False
            call = derive(log.id, log.entries)
            verdict = self._judged(log, call)
            bucket = bucket_of(call, verdict, log.source)
            before = log.measured
            log.measured = (bucket, measures(call, verdict)) if bucket else None
            if log.measured != before:
                rollups.change(before, log.measured)
            if call.rejected or log.rejected:
                contradicted.append((log, call))
            log.rejected = len(call.rejected)
            log.ended = call.ended is not None
            writer.add(log, call, verdict)
        self._dirty.clear()
        writer.write()
        self._spans.write()
        return contradicted

    def _judged(self, log: CallLog, call: Call) -> Judgement:
        said = call.said
        campaign = said.campaign if said is not None and isinstance(said.campaign, str) else ""
        queue = call.stays[0].queue if call.stays else ""
        if campaign:
            self._spans.note(("campaign", log.source, campaign), log.number)
        if queue:
            self._spans.note(("queue", log.source, queue), log.number)
        terms = self._definitions.terms(
            log.source,
            campaign,
            queue,
            call.started if call.started is not None else call.first_event,
        )
        return judge(call, terms, self._after_hours)

    def trim(self) -> None:
        """Forget the calls untouched for longest, so that memory stays bounded."""
        while len(self._logs) > REMEMBERED:
            self._logs.popitem(last=False)

    def sequences(self, source: int, call: str) -> list[int]:
        """The sequence numbers of the events of a call."""
        log = self._logs.get((source, call)) or self._load(source, call)
        return [entry.sequence for entry in log.entries if entry.sequence is not None]

    def lost_calls(self, source: int, named: Iterable[str], time: int) -> list[str]:
        """Of the calls named those that were closed as lost to sight before a time (UTC ms)."""
        found = []
        for call in named:
            row = self._db.execute(_ENDED, (source, call)).fetchone()
            if row is None or row[0] != "lost" or row[1] >= time:
                continue
            log = self._logs.get((source, call)) or self._load(source, call)
            if not any(type(entry.data) is calls.CallEnded for entry in log.entries):
                found.append(call)
        return found

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


def _may_be_more(entries: list[Entry], entry: Entry) -> bool:
    """Whether an event is taken by a call that has too many: its end, and what we saw of it."""
    is_end = isinstance(entry.data, calls.CallEnded | ConnectionLost | ConnectionSeen)
    return is_end and len(entries) < 2 * MOST_EVENTS


def _put_in_order(entries: list[Entry], entry: Entry) -> None:
    """Insert an event by its stamp, where one of its time or later is known."""
    last = entries[-1]
    if (
        # Much happens at once; then the sequences tell, as they do in stamps.
        (last.time == entry.time and (last.sequence or 0) < (entry.sequence or 0))
        or last.stamp < entry.stamp
    ):
        entries.append(entry)
    else:
        entries.insert(bisect_left(entries, entry.stamp, key=lambda e: e.stamp), entry)
