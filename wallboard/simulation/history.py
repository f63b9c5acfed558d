"""The events that a feed server holds, numbered without a gap and packed small."""

import asyncio
import zlib
from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple
from uuid import uuid4

from wallboard.simulation.outbox import numbered
from wallboard.simulation.present import Present

PACK = 1_000
"""How many events are compressed together."""
# No JSON text holds this byte, so that even events that are not valid stay apart.
SEPARATOR = b"\0"


class Pack(NamedTuple):
    """Up to a thousand events, compressed."""

    size: int
    data: bytes


def pack(events: Sequence[bytes]) -> Pack:
    """Compress events, at most PACK of them."""
    return Pack(len(events), zlib.compress(SEPARATOR.join(events), 1))


@lru_cache(maxsize=8)
def _unpack(data: bytes) -> list[bytes]:
    return zlib.decompress(data).split(SEPARATOR)


class History:
    """What is held: events from ``oldest`` to ``newest``, growing by exactly 1.

    New events are appended; events from before the oldest may be put in front of it. With
    ``keep``, no more than about so many events are held and the oldest are forgotten first.
    All of it happens on the event loop's thread.
    """

    def __init__(
        self, *, first: int = 1, epoch: str | None = None, keep: int | None = None
    ) -> None:
        self.epoch = epoch if epoch is not None else uuid4().hex
        self.present = Present()
        """What is true now, as of ``newest``."""
        self.oldest = first
        self._keep = keep
        self._packs: list[Pack] = []
        self._firsts: list[int] = []
        self._tail: list[bytes] = []
        self._tail_first = first
        self._growth = asyncio.Event()

    @property
    def newest(self) -> int:
        """The sequence of the latest event; one less than ``oldest`` while nothing is held."""
        return self._tail_first + len(self._tail) - 1

    def append(self, events: Sequence[bytes]) -> None:
        """Number these events, and hold them after the newest.

        They are encoded CloudEvents without a sequence.
        """
        if not events:
            return
        for sequence, event in enumerate(events, self.newest + 1):
            self.present.learn(sequence, event)
        self._tail.extend(events)
        while len(self._tail) >= 2 * PACK:
            self._packs.append(pack(self._tail[:PACK]))
            self._firsts.append(self._tail_first)
            self._tail_first += PACK
            del self._tail[:PACK]
        self._forget()
        growth, self._growth = self._growth, asyncio.Event()
        growth.set()

    def prepend(self, packs: Sequence[Pack]) -> None:
        """Hold events from before the oldest, numbered down from it; packs in order of time."""
        first = self.oldest - sum(packed.size for packed in packs)
        self.oldest = first
        firsts: list[int] = []
        for packed in packs:
            firsts.append(first)
            first += packed.size
        self._packs[:0] = packs
        self._firsts[:0] = firsts
        self._forget()

    def read(self, after: int, limit: int) -> tuple[int, list[bytes]]:
        """The sequence of the first event after another, and at most `limit` from it on.

        Each has its own sequence in it. The first is later than asked for where that is not held.
        """
        sequence = first = max(after + 1, self.oldest)
        events: list[bytes] = []
        while sequence <= self.newest and len(events) < limit:
            held, start = self._around(sequence)
            part = held[sequence - start : sequence - start + limit - len(events)]
            events.extend(numbered(event, n) for n, event in enumerate(part, sequence))
            sequence += len(part)
        return first, events

    async def grow(self, after: int, seconds: float) -> None:
        """Wait until there is something after this sequence, at most so many seconds."""
        if self.newest > after:
            return
        try:
            async with asyncio.timeout(seconds):
                await self._growth.wait()
        except TimeoutError:
            return

    def _around(self, sequence: int) -> tuple[list[bytes], int]:
        if sequence >= self._tail_first:
            return self._tail, self._tail_first
        index = bisect_right(self._firsts, sequence) - 1
        return _unpack(self._packs[index].data), self._firsts[index]

    def _forget(self) -> None:
        if self._keep is None:
            return
        while self._packs and self.newest - self.oldest + 1 - self._packs[0].size >= self._keep:
            self.oldest += self._packs.pop(0).size
            self._firsts.pop(0)
