"""The books of facts: each event is handed to the one that keeps its kind, if it is new there.

A call knows its events by their ids, and keeps them as long as it is kept itself; the identities
of all others are noted apart.
"""

from collections.abc import Callable
from typing import Any, Final

from sqlite_utils import Database

from wallboard.cache.writer_connection import WriterConnection
from wallboard.collector.agent_book import AgentBook
from wallboard.collector.call_book import TOO_MANY, CallBook
from wallboard.collector.call_log import CallLog
from wallboard.collector.definition_book import KINDS, DefinitionBook
from wallboard.collector.feed_book import FeedBook, FeedRecord
from wallboard.collector.gap_book import GapBook
from wallboard.collector.identities import note
from wallboard.collector.part import Part
from wallboard.collector.quarantine import Quarantine
from wallboard.collector.record_book import KINDS as RECORD_KINDS
from wallboard.collector.record_book import RecordBook
from wallboard.collector.rollups import RollupDeltas
from wallboard.collector.source_book import SourceBook
from wallboard.collector.type_book import TypeBook
from wallboard.events.agents import AgentChanged
from wallboard.events.calls import ConnectAttempted
from wallboard.events.envelope import Event
from wallboard.events.vocabulary import CALL_TYPES
from wallboard.facts.call import Call
from wallboard.facts.definitions import Settings

DAY_MS: Final = 86_400_000
CHUNK_CALLS: Final = 5_000
_CALL_DATA: Final = frozenset(CALL_TYPES.values())


