"""The collector: takes in what feeds deliver and commits it in batches, at once or within 100 ms.

Everything here happens in one thread: nothing to lock, and when a batch is written the feeds wait,
which is the backpressure.
"""

import asyncio
import logging
import sqlite3
from collections.abc import Callable
from typing import Final, TypeVar

from wallboard.cache.troubles import is_damage, why_unwritten
from wallboard.collector.batching import SingleEvents, pieces
from wallboard.collector.condition_log import ConditionLog
from wallboard.collector.feed_book import Counts
from wallboard.collector.file_numbers import FileNumbers
from wallboard.collector.ledger import Ledger
from wallboard.collector.part import Part
from wallboard.collector.seams import Seams
from wallboard.collector.sightings import Seen
from wallboard.collector.snapshots import calls_in
from wallboard.counted import counted
from wallboard.events import Decoded, decode_batch, decode_lines
from wallboard.events.control import FeedHeartbeat, FeedHello
from wallboard.events.envelope import milliseconds
from wallboard.feeds.coverage import Coverage, Span
from wallboard.feeds.intake import Condition, Delivery, Heartbeat, Hello, Origin, Taken
from wallboard.now import now_ms

log = logging.getLogger(__name__)

T = TypeVar("T")

BATCH_EVENTS: Final = 1_000
"""Events in one transaction at most."""

BATCH_SECONDS: Final = 0.1
"""How long an event waits for others at most before it is committed."""

COVERING: Final = frozenset({Origin.LIVE, Origin.REPLAY})
"""Where messages come from whose numbers are then held."""

BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"

RETRY_SECONDS: Final = 1.0
"""How long to wait before a failed transaction is tried again."""


