"""What comes of text from the feed: events, or things kept apart with the reason."""

from typing import NamedTuple

from wallboard.events.envelope import Event
from wallboard.events.kinds import Data


class Unknown(NamedTuple):
    """An event of a type that this program does not know: counted, never an error."""

    source: str
    id: str
    type: str
    sequence: int | None
    position: int


class Invalid(NamedTuple):
    """Text that is no valid event, with the reason in words; `sequence` where it could be read."""

    reason: str
    text: bytes
    sequence: int | None
    position: int


class Control(NamedTuple):
    """A message of the feed about itself: a FeedHello or a FeedHeartbeat; `time` in UTC ms."""

    data: Data
    time: int


class Decoded(NamedTuple):
    """A message from the feed, decoded: every item of it is in exactly one of these."""

    events: list[Event]
    unknown: list[Unknown]
    invalid: list[Invalid]
    control: list[Control]

    @property
    def sequences(self) -> list[int]:
        """The sequence numbers that the message used up, in the order of the message's kinds."""
        used = [event.sequence for event in self.events if event.sequence is not None]
        for group in (self.unknown, self.invalid):
            used += [item.sequence for item in group if item.sequence is not None]
        return used
