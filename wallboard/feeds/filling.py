"""Filling holes while the stream goes on: older events by replay, and what is true by snapshot."""

import asyncio
import random
from collections.abc import Callable

from wallboard.feeds.backoff import Backoff
from wallboard.feeds.beginning import Beginning
from wallboard.feeds.coverage import Coverage
from wallboard.feeds.holes import Holes, Wanted
from wallboard.feeds.intake import Delivery, Intake, Origin
from wallboard.feeds.replay import NotOffered, Replay, Unanswered
from wallboard.feeds.tuning import Tuning


class Filling:
    """The replay side of one session of one feed."""

    def __init__(
        self,
        feed: str,
        intake: Intake,
        replay: Replay,
        holes: Holes,
        beginning: Beginning,
        tuning: Tuning,
        clock: Callable[[], int],
    ) -> None:
        self._feed, self._intake, self._replay, self._holes = feed, intake, replay, holes
        self._beginning, self._tuning, self._clock = beginning, tuning, clock
        self._now = asyncio.get_running_loop().time
        self._failures = Backoff(tuning, random.random)
        self._snapshots = Backoff(tuning, random.random)
        self._snapshot_at = 0.0
        self._offers_events = True
        self._no_events = ""
        self._no_snapshot = ""

    @property
    def coverage(self) -> Coverage:
        """What is held now."""
        return self._intake.coverage(self._feed)

    @property
    def backlog(self) -> int | None:
        """How many older events are still to be fetched; None where the server has no replay."""
        return self._holes.backlog(self.coverage) if self._offers_events else None

    @property
    def trouble(self) -> str:
        """What cannot be asked for now, and why, in sentences; empty while all can."""
        return " ".join(filter(None, (self._no_events, self._no_snapshot)))

    async def run(self) -> None:
        """Fill holes until cancelled; raises only what the intake raises."""
        started = self._now()
        pause = self._tuning.oldest_soon_seconds
        look_at = started + pause
        while True:
            try:
                if await self._step():
                    pause = self._tuning.oldest_soon_seconds
                    look_at = self._now() + pause
                elif self._offers_events and self._now() >= look_at:
                    self._holes.oldest = await self._replay.first_after(0)
                    self._answered()
                    pause = min(pause * 2.0, self._longest_pause(self._now() - started))
                    look_at = self._now() + pause
                else:
                    await asyncio.sleep(self._tuning.tick_seconds)
            except NotOffered:
                self._offers_events = False
            except Unanswered as error:
                self._no_events = f"Older events cannot be fetched. {error.reason.sentence}"
                await self._wait(self._failures.delay(0.0, error.reason))

    def _answered(self) -> None:
        """Older events can be fetched."""
        self._failures.reset()
        self._no_events = ""

    async def _wait(self, seconds: float) -> None:
        """Wait before the next request; a token that is another ends it."""
        until = self._now() + seconds
        while not self._replay.token_is_another:
            if (left := until - self._now()) <= 0:
                return
            await asyncio.sleep(min(left, self._tuning.token_seconds))

    def _longest_pause(self, since_start: float) -> float:
        often = since_start < self._tuning.oldest_often_until
        return self._tuning.oldest_often_seconds if often else self._tuning.oldest_seldom_seconds

    async def _step(self) -> bool:
        """Do the next thing there is to do; False when there is none.

        Gaps first, then what is true now, then history, which can take long.
        """
        wanted = self._holes.next(self.coverage)
        if wanted is not None and wanted.gap:
            self._beginning.snapshot_due = True
            await self._fetch(wanted)
        elif self._is_snapshot_due:
            await self._take_snapshot()
        elif wanted is not None and self._offers_events:
            await self._fetch(wanted)
        else:
            return False
        return True

    @property
    def _is_snapshot_due(self) -> bool:
        if not self._beginning.snapshot_due:
            return False
        refused = bool(self._no_snapshot)
        return self._now() >= self._snapshot_at or (refused and self._replay.token_is_another)

    async def _fetch(self, wanted: Wanted) -> None:
        first, last = wanted.span
        if not self._offers_events:
            for gap in self._holes.gaps(self.coverage):
                await self._intake.lost(self._feed, gap)
            return
        text = await self._replay.events(first - 1, last - first + 1)
        self._answered()
        delivery = Delivery(self._feed, text, self._clock(), Origin.REPLAY)
        taken = await self._intake.take(delivery)
        lost = self._holes.answered(wanted, taken.last, self.coverage)
        for span in lost:
            await self._intake.lost(self._feed, span)
        if wanted.gap and lost:
            await self._skip_to_what_is_held(wanted)
        elif not wanted.gap and self.coverage.missing(first, last):
            self._holes.oldest = await self._replay.first_after(0)

    async def _skip_to_what_is_held(self, wanted: Wanted) -> None:
        """Some of a gap is not there: ask where in the rest the server's events begin and end.

        Else a gap of millions would be asked for chunk by chunk, in vain: below what the server
        still holds, or above all that it has, where one number was far too high.
        """
        rest = self._holes.rest(wanted, self.coverage)
        if rest is None:
            return
        found = await self._replay.first_after(rest.first - 1)
        if found is None or found > rest.last:
            await self._intake.lost(self._feed, rest)
            return
        if found > rest.first:
            await self._intake.lost(self._feed, rest._replace(last=found - 1))
        above = await self._last_held(max(found, rest.first), rest.last) + 1
        if above <= rest.last:
            await self._intake.lost(self._feed, rest._replace(first=above))

    async def _last_held(self, held: int, last: int) -> int:
        """Above what number, from `held` to `last`, the server has none; to a chunk, by halves."""
        nothing_above = last
        while nothing_above - held > self._tuning.chunk:
            middle = (held + nothing_above) // 2
            found = await self._replay.first_after(middle)
            if found is not None and middle < found <= nothing_above:
                held = found
            else:
                nothing_above = middle
        return nothing_above

    async def _take_snapshot(self) -> None:
        try:
            snapshot = await self._replay.snapshot()
        except NotOffered:
            self._beginning.snapshot_due = False
            self._no_snapshot = ""
            return
        except Unanswered as error:
            # History need not wait for it.
            self._no_snapshot = (
                "What is true now cannot be asked for: calls and states from before may still be "
                f"shown that are over. {error.reason.sentence}"
            )
            self._snapshot_at = self._now() + self._snapshots.delay(0.0, error.reason)
            return
        # One of another numbering belongs to a server that has just restarted: the session ends
        # by itself, and the next hello says what to do.
        if self.coverage.epoch in {None, snapshot.epoch}:
            await self._intake.take_snapshot(
                self._feed,
                epoch=snapshot.epoch,
                sequence=snapshot.sequence,
                time=snapshot.time,
                events=snapshot.events,
            )
        self._beginning.snapshot_due = False
        self._no_snapshot = ""