class Collector:
    """An Intake that writes to the cache. Use it in one event loop."""

    def __init__(self, ledger: Ledger, clock: Callable[[], int] = now_ms) -> None:
        self._ledger = ledger
        self._clock = clock
        self._parts: list[Part] = []
        self._events = 0
        self._single: dict[str, SingleEvents] = {}
        self._timer: asyncio.TimerHandle | None = None
        self._seams = Seams()
        self._files: dict[str, FileNumbers] = {}
        self._trouble = ""
        self.damaged = asyncio.Event()
        """Set once the cache is found to be damaged."""
        self._told = ConditionLog()

    @property
    def trouble(self) -> str:
        """Why the cache cannot be written at the moment, in a sentence; empty when it can."""
        return self._trouble

    @property
    def waiting(self) -> int:
        """How many events were taken in and are not written yet, as far as is known."""
        return self._events + self._ledger.handed_over

    def coverage(self, feed: str) -> Coverage:
        """What is held of this feed."""
        return self._ledger.feeds[feed].coverage

    def counts(self, feed: str) -> Counts:
        """What became of the feed's events so far."""
        return self._ledger.feeds[feed].counts

    async def take(self, delivery: Delivery) -> Taken:
        """Decode a message and queue it for the next transaction."""
        text = delivery.text.removeprefix(BYTE_ORDER_MARK)
        single = text.lstrip()[:1] != b"["
        if single and b"\n" not in text and delivery.origin in COVERING:
            decoded = self._take_single(delivery, text)
        else:
            whole = b"[" + text + b"]" if single else text
            number = self._ledger.next_message()
            decoded = decode_batch(whole, number)
            if decoded.events or decoded.unknown or decoded.invalid:
                await self._take_whole(delivery, whole, decoded, number)
        taken = self._taken(delivery, decoded)
        await self._settle()
        return taken

    async def take_lines(self, feed: str, lines: list[bytes]) -> None:
        """Take in lines of a file, one event each; their sequence is not a coverage of ours.

        What the file lacks is known once it is through: see `end_file`.
        """
        number = self._ledger.next_message()
        decoded = decode_lines(lines, message=number)
        self._files.setdefault(feed, FileNumbers()).note(decoded)
        delivery = Delivery(feed, b"\n".join(lines), self._clock(), Origin.FILE)
        await self._take_whole(delivery, delivery.text, decoded, number)
        await self._settle()

    async def end_file(self, feed: str) -> None:
        """A file is through, or as much of it as could be read: commit it, and what it lacks."""
        await self.flush()
        if (numbers := self._files.pop(feed, None)) is not None:
            found = numbers.numberings()
            await self._surely(lambda: self._ledger.record_numbers(feed, found, self._clock()))

    async def take_snapshot(
        self, feed: str, *, epoch: str, sequence: int | None, time: int, events: bytes
    ) -> None:
        """Take in a snapshot; the open calls that it omits are closed as lost.

        Those that an earlier one omitted and this one names are open again.
        """
        self._ledger.feeds.adopt(feed, epoch)
        number = self._ledger.next_message()
        decoded = decode_batch(events, number)
        delivery = Delivery(feed, events, self._clock(), Origin.SNAPSHOT)
        await self._take_whole(delivery, events, decoded, number)
        calls = calls_in(decoded)
        if calls is None:
            await self.flush()
            log.warning("The snapshot of feed %s cannot be read whole: no call is closed.", feed)
            return
        seen = Seen(time, sequence, frozenset(event.source for event in decoded.events), calls)
        found = await self._surely(lambda: self._ledger.take_sightings(feed, seen))
        if found.lost:
            log.warning("Open calls of feed %s that were lost sight of: %d.", feed, len(found.lost))
        if found.again:
            log.warning("Calls of feed %s that are in sight again: %d.", feed, len(found.again))

    async def new_epoch(self, feed: str, epoch: str) -> None:
        """The server's numbering starts anew: forget the coverage, record the gap."""
        await self._surely(lambda: self._ledger.begin_epoch(feed, epoch, self._clock()))
        self._seams.forget(feed)

    def last_heard(self, feed: str) -> int | None:
        """When the feed was last heard (UTC ms), in this process or before; None for never."""
        record = self._ledger.feeds[feed]
        told = record.condition.heard if record.condition is not None else None
        return max(record.heard or 0, told or 0) or None

    async def gap(self, feed: str, started: int, ended: int, reason: str) -> None:
        """Nothing can be known of what happened between two times (UTC ms): record the gap."""
        await self._surely(
            lambda: self._ledger.record_break(feed, started, ended, reason, self._clock())
        )

    async def lost(self, feed: str, span: Span) -> None:
        """The numbers of this span can no longer be had: record the gap."""

        def record() -> None:
            now = self._clock()
            known = self._ledger.feeds[feed].last_event or now
            started, ended = self._seams.around(span, feed) or (known, now)
            self._ledger.record_lost(feed, span, started, ended, now)

        await self._surely(record)

    async def _surely(self, write: Callable[[], T]) -> T:
        """Write what is no batch after all that waits; as often as it takes."""
        while True:
            await self.flush()
            try:
                return write()
            except sqlite3.Error as error:
                self._after_failure(error)
            await asyncio.sleep(RETRY_SECONDS)

    def report(self, feed: str, condition: Condition) -> None:
        """Keep a feed's condition; it is written with the next transaction, or soon."""
        self._told.tell(feed, condition)
        record = self._ledger.feeds[feed]
        record.condition = condition
        record.changed = True
        self._arm()

    async def flush(self) -> None:
        """Commit everything taken in so far; waits for as long as the cache cannot be written."""
        await self._write_waiting(is_full=False)

    def abandon(self) -> None:
        """Write nothing any more: the cache is lost, or cannot be written before the end."""
        self._disarm()
        self._single.clear()
        self._parts.clear()
        self._events = 0

    async def _commit_and_yield(self) -> None:
        """Commit, and let other feeds, or live events between pieces of a long one, have a turn."""
        await self._write_waiting(is_full=True)
        # What was handed over is settled soon, though nothing may follow.
        self._arm()
        await asyncio.sleep(0)

    async def _write_waiting(self, *, is_full: bool) -> None:
        self._close_singles()
        self._disarm()
        while not self._commit(is_full=is_full):  # noqa: ASYNC110 - a disk that is full tells nobody when it is not
            await asyncio.sleep(RETRY_SECONDS)

    def _take_single(self, delivery: Delivery, text: bytes) -> Decoded:
        """Collect messages of one event each, so that many are stored as one."""
        singles = self._single.get(delivery.feed)
        if singles is None:
            singles = self._single[delivery.feed] = SingleEvents(self._ledger.next_message())
        decoded = decode_lines([text], len(singles.lines), singles.message)
        if decoded.events or decoded.unknown or decoded.invalid:
            singles.add(text, delivery.received, decoded)
            self._cover(delivery, decoded)
            self._events += 1
        return decoded

    async def _take_whole(
        self, delivery: Delivery, text: bytes, decoded: Decoded, number: int
    ) -> None:
        """Queue a message of many events, in pieces that each fit one transaction."""
        size = len(decoded.events) + len(decoded.unknown) + len(decoded.invalid)
        if self._events and self._events + size > BATCH_EVENTS:
            await self._commit_and_yield()
        body: bytes | None = text
        covers = delivery.origin in COVERING
        for piece in pieces(decoded, BATCH_EVENTS):
            self._parts.append(Part(delivery.feed, number, body, delivery.received, piece, covers))
            self._events += len(piece.events)
            body = None
            if covers:
                self._cover(delivery, piece)
            if self._events >= BATCH_EVENTS:
                await self._commit_and_yield()

    def _taken(self, delivery: Delivery, decoded: Decoded) -> Taken:
        hello = heartbeat = None
        for control in decoded.control:
            data = control.data
            self._ledger.feeds[delivery.feed].heard = delivery.received
            if isinstance(data, FeedHello):
                hello = Hello(
                    str(data.epoch),
                    _number(data.oldest),
                    _number(data.newest),
                    milliseconds(data.time),
                )
            elif isinstance(data, FeedHeartbeat):
                heartbeat = Heartbeat(_number(data.newest), milliseconds(data.time))
        sequences = decoded.sequences
        return Taken(
            len(decoded.events),
            min(sequences, default=None),
            max(sequences, default=None),
            hello,
            heartbeat,
        )

    def _cover(self, delivery: Delivery, decoded: Decoded) -> None:
        """Mark the numbers as held; where they jump, remember the times on either side."""
        sequences = decoded.sequences
        if not sequences:
            return
        coverage = self.coverage(delivery.feed)
        newest, lowest = coverage.newest, min(sequences)
        # Mostly the first, but events may overtake one another.
        first = next((event for event in decoded.events if event.sequence == lowest), None)
        if newest is not None and lowest > newest + 1 and decoded.events:
            begins = (first or decoded.events[0]).time
            last = self._ledger.feeds[delivery.feed].last_event or begins
            self._seams.note(delivery.feed, Span(newest + 1, lowest - 1), last, begins)
        coverage.add_all(sequences)
        if first is not None:
            self._ledger.feeds[delivery.feed].begins(lowest, first.time)

    async def _settle(self) -> None:
        """Commit when enough is waiting, else see to it that it will be."""
        if self._events >= BATCH_EVENTS:
            await self._commit_and_yield()
        else:
            self._arm()

    def _arm(self) -> None:
        if self._timer is None:
            loop = asyncio.get_running_loop()
            self._timer = loop.call_later(BATCH_SECONDS, self._timed)

    def _disarm(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _timed(self) -> None:
        self._timer = None
        self._close_singles()
        if not self._commit(is_full=False):
            loop = asyncio.get_running_loop()
            self._timer = loop.call_later(RETRY_SECONDS, self._timed)

    def _close_singles(self) -> None:
        """Make one part of the single messages collected for each feed."""
        for feed, singles in self._single.items():
            if singles.lines:
                self._parts.append(singles.as_part(feed))
        self._single.clear()

    def _commit(self, *, is_full: bool) -> bool:
        """Write what waits. False when the cache cannot be written now; nothing is lost then."""
        try:
            if self._parts:
                self._ledger.commit(self._parts, self._clock(), is_full=is_full)
            else:
                self._ledger.write_feeds(self._clock())
        except sqlite3.Error as error:
            self._after_failure(error)
            return False
        if self._events and log.isEnabledFor(logging.DEBUG):
            log.debug("Written: %s.", counted(self._events, "event"))
        if self._trouble:
            log.warning("The cache can be written again.")
        self._trouble = ""
        self._parts.clear()
        self._events = 0
        return True

    def _after_failure(self, error: sqlite3.Error) -> None:
        trouble = why_unwritten(error)
        if trouble != self._trouble:
            log.error("%s", trouble)
        self._trouble = trouble
        if is_damage(error):
            self.damaged.set()


def _number(value: int | str | None) -> int | None:
    return None if value is None else int(value)
