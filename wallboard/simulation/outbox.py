"""Where a simulation's events are written down: encoded CloudEvents in time order."""

from datetime import UTC, datetime

import msgspec

from wallboard.simulation.pace import Pace

Data = dict[str, object]


class Envelope(msgspec.Struct):
    """A CloudEvents 1.0 event in JSON; its sequence is added by whoever serves or stores it."""

    id: str
    source: str
    type: str
    time: str
    subject: str
    data: Data
    specversion: str = "1.0"


def numbered(event: bytes, sequence: int) -> bytes:
    """The event with its place in the feed."""
    return b'%b,"sequence":"%d"}' % (event[:-1], sequence)


def rfc3339(moment: int) -> str:
    """UTC milliseconds as the feed writes times."""
    second, rest = divmod(moment, 1000)
    return f"{datetime.fromtimestamp(second, UTC):%Y-%m-%dT%H:%M:%S}.{rest:03d}Z"


class Outbox:
    """Collects the events of one block until they are taken away."""

    def __init__(self, source: str, tag: str, begins: int, pace: Pace) -> None:
        self.pace = pace
        self._source = source
        self._tag = tag
        self._begins = begins
        self._count = 0
        self._events: list[bytes] = []
        self._encode = msgspec.json.Encoder().encode
        self._minute = -1
        self._prefix = ""

    def stamp(self, seconds: float) -> int:
        """The UTC milliseconds that something so far into the block is dated."""
        return self.pace.stamp(self._begins + int(seconds * 1000))

    def time(self, seconds: float) -> str:
        """The same in the form that events carry."""
        minute, rest = divmod(self.stamp(seconds), 60_000)
        if minute != self._minute:
            self._minute = minute
            self._prefix = f"{datetime.fromtimestamp(minute * 60, UTC):%Y-%m-%dT%H:%M}:"
        return f"{self._prefix}{rest // 1000:02d}.{rest % 1000:03d}Z"

    def put(self, seconds: float, kind: str, subject: str, data: Data) -> None:
        """Write down that this happened, so many seconds into the block."""
        self._count += 1
        self._events.append(
            self._encode(
                Envelope(
                    f"{self._tag}-{self._count}",
                    self._source,
                    kind,
                    self.time(seconds),
                    subject,
                    data,
                )
            )
        )

    def take(self) -> list[bytes]:
        """The events since the last time, which the outbox then forgets."""
        events, self._events = self._events, []
        return events
