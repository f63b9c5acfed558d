"""The sequence numbers of a file while it is read: by the epoch and the sources in it.

A sequence grows by 1 per event of a feed, and a feed may have several sources. So a number that any
source of the file used is not missing; but a source's holes lie between its own numbers only, for
one file may hold what several feeds sent, each with a numbering of its own.
"""

from typing import Final, NamedTuple

from wallboard.events import Decoded
from wallboard.events.control import FeedHello
from wallboard.feeds.coverage import Span
from wallboard.feeds.stretches import Mark, Stretch, Stretches

MOST_SOURCES: Final = 50
"""Of a file with more sources than these, the numbering is taken to be one."""

ALL_SOURCES: Final = ""
"""Stands for the sources of such a file together."""


class Numbering(NamedTuple):
    """What a file brought of one source: the numbers used, and from where to where they reach.

    `epoch` is empty where the file told none. `source` is ALL_SOURCES where there are too many.
    """

    source: str
    epoch: str
    seen: list[Stretch]
    reach: Span


class FileNumbers:
    """Takes note of the numbers of one file, chunk by chunk."""

    def __init__(self) -> None:
        self._epoch = ""
        self._seen: dict[str, Stretches] = {}
        self._reach: dict[str, dict[str, Span]] = {}

    def note(self, decoded: Decoded) -> None:
        """Take note of lines; a hello in between begins another numbering."""
        if not any(isinstance(control.data, FeedHello) for control in decoded.control):
            self._note(decoded)
            return
        rest = decoded
        for position, epoch in _hellos(decoded):
            before, rest = _parted(rest, position)
            self._note(before)
            self._epoch = epoch
        self._note(rest)

    def numberings(self) -> list[Numbering]:
        """What was noted, by source and epoch."""
        found = []
        for epoch, reaches in self._reach.items():
            seen = list(self._seen[epoch])
            for source, reach in reaches.items():
                within = [
                    one for one in seen if one.last >= reach.first and one.first <= reach.last
                ]
                found.append(Numbering(source, epoch, within, reach))
        return found

    def _note(self, decoded: Decoded) -> None:
        timed = [
            (event.sequence, event.time) for event in decoded.events if event.sequence is not None
        ]
        untimed = [
            item.sequence
            for group in (decoded.unknown, decoded.invalid)
            for item in group
            if item.sequence is not None
        ]
        if not timed and not untimed:
            return
        seen = self._seen.setdefault(self._epoch, Stretches())
        reaches = self._reach.setdefault(self._epoch, {})
        numbers = [number for number, _ in timed]
        first, last = (numbers[0], numbers[-1]) if numbers else (0, -1)
        if not untimed and numbers == list(range(first, first + len(numbers))):
            seen.add(Stretch(first, last, Mark(*timed[0]), Mark(*timed[-1])))
        else:
            seen.add_numbers(sorted(timed))
            seen.add_numbers((number, None) for number in sorted(untimed))
        if timed:
            self._reach_out(reaches, decoded)

    def _reach_out(self, reaches: dict[str, Span], decoded: Decoded) -> None:
        numbers: dict[str, list[int]] = {}
        for event in decoded.events:
            if event.sequence is not None:
                numbers.setdefault(event.source, []).append(event.sequence)
        for source, used in numbers.items():
            key = ALL_SOURCES if ALL_SOURCES in reaches else source
            _widen(reaches, key, Span(min(used), max(used)))
        if len(reaches) > MOST_SOURCES:
            spans = list(reaches.values())
            reaches.clear()
            for span in spans:
                _widen(reaches, ALL_SOURCES, span)


def _widen(reaches: dict[str, Span], key: str, span: Span) -> None:
    known = reaches.get(key, span)
    reaches[key] = Span(min(known.first, span.first), max(known.last, span.last))


def _hellos(decoded: Decoded) -> list[tuple[int, str]]:
    """The positions of the hellos and their epochs: what is none of the other lines, in order."""
    taken = {item.position for group in decoded[:3] for item in group}
    count = len(taken) + len(decoded.control)
    free = (position for position in range(count) if position not in taken)
    return [
        (position, str(control.data.epoch))
        for position, control in zip(free, decoded.control, strict=True)
        if isinstance(control.data, FeedHello)
    ]


def _parted(decoded: Decoded, position: int) -> tuple[Decoded, Decoded]:
    """What stands before a position, and what stands after it."""
    return (
        Decoded(
            [event for event in decoded.events if event.position < position],
            [item for item in decoded.unknown if item.position < position],
            [item for item in decoded.invalid if item.position < position],
            [],
        ),
        Decoded(
            [event for event in decoded.events if event.position > position],
            [item for item in decoded.unknown if item.position > position],
            [item for item in decoded.invalid if item.position > position],
            [],
        ),
    )
