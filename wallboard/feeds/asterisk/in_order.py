"""Recorded messages in the order in which they arrived, where the lines of a file are not."""

from collections.abc import Iterator
from heapq import heappop, heappush
from math import inf
from typing import Any, Final, NamedTuple

SLACK_SECONDS: Final = 0.1
"""By how much the lines of one recording may be out of order."""


class Kept(NamedTuple):
    """A message that waits for earlier ones: when it arrived (Unix seconds), its line's number."""

    received: float
    number: int
    message: dict[str, Any]


class InOrder:
    """Keeps messages back until no line can bring an earlier one.

    A recording as it was written goes through unchanged. One whose times go back by more than
    SLACK_SECONDS is another recording: what is kept of the one before comes first.
    """

    def __init__(self) -> None:
        self._kept: list[Kept] = []
        self._number = 0
        self._newest = -inf

    def add(self, received: float, message: dict[str, Any]) -> Iterator[Kept]:
        """Take in one message; gives those whose turn it is."""
        if received < self._newest - SLACK_SECONDS:
            yield from self.rest()
        self._newest = max(self._newest, received)
        self._number += 1
        heappush(self._kept, Kept(received, self._number, message))
        while self._kept[0].received < self._newest - SLACK_SECONDS:
            yield heappop(self._kept)

    def rest(self) -> Iterator[Kept]:
        """All that is kept."""
        self._newest = -inf
        while self._kept:
            yield heappop(self._kept)