class Books:
    """All books but that of the feeds; every method is part of the collector's transaction."""

    def __init__(
        self,
        db: Database,
        connection: WriterConnection,
        settings: Settings,
        after_hours: Callable[[int], bool],
        hour_start: Callable[[int], int],
    ) -> None:
        self._db = connection
        self._hour_start = hour_start
        self.feeds = FeedBook(self._db)
        self.sources = SourceBook(self._db)
        self.gaps = GapBook(self._db)
        self._definitions = DefinitionBook(db, connection, settings)
        self.calls = CallBook(self._db, self._definitions.definitions, after_hours)
        self._records = RecordBook(self._db)
        self._types = TypeBook(self._db)
        self._agents = AgentBook(self._db)
        self._quarantine = Quarantine(self._db)

    def forget(self) -> None:
        """Drop all memory, as after a failed write: the cache alone counts."""
        for book in (
            *(self._definitions, self.calls, self._agents, self._records, self._types),
            *(self.feeds, self.sources, self.gaps),
        ):
            book.forget()

    def forget_records(self) -> None:
        """Drop the memory of records, of which some are being deleted."""
        self._records.forget()

    def trim(self) -> None:
        """Forget what was untouched for longest, so that memory stays bounded."""
        self.calls.trim()
        self._agents.trim()
        self._definitions.definitions.trim()

    def fold(self, part: Part) -> None:
        """Take in a message: each event goes to its book, and counts as what became of it."""
        events, unknown, invalid, _ = part.decoded
        record = self.feeds[part.feed]
        repeated = self._fold_events(part, record) if events else 0
        if unknown:
            day = part.received // DAY_MS
            known = note(
                self._db,
                [(self.sources.number(item.source, part.feed), day, [item.id]) for item in unknown],
            )
            for place, item in enumerate(unknown):
                if place not in known:
                    self._count_unknown(item.type, part.received)
            record.counts.unknown += len(unknown) - len(known)
            repeated += len(known)
        if invalid:
            new = self._quarantine.add(part.feed, part.received, invalid)
            record.counts.quarantined += new
            repeated += len(invalid) - new
        total = len(events) + len(unknown) + len(invalid)
        record.counts.repeated += repeated
        record.counts.events += total
        record.heard = part.received
        record.changed = True
        if part.covers:
            record.held.add_all(part.decoded.sequences)
        if record.held.epoch is not None:
            self.sources.own({event.source for event in events}, part.feed)
            self.gaps.arrived(part.feed, record.held.epoch, part.decoded)

    def _fold_events(self, part: Part, record: FeedRecord) -> int:
        """Fold the events of a message; return how many of them were known."""
        events = part.decoded.events
        times = [event.time for event in events]
        latest = max(times)
        if latest > part.received:
            latest = max((time for time in times if time <= part.received), default=0)
        record.last_event = max(latest, record.last_event or 0) or None
        self._types.note([type(event.data) for event in events], times)
        repeated = 0
        for name, own in _by_source(events).items():
            source = self.sources.number(name, part.feed)
            of_calls = [event for event in own if type(event.data) in _CALL_DATA]
            repeated += self._fold_calls(source, of_calls)
            if len(of_calls) < len(own):
                others = [event for event in own if type(event.data) not in _CALL_DATA]
                repeated += self._fold_others(source, others)
        record.counts.applied += len(events) - repeated
        return repeated

    def _fold_calls(self, source: int, events: list[Event]) -> int:
        self.calls.foresee(source, events)
        known = self.calls.add(source, events)
        for event in [event for event in events if type(event.data) is ConnectAttempted]:
            if event not in known and event not in self.calls.beyond:
                self._records.add(source, event)
        return len(known)

    def _fold_others(self, source: int, events: list[Event]) -> int:
        known = note(self._db, [(source, event.time // DAY_MS, [event.id]) for event in events])
        for place, event in enumerate(events):
            if place in known:
                continue
            data: Any = event.data
            kind = type(data)
            if kind is AgentChanged:
                self._agents.add(source, event.stamp, data)
            elif kind in RECORD_KINDS:
                self._records.add(source, event)
            elif kind in KINDS:
                self._definitions.add(source, event.stamp, data)
        return len(known)

    def _count_unknown(self, kind: str, received: int) -> None:
        self._db.execute(
            "INSERT INTO unknown_types (type, events, last) VALUES (?, 1, ?) ON CONFLICT (type) "
            "DO UPDATE SET events = events + 1, last = excluded.last",
            (kind[:200], received),
        )

    def write(self) -> list[tuple[CallLog, Call]]:
        """Write the facts of all that was folded, and what they change in the rollups.

        Returns the calls that have, or had, events that contradict them.
        """
        rollups = RollupDeltas(self._hour_start)
        self._definitions.write()
        self._agents.write()
        self._records.write()
        self._types.write()
        contradicted = self.calls.write(rollups)
        for changed in self._definitions.judged_anew():
            for _ in self.calls.mark_judged(changed, CHUNK_CALLS):
                self.calls.write(rollups)
                self.trim()
        rollups.write(self._db)
        return contradicted

    def quarantine(self, contradicted: list[tuple[CallLog, Call]], now: int) -> None:
        """Set events apart that contradict their calls, or are more than a call may have.

        Their messages are in the cache by now.
        """
        for log, call in contradicted:
            otherwise = self.sources.feed_of(log.source) or ""
            grown = self._quarantine.contradictions(otherwise, now, log.number, call.rejected)
            for feed, more in grown.items():
                record = self.feeds[feed]
                record.counts.quarantined += more
                record.counts.applied -= more
                record.changed = True
        beyond, self.calls.beyond = self.calls.beyond, []
        for feed, came, new in self._quarantine.beyond(beyond, TOO_MANY):
            record = self.feeds[feed]
            record.counts.applied -= came
            record.counts.quarantined += new
            record.counts.repeated += came - new
            record.changed = True

    def reckon_anew(self, progress: Callable[[int], None]) -> None:
        """Judge every call anew and build the rollups from nothing.

        `progress` is told now and then how many calls are done.
        """
        self._db.execute("DELETE FROM minute_rollup")
        self._db.execute("DELETE FROM hour_rollup")
        self.calls.forget()
        done = after = 0
        while numbers := self.calls.mark_following(after, CHUNK_CALLS):
            rollups = RollupDeltas(self._hour_start)
            self.calls.write(rollups)
            rollups.write(self._db)
            self.calls.forget()
            self._definitions.definitions.trim()
            after, done = numbers[-1], done + len(numbers)
            progress(done)


def _by_source(events: list[Event]) -> dict[str, list[Event]]:
    """The events by their source, nearly always of one."""
    first = events[0].source
    if all(event.source == first for event in events):
        return {first: events}
    found: dict[str, list[Event]] = {}
    for event in events:
        found.setdefault(event.source, []).append(event)
    return found
