"""How messages become parts of transactions: small ones together, large ones in pieces."""

from collections.abc import Iterable

import msgspec

from wallboard.collector.part import Part
from wallboard.events import Decoded


class SingleEvents(msgspec.Struct):
    """Messages of one event each, on their way to become one part."""

    message: int
    lines: list[bytes] = []
    decoded: Decoded = msgspec.field(default_factory=lambda: Decoded([], [], [], []))
    received: int = 0

    def add(self, text: bytes, received: int, decoded: Decoded) -> None:
        """Add a message, received at this time (UTC ms)."""
        self.lines.append(text)
        self.received = received
        self.decoded.events.extend(decoded.events)
        self.decoded.unknown.extend(decoded.unknown)
        self.decoded.invalid.extend(decoded.invalid)

    def as_part(self, feed: str) -> Part:
        """All of them as one message of JSON Lines."""
        return Part(feed, self.message, b"\n".join(self.lines), self.received, self.decoded)


def pieces(decoded: Decoded, size: int) -> Iterable[Decoded]:
    """A decoded message in pieces of at most `size` events; what is no event is in the first."""
    events = decoded.events
    yield Decoded(events[:size], decoded.unknown, decoded.invalid, [])
    for start in range(size, len(events), size):
        yield Decoded(events[start : start + size], [], [], [])
